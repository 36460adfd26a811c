"""Answers to keep, from the scripted assistant, and a clock that can be set."""

from datetime import UTC, datetime, timedelta

from assistant.answer import Answer
from assistant.records.stored import StoredAnswer
from assistant.records.stored_answer import stored_answer
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant

IMPORTS, EXPORTS, CHINESE, FEE = ANSWERS
DECLINED = "What is the rate of the export tax rebate?"


def answer_to(question: str, assistant: ScriptedAssistant | None = None) -> Answer:
    *_, answer = (assistant or ScriptedAssistant()).steps(question)
    assert isinstance(answer, Answer)
    return answer


def stored(question: str) -> StoredAnswer:
    return stored_answer(answer_to(question))


class Clock:
    """Stands still until it is set; each look at it is a second later than the one before."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 3, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def advance(self, **time: float) -> None:
        self.now += timedelta(**time)
