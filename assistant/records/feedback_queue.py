"""The answers that were no help, for those who maintain the documents to look at and make cases of."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answer_text import as_json
from assistant.records.feedback import Disliked
from assistant.records.records import Records
from assistant.records.reopening import ReadLibrary, Reopened, reopened
from assistant.records.stored import Feedback
from knowledge.policy import Validity


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer that was no help and has not been settled; nobody's name stands in it.

    Of the answer it holds what stands in the documents that the maintainer may read, as a reopened
    conversation does.
    """

    exchange: Reopened
    feedback: Feedback
    before: tuple[tuple[str, str], ...]  # the turns before the question: (role, text)

    @property
    def id(self) -> str:
        """The id by which it is settled."""
        return self.exchange.stored.id


def feedback_queue(
    records: Records, library: ReadLibrary, validity: Callable[[str], Validity], *, also_settled: bool = False
) -> list[Waiting]:
    """The queue, latest first; `library` and `validity` are those of the maintainer who looks at it."""
    disliked = records.feedback.disliked(also_settled=also_settled)
    return [_waiting(one, library, validity) for one in disliked]


def as_answer_record(waiting: Waiting) -> dict[str, Any]:
    """The object that `ask --json` prints, with the conversation before it: what a case is made from."""
    turns = [{"role": role, "text": text} for role, text in waiting.before]
    return as_json(waiting.exchange.answer) | {"conversation": turns}


def _waiting(one: Disliked, library: ReadLibrary, validity: Callable[[str], Validity]) -> Waiting:
    turns: list[tuple[str, str]] = []
    for before in one.before:
        answer = reopened(before, library, validity).answer
        turns.append(("user", before.question))
        said = " ".join(sentence.text for sentence in answer.sentences)
        turns += [("assistant", said)] if said else []
    feedback = one.exchange.feedback
    if feedback is None:  # the query joins on it
        raise AssertionError(f"{asdict(one.exchange)} has no feedback")
    return Waiting(reopened(one.exchange, library, validity), feedback, tuple(turns))
