import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer_text import as_json
from evals.cases.add import Given, append_cases, case_from_answer, new_cases
from evals.cases.case import CaseError, load_cases
from tests.evals.cases.test_case import LINE, write
from tests.evals.seed_answers import ENVIRONMENT, MARKET, SEED_PATH, answered, citation, declined, document

DOCUMENTS = [document()]
ANSWER = as_json(answered(citation(ENVIRONMENT), citation(MARKET), question="How are imports eased?"))
DECLINED = as_json(declined("And the rate?"))


def line(record: object = ANSWER, **given: Any) -> dict[str, Any]:
    return case_from_answer(record, Given(**{"expected": "answered", **given}), DOCUMENTS)


def test_an_answer_becomes_a_case_with_its_quotes_as_gold() -> None:
    assert line() == {
        "id": "",
        "question": "How are imports eased?",
        "conversation": [],
        "documents": [SEED_PATH.name],
        "gold": [ENVIRONMENT, MARKET],
        "outcome": "answered",
        "language": "en",
        "topic": SEED_PATH.stem,
        "tags": ["added"],
        "split": "tuning",
    }


def test_what_the_person_says_goes_before_what_the_answer_held() -> None:
    said = line(gold=(MARKET,), documents=("other.txt",), topic="market", id="m-1")
    assert (said["gold"], said["documents"]) == ([MARKET], ["other.txt"])
    assert (said["topic"], said["id"]) == ("market", "m-1")


def test_an_answer_that_should_not_have_been_given_has_no_gold() -> None:
    said = line(expected="not_in_documents")
    assert (said["outcome"], said["gold"], said["documents"]) == ("not_in_documents", [], [SEED_PATH.name])


def test_a_conversation_is_kept() -> None:
    turns = [{"role": "user", "text": "Imports?"}]
    assert line({**ANSWER, "conversation": turns})["conversation"] == turns


@pytest.mark.parametrize(
    ("record", "given", "said"),
    [
        ([], {}, "holds no answer"),
        ({"sentences": []}, {}, "holds no answer"),
        ({"question": "?", "sentences": "none"}, {}, "'sentences' must be a list"),
        (DECLINED, {}, "quotes nothing; name each sentence that answers with --gold"),
        (DECLINED, {"expected": "not_in_documents"}, "name the files with --document"),
    ],
)
def test_an_answer_that_does_not_say_enough_is_refused(
    record: object, given: dict[str, str], said: str
) -> None:
    with pytest.raises(CaseError, match=said):
        line(record, **given)


def test_a_line_is_appended_with_a_free_id_and_the_file_stays_valid(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.jsonl", LINE | {"id": "mine-003"}, LINE | {"id": "mine-001", "question": "B?"}
    )
    before = path.read_bytes()
    append_cases(path, new_cases(path, [line()]))
    assert path.read_bytes().startswith(before)
    assert [case.id for case in load_cases(path)] == ["mine-003", "mine-001", "mine-004"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_made_and_a_last_line_without_an_end_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    append_cases(path, new_cases(path, [line()]))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_cases(path, new_cases(path, [{**line(), "question": "Another?"}]))
    assert [case.question for case in load_cases(path)] == ["How are imports eased?", "Another?"]


def test_a_question_is_added_once_for_each_conversation(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    append_cases(path, new_cases(path, [line(), line()]))
    assert len(load_cases(path)) == 1
    assert new_cases(path, [{**line(), "question": "how  are imports EASED?"}]) == []
    follow_up = {**line(), "conversation": [{"role": "user", "text": "Hello"}]}
    assert len(new_cases(path, [follow_up])) == 1


def test_nothing_is_written_when_a_line_or_the_file_is_not_valid(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.jsonl", LINE)
    with pytest.raises(CaseError, match="field 'outcome' must be one of"):
        new_cases(path, [line(), {**line(), "outcome": "sung"}])
    with pytest.raises(CaseError, match=r"has a case 'a-1' already; give the new one another --id"):
        new_cases(path, [line(id="a-1")])
    path.write_text("{}\n")
    with pytest.raises(CaseError, match="line 1"):
        new_cases(path, [line()])
    assert json.loads(path.read_text()) == {}
