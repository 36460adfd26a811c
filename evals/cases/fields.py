"""What each field of a case may hold: a reader a field, from the value that JSON gave."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, get_args

from assistant.answer import Conversation, Outcome, Turn
from knowledge.policy import Language

Split = Literal["tuning", "held_out"]
Role = Literal["user", "assistant"]

EXPECT_GOLD = (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)
# Those that `measures/outcome_accuracy.py` can call right: a question back or a model that is down is the
# right end of no case.
EXPECTED_OUTCOMES = (*EXPECT_GOLD, Outcome.NOT_IN_DOCUMENTS, Outcome.OUT_OF_SCOPE)


class Unfit(Exception):
    """The rule that a field's value breaks, as in "the field must …"."""


def read_field(name: str, value: object) -> object:
    """The value of a field as a Case holds it; raises Unfit when it is none."""
    return _READERS[name](value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unfit("be a text that is not empty")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise Unfit("be a list of texts, none of them empty")
    if len(set(value)) != len(value):
        raise Unfit("not hold the same text twice")
    return tuple(value)


def _facts(value: object) -> tuple[tuple[str, ...], ...]:
    try:
        facts = tuple(_texts(one) for one in value) if isinstance(value, list) else ((),)
    except Unfit:
        facts = ((),)
    if not all(facts):
        raise Unfit("be a list of facts, each a list of accepted spellings with at least one text")
    return facts


def _day(value: object) -> str | None:
    if value is None:
        return None
    written = _text(value)
    try:
        is_day = date.fromisoformat(written).isoformat() == written
    except ValueError:
        is_day = False
    if not is_day:
        raise Unfit('be a day such as "2024-08-26", or null')
    return written


def _one_of(allowed: Sequence[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if _text(value) not in allowed:
            raise Unfit("be one of " + ", ".join(repr(str(name)) for name in allowed))
        return allowed[allowed.index(_text(value))]

    return read


def _conversation(value: object) -> Conversation:
    if not isinstance(value, list):
        raise Unfit("be a list of turns")
    return tuple(_turn(turn) for turn in value)


def _turn(turn: object) -> Turn:
    if not isinstance(turn, dict) or set(turn) != {"role", "text"}:
        raise Unfit("be a list of turns, each with 'role' and 'text' and nothing else")
    role, text = turn["role"], turn["text"]
    if role not in get_args(Role) or not isinstance(text, str) or not text.strip():
        raise Unfit("have turns of role 'user' or 'assistant' with a text")
    return Turn(role, text)


_READERS: dict[str, Callable[[object], object]] = {
    "id": _text,
    "question": _text,
    "conversation": _conversation,
    "documents": _texts,
    "gold": _texts,
    "also_fine": _texts,
    "outcome": _one_of(EXPECTED_OUTCOMES),
    "language": _one_of(get_args(Language)),
    "topic": _text,
    "tags": _texts,
    "split": _one_of(get_args(Split)),
    "as_of": _day,
    "facts": _facts,
    "gold_clauses": _texts,
}
