"""Who asks at this moment, for what is written down about a question; it decides nothing.

It travels with the thread or task that answers (a context variable), because the steps of an answer are the
same for everybody and do not take it as an argument.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedBy:
    """A person's name and the id of the request; None where nobody has said."""

    person: str | None = None
    request: str | None = None


_now: ContextVar[AskedBy | None] = ContextVar("asked_by", default=None)


def now_asks(asker: AskedBy) -> None:
    """From here on, in this context, it is this one who asks."""
    _now.set(asker)


def who_asks() -> AskedBy:
    """Who asks in this context."""
    return _now.get() or AskedBy()
