"""Pages that other rooms add to the application: they know the assistant, never the other way round."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.people.person import Person
from assistant.records.feedback_queue import Waiting, as_answer_record, feedback_queue
from assistant.records.records import Records
from assistant.records.stored import Reason
from assistant.web.chat.exchange import PageAssistant

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
    reason: Reason | None = None


# The answers that a maintainer may look at, the latest first.
FeedbackQueue = Callable[[Person], Sequence[ThumbsDown]]


def feedback_of(records: Records | None, assistant: PageAssistant) -> FeedbackQueue:
    """What people were not content with, as far as it is kept and stands in what the maintainer may read."""
    if records is None:
        return no_feedback

    def queue(person: Person) -> Sequence[ThumbsDown]:
        seen = assistant.for_collections(person.collections)
        waiting = feedback_queue(records, seen.library, seen.validity)
        return [_thumbs_down(one) for one in waiting]

    return queue


def _thumbs_down(waiting: Waiting) -> ThumbsDown:
    said = waiting.feedback
    return ThumbsDown(waiting.id, said.given, said.comment, as_answer_record(waiting), said.reason)


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
