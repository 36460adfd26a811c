"""The types of the assistant room: Citation, Sentence, Disagreement, Draft, Written, Turn, Outcome, Answer.

A citation holds the passage it quotes and a sentence holds its citations, so nothing is copied and
nothing can drift. All are frozen and do no I/O.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from knowledge.policy import Document, Language, Passage, RetrievedPassage


class Outcome(StrEnum):
    """What became of a question. Each has one sentence a language in `prompts/`, named like its value."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NOT_IN_DOCUMENTS = "not_in_documents"
    NEEDS_CLARIFICATION = "needs_clarification"
    OUT_OF_SCOPE = "out_of_scope"
    MODEL_UNAVAILABLE = "model_unavailable"


class Verdict(StrEnum):
    """What the checker found for one sentence of an answer."""

    QUOTED = "quoted"  # the sentence is a document's own words, character by character
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


class Wording(StrEnum):
    """Whose words an answer is in; each but the first has one sentence a language in `prompts/`."""

    QUOTED = "quoted"  # the documents'
    DRAFTED = "drafted"  # a language model's, at least in part, each sentence checked
    DRAFT_NOT_USED = "draft_not_used"  # the documents', because nothing that a model wrote could be shown


@dataclass(frozen=True, slots=True)
class Citation:
    """One quote with the place it stands at: `passage.document.text[start:end] == quote`."""

    mark: int  # 1-based, in the order of the answer
    passage: Passage
    quote: str
    start: int  # character offset into the document's text
    end: int

    @property
    def document(self) -> Document:
        """The document that is quoted."""
        return self.passage.document

    @property
    def holds(self) -> bool:
        """Whether the quote stands in the document at the given offsets, inside the cited passage."""
        inside = self.passage.start <= self.start < self.end <= self.passage.end
        return inside and self.document.text[self.start : self.end] == self.quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the citations that support it."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict
    reason: str = ""  # why the checker says so, as one clause; empty for a quotation


class Difference(StrEnum):
    """In what two provisions differ; a pair may differ in several things."""

    CONTENT = "content"  # a number, a name, what must, may or must not be done
    LEVEL = "level"  # one has the higher authority
    DATE = "date"  # one is newer


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two cited provisions of different documents on one matter, and which of them stands higher or is newer.

    `higher` and `newer` are one of the two, None where they are equal in that or it is not known.
    """

    first: Citation
    second: Citation
    differences: tuple[Difference, ...]
    higher: Citation | None = None
    newer: Citation | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer proposes: sentences with citations, not yet checked."""

    sentences: tuple[Sentence, ...]
    confidence: float  # 0..1 that the passages answer the question


@dataclass(frozen=True, slots=True)
class Written:
    """The checked sentences of an answer, and how they came about."""

    sentences: tuple[Sentence, ...]
    wording: Wording = Wording.QUOTED
    outcome: Outcome = Outcome.ANSWERED
    withheld: int = 0  # written sentences that are not shown, in no form
    unknown_marks: int = 0  # marks of a draft that name no passage
    fault: str = ""  # why the model gave nothing, as a clause


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    text: str
    citations: tuple[Citation, ...] = ()
    asked_for: Citation | None = None  # of an answer: the condition that it asked the asker about


Conversation = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for one question: only sentences whose verdict is not UNSUPPORTED."""

    outcome: Outcome
    question: str  # as asked
    standalone_question: str  # as searched, after a follow-up was restated
    language: Language  # of the question
    confidence: float  # 0..1 that the documents answer the question
    sentences: tuple[Sentence, ...] = ()
    considered: tuple[RetrievedPassage, ...] = field(
        default=(), repr=False
    )  # what search returned, best first
    clarification: Citation | None = None  # the words of a quoted clause whose condition is to be asked about
    disagreements: tuple[Disagreement, ...] = ()
    withheld: int = 0  # drafted sentences that the checker did not let through
    wording: Wording = Wording.QUOTED
    unknown_marks: int = 0  # marks of a model's draft that name no passage
    fault: str = ""  # why a model gave nothing, as a clause; for those who run it
    seconds: tuple[tuple[str, float], ...] = ()  # (step, wall-clock seconds), in order

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the answer, one a mark, in the order of its marks."""
        by_mark = {citation.mark: citation for sentence in self.sentences for citation in sentence.citations}
        return tuple(by_mark[mark] for mark in sorted(by_mark))

    @property
    def nearest(self) -> tuple[RetrievedPassage, ...]:
        """For an answer without sentences: up to three passages that the asker may look at."""
        return () if self.sentences else self.considered[:3]
