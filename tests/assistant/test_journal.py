"""The journal: one account a question, whatever its end, and no word of it unless it is asked for."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.answer import Answer, Outcome
from assistant.answering import Sources, Step
from assistant.asked_by import AskedBy, now_asks
from assistant.errors import BadQuestion, Busy
from assistant.journal import Account, Journal

ANSWER = Answer(Outcome.ANSWERED, "q", "q", "en", 0.9, seconds=(("search", 0.1), ("writing", 0.2)))


def steps(*ends: Step | Exception) -> Iterator[Step]:
    yield Sources("q", ())
    for end in ends:
        if isinstance(end, Exception):
            raise end
        yield end


@pytest.fixture
def accounts() -> list[Account]:
    return []


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="assistant.journal")
    return caplog


def fields(record: logging.LogRecord) -> dict[str, Any]:
    told: dict[str, Any] = vars(record)["told"]
    return told


def test_the_steps_pass_unchanged_and_the_answer_is_accounted_for(
    accounts: list[Account], lines: pytest.LogCaptureFixture
) -> None:
    now_asks(AskedBy("ann", "r1"))

    passed = list(Journal(trace=accounts.append).followed("q", steps(ANSWER)))

    assert passed == [Sources("q", ()), ANSWER]
    (account,) = accounts
    assert (account.what, account.outcome, account.asker) == ("question", "answered", AskedBy("ann", "r1"))
    assert account.steps == ANSWER.seconds
    told = fields(lines.records[0])
    assert told["steps"] == {"search": 0.1, "writing": 0.2}
    assert (told["person"], told["request"], told["outcome"]) == ("ann", "r1", "answered")


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (BadQuestion("The question 'secret' is empty."), "refused: BadQuestion"),
        (Busy("no place"), "refused: Busy"),
        (RuntimeError("secret"), "failed"),
    ],
)
def test_an_error_goes_on_and_is_accounted_for_without_its_words(
    end: Exception, outcome: str, accounts: list[Account], lines: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(type(end)):
        list(Journal(trace=accounts.append).followed("secret", steps(end)))

    assert [account.outcome for account in accounts] == [outcome]
    assert "secret" not in str(fields(lines.records[0]))


def test_whoever_goes_away_has_abandoned_the_question(
    accounts: list[Account], lines: pytest.LogCaptureFixture
) -> None:
    followed = Journal(trace=accounts.append).followed("q", steps(ANSWER))
    next(followed)
    followed.close()  # type: ignore[attr-defined]  # a generator

    assert [account.outcome for account in accounts] == ["abandoned"]


def test_the_question_is_written_down_when_that_is_set(lines: pytest.LogCaptureFixture) -> None:
    list(Journal(with_questions=True).followed("How much?", steps(ANSWER)))
    list(Journal().followed("How much?", steps(ANSWER)))

    assert [fields(line).get("text") for line in lines.records] == ["How much?", None]


def test_guidance_is_accounted_for_too(accounts: list[Account]) -> None:
    with Journal(trace=accounts.append).guidance("A business"):
        pass

    assert [(account.what, account.outcome) for account in accounts] == [("guidance", "done")]
