"""Reports out of a folder, and the page that shows the latest of them."""

import json
from pathlib import Path

import pytest

from assistant.web.other_rooms import ThumbsDown
from assistant.web.words import Words
from evals.page.report_page import report_page
from evals.page.reports import Report, read_report, report_stems
from evals.report.files import write_reports
from evals.running.record import write_record
from tests.evals.made_runs import RUN, record_of

STEM = "run-20260131T120000Z"
EN, ZH = Words("en"), Words("zh")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one whole report and three files that are none."""
    folder = tmp_path_factory.mktemp("runs")
    record = record_of(folder)
    write_record(record, folder / f"{STEM}.json")
    write_reports(RUN, record, folder, STEM)
    (folder / "run-20260201T120000Z.json").write_text("{}")
    (folder / "public-20260301T120000Z.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    found = read_report(folder, STEM)
    assert found is not None
    return found


def test_reports_are_listed_latest_first_and_others_are_not(folder: Path) -> None:
    assert report_stems(folder) == ["run-20260201T120000Z", STEM]
    assert report_stems(folder / "none") == []


@pytest.mark.parametrize("stem", ["run-20260201T120000Z", "../run", "", "run-20990101T000000Z"])
def test_what_is_no_report_is_none(folder: Path, stem: str) -> None:
    assert read_report(folder, stem) is None


def test_drawings_are_those_of_the_reports_own_page(report: Report) -> None:
    assert {one.title for one in report.drawings} >= {"Risk and coverage", "Latency"}
    assert all(one.source.startswith("data:image/svg+xml;base64,") for one in report.drawings)


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_page_shows_figures_trend_drawings_failing_cases_and_the_checker(
    report: Report, words: Words
) -> None:
    html = report_page(report, [STEM], (), "runs", words, "")

    assert html.count("<figure>") == len(report.drawings)
    assert words("evals_figure_outcome_right") in html
    assert "agreement with people" in html
    assert html.count('<article class="case">') == report.view.failed
    assert "<script" not in html


def test_without_a_report_it_says_how_to_make_one() -> None:
    html = report_page(None, [], (), "evals/runs", EN, "")

    assert "policy-assistant evals run" in html
    assert "evals/runs" in html


def test_a_disliked_answer_is_text_and_leads_to_a_case() -> None:
    answer = json.loads('{"question": "<img src=x>?"}')

    html = report_page(None, [], [ThumbsDown("7", "2026-01-01T10:00", "<b>wrong</b>", answer)], "", EN, "")

    assert "<img" not in html
    assert "<b>wrong" not in html
    assert "/evals/case?answer=7&amp;expected=answered" in html
