"""`evals cases check` and `add` on a library that holds two small laws."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer_text import as_json
from assistant.errors import AssistantError
from evals.cases.case import load_cases
from knowledge.library import Library
from knowledge.sectioning import split_sections
from tests.assistant.small_documents import ENVIRONMENT, LAW, make_document, passages_of, seed_document
from tests.evals.commands.typed import typed
from tests.evals.seed_answers import answered, citation

KEPT = "They shall keep each contract for 5 years."


@pytest.fixture
def library(home: Path) -> None:
    """The library of the data folder; no index is needed to check or add cases."""
    home.mkdir(parents=True)
    with closing(Library(home / "library.sqlite")) as library:
        for name, made in (
            ("seed.txt", seed_document()),
            ("law.md", make_document(LAW, "Service Trade Facilitation Act")),
        ):
            document = replace(made, path=f"/documents/{name}")
            library.put(document, split_sections(document), passages_of(document))
            library.make_current([document.id])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.jsonl"


def kept_answer(folder: Path, *quotes: str) -> str:
    source = replace(seed_document(), path="/documents/seed.txt")
    answer = answered(*(citation(quote, source) for quote in quotes), question="How are imports eased?")
    path = folder / "answer.json"
    path.write_text(json.dumps(as_json(answer)), "utf-8")
    return str(path)


@pytest.mark.usefixtures("library")
def test_an_answer_is_added_and_the_file_then_has_no_problem(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = kept_answer(tmp_path, ENVIRONMENT)
    assert typed("cases", "add", str(mine), "--from", answer, "--expected", "answered") == 0
    assert capsys.readouterr().out == f"mine-001: How are imports eased?\n{mine}: 1 added\n"
    (case,) = load_cases(mine)
    assert (case.documents, case.gold) == (("seed.txt",), (ENVIRONMENT,))

    assert typed("cases", "check", str(mine)) == 0
    assert capsys.readouterr().out == f"{mine}: 1 case can be read, 0 problems\n"
    with pytest.raises(AssistantError, match="asks all of it already"):
        typed("cases", "add", str(mine), "--from", answer, "--expected", "answered")


@pytest.mark.usefixtures("library")
def test_a_stale_case_is_told_with_what_stands_there_now(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("cases", "add", str(mine), "--from", kept_answer(tmp_path, ENVIRONMENT), "--expected", "answered")
    mine.write_text(mine.read_text("utf-8").replace("specialized professionals", "experts"), "utf-8")
    capsys.readouterr()
    assert typed("cases", "check", str(mine)) == 1
    told = capsys.readouterr().out
    assert f"{mine}, line 1: field 'gold' is stale" in told
    assert repr(ENVIRONMENT) in told


@pytest.mark.usefixtures("library")
def test_cases_are_drafted_from_a_document(mine: Path) -> None:
    assert typed("cases", "add", str(mine), "--draft", "law.md", "--count", "1") == 0
    assert typed("cases", "add", str(mine), "--draft", "law.md") == 0
    cases = load_cases(mine)
    assert len({case.question for case in cases}) == len(cases) == 2
    assert {(case.tags, case.split) for case in cases} == {(("drafted",), "tuning")}
    with pytest.raises(AssistantError, match="asks all of it already"):
        typed("cases", "add", str(mine), "--draft", "law.md")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "ANSWER"], "Say with --expected"),
        (["--from", "gone.json", "--expected", "answered"], r"gone\.json cannot be read as JSON"),
        (["--from", "ANSWER", "--expected", "answered", "--gold", "Not there."], "field 'gold' is stale"),
        (["--draft", "gone.md"], "0 documents of the library"),
        (["--draft", "law.md", "--count", "0"], "--count is 0"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_is_written(
    mine: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    answer = kept_answer(tmp_path, ENVIRONMENT)
    typed_words = [answer if word == "ANSWER" else word for word in words]
    with pytest.raises(AssistantError, match=said):
        typed("cases", "add", str(mine), *typed_words)
    assert not mine.exists()


def test_without_documents_only_the_form_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("cases", "check") == 0
    assert "The library is empty, so gold was compared with nothing" in capsys.readouterr().out
