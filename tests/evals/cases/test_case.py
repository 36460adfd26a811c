import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Outcome, Turn
from evals.cases.case import (
    Case,
    CaseError,
    case_of,
    check_cases,
    line_of,
    load_cases,
    read_cases,
    texts_by_name,
)
from tests.evals.seed_answers import CASES_PATH, ENVIRONMENT, MARKET, SEED_PATH, SEED_TEXT, case, document

LINE: dict[str, object] = {
    "id": "a-1",
    "question": "How should a favourable environment be created?",
    "documents": [SEED_PATH.name],
    "gold": [ENVIRONMENT],
    "outcome": "answered",
    "language": "en",
    "topic": "flows",
    "split": "held_out",
}


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_line_becomes_a_case_with_its_turns(tmp_path: Path) -> None:
    turns = [{"role": "user", "text": "And imports?"}, {"role": "assistant", "text": MARKET}]
    extra = {"conversation": turns, "also_fine": [MARKET], "tags": ["follow_up"]}
    [loaded] = load_cases(write(tmp_path / "cases.jsonl", LINE | extra))
    assert loaded.conversation == (Turn("user", "And imports?"), Turn("assistant", MARKET))
    assert loaded.outcome is Outcome.ANSWERED
    assert loaded.answerable
    assert (loaded.gold, loaded.also_fine, loaded.tags) == ((ENVIRONMENT,), (MARKET,), ("follow_up",))
    assert (loaded.language, loaded.topic, loaded.split) == ("en", "flows", "held_out")


def test_optional_fields_default_to_nothing_and_blank_lines_are_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", LINE)
    path.write_text("\n" + path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    [loaded] = load_cases(path)
    assert (loaded.conversation, loaded.also_fine, loaded.tags) == ((), (), ())


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"golden": []}, "'golden' is unknown"),
        ({"question": "  "}, "'question'"),
        ({"question": 3}, "'question'"),
        ({"gold": ENVIRONMENT}, "'gold'"),
        ({"gold": []}, "'gold'"),
        ({"gold": [ENVIRONMENT, ENVIRONMENT]}, "'gold'"),
        ({"outcome": "not_in_documents"}, "'gold'"),
        ({"outcome": "needs_clarification"}, "'outcome'"),
        ({"also_fine": [ENVIRONMENT]}, "'also_fine'"),
        ({"documents": []}, "'documents'"),
        ({"language": "fr"}, "'language'"),
        ({"split": "test"}, "'split'"),
        ({"tags": [""]}, "'tags'"),
        ({"as_of": "August 2024"}, "'as_of' must be a day such as"),
        ({"as_of": "2024-02-30"}, "'as_of'"),
        ({"facts": ["five years"]}, "'facts' must be a list of facts, each a list of accepted spellings"),
        ({"facts": [[]]}, "'facts'"),
        ({"gold_clauses": "Article 5"}, "'gold_clauses'"),
        ({"conversation": "Hello"}, "'conversation'"),
        ({"conversation": [{"role": "system", "text": "Hello"}]}, "'conversation'"),
        ({"conversation": [{"role": "user", "text": "Hello", "name": "Li"}]}, "'conversation'"),
    ],
)
def test_a_bad_field_is_named_with_file_and_line(
    tmp_path: Path, change: dict[str, object], named: str
) -> None:
    path = write(tmp_path / "cases.jsonl", LINE, LINE | {"id": "a-2"} | change)
    with pytest.raises(CaseError) as raised:
        load_cases(path)
    assert f"{path}, line 2: " in str(raised.value)
    assert named in str(raised.value)


@pytest.mark.parametrize(
    "field", ["id", "question", "documents", "gold", "outcome", "language", "topic", "split"]
)
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    record = {key: value for key, value in LINE.items() if key != field}
    with pytest.raises(CaseError, match=f"line 1: field '{field}' is missing"):
        load_cases(write(tmp_path / "cases.jsonl", record))


def test_new_fields_are_optional_and_read() -> None:
    (plain, full) = (
        case_of(json.dumps(LINE | extra))
        for extra in (
            {},
            {"as_of": "2024-08-26", "facts": [["5 years", "five years"]], "gold_clauses": ["第五条"]},
        )
    )
    assert isinstance(plain, Case)
    assert isinstance(full, Case)
    assert (plain.as_of, plain.facts, plain.gold_clauses) == (None, (), ())
    assert (full.as_of, full.facts, full.gold_clauses) == (
        "2024-08-26",
        (("5 years", "five years"),),
        ("第五条",),
    )


@pytest.mark.parametrize(
    ("outcome", "gold", "clauses", "fits"),
    [
        ("partly_answered", [ENVIRONMENT], [], True),
        ("answered", [], ["Article 5"], True),
        ("answered", [], [], False),
        ("out_of_scope", [], [], True),
        ("out_of_scope", [], ["Article 5"], False),
    ],
)
def test_gold_or_a_clause_is_asked_for_exactly_when_there_is_an_answer(
    outcome: str, gold: list[str], clauses: list[str], *, fits: bool
) -> None:
    read = case_of(json.dumps(LINE | {"outcome": outcome, "gold": gold, "gold_clauses": clauses}))
    assert isinstance(read, Case) == fits


def test_a_case_becomes_a_line_that_reads_back() -> None:
    for read in load_cases(CASES_PATH):
        assert case_of(line_of(read)) == read


def test_every_problem_of_a_file_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", LINE, LINE, {"id": "b", "split": "test", "x": 1})
    cases, problems = read_cases(path)
    assert [line for line, _case in cases] == [1]
    assert [(problem.line, problem.field) for problem in problems] == [
        (2, "id"),
        (3, "x"),
        *((3, name) for name in ("question", "documents", "gold", "outcome", "language", "topic", "split")),
    ]


def test_documents_of_one_name_stand_together() -> None:
    here, there = document("One."), document("Two.")
    both = texts_by_name([here, replace(there, path=f"/elsewhere/{SEED_PATH.name}")])
    assert both == {SEED_PATH.name: ("One.", "Two.")}
    check_cases([case("One."), case("Two.")], both)
    with pytest.raises(CaseError, match="field 'gold'"):
        check_cases([case("One.Two.")], both)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="line 2: field 'id' repeats 'a-1'"):
        load_cases(write(tmp_path / "cases.jsonl", LINE, LINE))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no case"),
        (b"{'id': 1}\n", "line 1: not JSON"),
        (b"[]\n", "line 1: a list instead of a case"),
        ("是".encode("gb18030"), "cannot be read as UTF-8"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(content)
    with pytest.raises(CaseError, match=said):
        load_cases(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="name a JSONL file"):
        load_cases(tmp_path / "none.jsonl")


def test_gold_must_stand_verbatim_in_a_named_document() -> None:
    texts = {SEED_PATH.name: (SEED_TEXT,)}
    check_cases([case(ENVIRONMENT, also_fine=(MARKET,))], texts)
    with pytest.raises(CaseError, match="case c1: field 'gold'"):
        check_cases([case(ENVIRONMENT.replace("favorable", "favourable"))], texts)
    with pytest.raises(CaseError, match="case c1: field 'also_fine'"):
        check_cases([case(ENVIRONMENT, also_fine=("Not there.",))], texts)
    with pytest.raises(CaseError, match=r"names 'law\.txt', which was not given"):
        check_cases([case(documents=("law.txt",))], texts)
