"""Rows of the records file as the types that they hold, and the queries that give them."""

from datetime import UTC, datetime
from typing import Any

from assistant.records.stored import (
    LONGEST_TITLE,
    Feedback,
    Rating,
    Reason,
    StoredConversation,
    StoredExchange,
)
from assistant.records.stored_answer import answer_from_text, filters_from_text

# Each is to be followed by what restricts it.
CONVERSATIONS = (
    "SELECT c.id, c.person, c.title, c.begun, c.changed, "
    "(SELECT count(*) FROM exchanges e WHERE e.conversation = c.id) FROM conversations c"
)
EXCHANGES = (
    "SELECT e.id, e.conversation, e.asked, e.question, e.filters, e.answer, "
    "f.rating, f.reason, f.comment, f.given "
    "FROM exchanges e JOIN conversations c ON c.id = e.conversation LEFT JOIN feedback f ON f.exchange = e.id"
)


def conversation_from(row: tuple[Any, ...]) -> StoredConversation:
    """The conversation in a row of CONVERSATIONS."""
    return StoredConversation(*row)


def exchange_from(row: tuple[Any, ...]) -> StoredExchange:
    """The exchange in a row of EXCHANGES, with what was said of it."""
    id_, conversation, asked, question, filters, answer, rating, reason, comment, given = row
    feedback = None
    if rating is not None:
        feedback = Feedback(id_, Rating(rating), Reason(reason) if reason else None, comment, given)
    return StoredExchange(
        id_, conversation, asked, question, filters_from_text(filters), answer_from_text(answer), feedback
    )


def as_time(moment: datetime) -> str:
    """A moment as it is stored; later ones sort after earlier ones."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def as_title(text: str) -> str:
    """The text as a title: on one line, at most LONGEST_TITLE characters."""
    one_line = " ".join(storable(text).split())
    return one_line if len(one_line) <= LONGEST_TITLE else one_line[: LONGEST_TITLE - 1] + "…"


def storable(text: str) -> str:
    """The text with "?" for every lone surrogate, which no file in UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def as_pattern(word: str) -> str:
    """The pattern of LIKE, with "!" as its escape, for texts that hold the word."""
    plain = storable(word)
    for sign in ("!", "%", "_"):
        plain = plain.replace(sign, f"!{sign}")
    return f"%{plain}%"
