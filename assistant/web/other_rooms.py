"""Pages that other rooms add to the application: they know the assistant, never the other way round."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.people.person import Person
from assistant.web.exchange import PageAssistant

if TYPE_CHECKING:
    from fastapi import FastAPI

_GROUP = "policy_assistant.pages"


@dataclass(frozen=True, slots=True)
class ThumbsDown:
    """An answer that somebody was not content with."""

    id: str
    at: str  # ISO 8601
    note: str  # what they wrote about it, may be empty
    answer: Mapping[str, Any]  # as `ask --json` prints it


# The answers that a maintainer may look at, the latest first.
FeedbackQueue = Callable[[Person], Sequence[ThumbsDown]]


def no_feedback(person: Person) -> Sequence[ThumbsDown]:  # noqa: ARG001 (a FeedbackQueue)
    """There is no feedback: nothing keeps it."""
    return ()


@dataclass(frozen=True, slots=True)
class PageParts:
    """What a room that adds pages may use."""

    assistant: PageAssistant
    evals_folder: Path = Path("evals/runs")
    feedback: FeedbackQueue = no_feedback


def add_other_rooms(app: "FastAPI", parts: PageParts) -> None:
    """Let every installed room add its addresses; each needs a rule in `route_rules` all the same."""
    for more in entry_points(group=_GROUP):
        more.load()(app, parts)
