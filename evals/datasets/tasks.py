"""The types of public evals: passages, and what is searched in them, read in them or claimed of them.

All are frozen and do no I/O. Ids are those of the data set and may hold any character.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answer import Conversation

Judgements = Mapping[str, Mapping[str, int]]  # query id -> passage id -> relevance, 0 for none

Range = tuple[int, int]  # character offsets into a passage's text, end exclusive


@dataclass(frozen=True, slots=True)
class TaskPassage:
    """A text that a data set searches or reads as a unit, however long it is."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class RetrievalQuery:
    """What is searched for; with a conversation, it is the last turn of the user."""

    id: str
    text: str
    conversation: Conversation = ()


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Passages, queries and which passages are right for which query."""

    name: str
    passages: tuple[TaskPassage, ...] = field(repr=False)
    queries: tuple[RetrievalQuery, ...] = field(repr=False)
    qrels: Judgements = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """A question over given passages."""

    id: str
    question: str
    passages: tuple[TaskPassage, ...]
    conversation: Conversation = ()


@dataclass(frozen=True, slots=True)
class LabelledTask:
    """A reading task over one passage, with what people said of it."""

    task: ReadingTask
    answerable: bool
    sentences: tuple[Range, ...] = ()  # of the passage, as the data set divides it; none where it does not
    evidence: frozenset[int] = frozenset()  # which of them people answered from
