import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.report.files import write_reports
from evals.running.record import write_record
from evals.running.run import Run
from tests.evals.made_runs import RUN, record_of
from tests.evals.seed_answers import ENVIRONMENT, GAPS, SEED_PATH


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("runs")
    paths = write_reports(RUN, record_of(folder), folder, "run-1")
    assert [path.name for path in paths] == ["run-1.html", "run-1.md"]
    return {path.suffix: path.read_text("utf-8") for path in paths}


@pytest.fixture(scope="module")
def page(written: dict[str, str]) -> Page:
    return Page(written[".html"])


def test_the_page_loads_nothing_from_anywhere_and_runs_nothing(page: Page) -> None:
    sources = [source for _tag, given in page.tags for name in ("src", "href") if (source := given.get(name))]
    assert all(source.startswith(("data:image/svg+xml;base64,", "#")) for source in sources)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _tag, given in page.tags for name in given)
    assert not re.search(r"url\(|@import", " ".join(page.words))


def test_every_link_leads_to_a_part_of_the_page(page: Page) -> None:
    links = {given["href"] for tag, given in page.tags if tag == "a"}
    assert links == {f"#{given['id']}" for _tag, given in page.tags if "id" in given}


def test_figures_have_their_intervals_and_crashes_are_counted_apart(page: Page) -> None:
    assert "4 cases: 2 passed , 2 failed , of which 1 crashed" in page.text
    assert "gold among the quotes 50.0 [0.0, 100.0]" in page.text  # of two that did not crash
    assert "facts told – – –" in page.text


def test_both_files_say_how_far_the_support_checker_agrees_with_people(
    written: dict[str, str], page: Page
) -> None:
    for text in (page.text, written[".md"]):
        assert re.search(
            r"Support checker, agreement with people's labels .+: wice \d+ %, unseen \d+ %", text
        )
    figures, plots = page.text.index("Figures Shares"), page.text.index("Plots Over")
    assert figures < page.text.index("Support checker") < plots


def test_there_is_a_slice_for_each_document(page: Page) -> None:
    assert f"By document document, cases outcome right gold among the quotes {SEED_PATH.name} 4" in page.text


def test_a_failing_case_shows_what_lost_it(page: Page) -> None:
    text = page.text[page.text.index("Failing cases By the step") :]
    assert "crashed : 1 not quoted : 1" in text
    assert (
        "user: And <b>imports</b>? Why | how? wrong · expected answered, got answered · confidence 0.62"
        in text
    )
    assert f"Gold {ENVIRONMENT} Answer {GAPS} Retrieved passages: 2" in text
    assert "Service trade, paragraph 2 · score 0.500, by keywords" in text
    assert text.count("holds gold") == 1
    assert "OSError: <script>alert(1)</script>" in text


def test_what_repeats_the_run_is_told(page: Page) -> None:
    text = page.text[page.text.rindex("What was measured") :]
    assert "embedder small:0123456789ab" in text
    assert "cases.jsonl ba7816bf8f01" in text
    assert "quotes 4" in text
    assert "cpu count" in text


def test_the_summary_holds_figures_and_failing_cases_as_plain_text(written: dict[str, str]) -> None:
    summary = written[".md"]
    assert "| outcome right | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] | 100.0 |" in summary
    assert "| not quoted | 1 |" in summary
    assert "- **wrong** Why \\| how?\n  - user before: And \\<b\\>imports\\</b\\>?\n" in summary
    assert f"  - gold: {ENVIRONMENT}\n  - quoted: {GAPS}\n  - retrieved 1: Service trade" in summary
    assert "got crashed: OSError: \\<script\\>alert(1)\\</script\\>" in summary
    assert "[run-1.html](run-1.html)" in summary


def test_a_second_run_draws_the_trend_and_a_first_one_says_that_there_is_none(
    page: Page, tmp_path: Path
) -> None:
    assert "This is the first run of these cases in this folder" in page.text
    first = record_of(tmp_path)
    write_record({**first, "date": "2026-01-30T12:00:00+00:00"}, tmp_path / "run-0.json")
    (tmp_path / "broken.json").write_text("{")
    html, markdown = write_reports(RUN, first, tmp_path, "run-1")
    told = Page(html.read_text("utf-8"))
    assert "2 runs of these cases in this folder" in told.text
    assert "no record of a run, left out: 1." in told.text
    assert sum(tag == "img" for tag, _ in told.tags) == sum(tag == "img" for tag, _ in page.tags) + 1
    assert "| 2026-01-30 12:00 | 100.0 " in markdown.read_text("utf-8")


@pytest.mark.parametrize("results", [RUN.results[:1], RUN.results[3:]], ids=["all passed", "all crashed"])
def test_runs_without_a_failure_and_without_an_answer_have_a_report(
    results: tuple[object, ...], tmp_path: Path
) -> None:
    run = Run(tuple(result for result in RUN.results if result in results))
    html, markdown = write_reports(run, record_of(tmp_path, run), tmp_path, "run")
    failed = run.crashed != ()
    assert ("No case failed." in html.read_text("utf-8")) is not failed
    assert ("None failed." in markdown.read_text("utf-8")) is not failed


def test_a_large_library_is_named_by_one_hash(tmp_path: Path) -> None:
    record = record_of(tmp_path)
    record["documents"] = {f"{number}.txt": ["0" * 64] for number in range(21)}
    html, _markdown = write_reports(RUN, record, tmp_path, "run")
    text = Page(html.read_text("utf-8")).text
    assert "21 documents, their hashes" in text
    assert "20.txt" not in text
