"""The types of what is kept: StoredConversation, StoredExchange, StoredAnswer, Feedback.

A stored answer outlives the library that it was made from, so it copies what it quotes; what of it may still
be shown is for `reopening` to say. All are frozen and do no I/O. Times are ISO 8601 in UTC.
"""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.policy import Filters


class Rating(StrEnum):
    """What somebody says of an answer."""

    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """Why an answer was no help."""

    WRONG_QUOTE = "wrong_quote"
    NO_ANSWER = "no_answer"
    OUT_OF_DATE = "out_of_date"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """One quote, and where it stood in the stored text of its document, in characters."""

    mark: int
    passage_id: str
    quote: str
    start: int
    end: int
    document_id: str
    document: str  # its title
    document_sha256: str  # of the file's bytes
    locator: str  # in the language of the question


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """One sentence that was shown, with the checker's verdict and what it rested on."""

    text: str
    verdict: str
    reason: str
    citations: tuple[StoredCitation, ...]


@dataclass(frozen=True, slots=True)
class StoredDisagreement:
    """Two citations that did not say the same, and which stood higher or was newer; by their marks."""

    first: int
    second: int
    differences: tuple[str, ...]
    higher: int | None
    newer: int | None


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer as it was shown; its fields are named as those of `ask --json`."""

    outcome: str
    question: str  # with personal data masked
    standalone_question: str
    language: str
    confidence: float
    wording: str
    withheld: int
    sentences: tuple[StoredSentence, ...]
    clarification: StoredCitation | None
    disagreements: tuple[StoredDisagreement, ...]
    nearest: tuple[str, ...]  # ids of the passages that were offered instead of an answer


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of one answer."""

    exchange: str
    rating: Rating
    reason: Reason | None
    comment: str  # with personal data masked
    given: str


@dataclass(frozen=True, slots=True)
class StoredExchange:
    """One question of a conversation with its answer."""

    id: str
    conversation: str
    asked: str
    question: str  # with personal data masked
    filters: Filters
    answer: StoredAnswer
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """One conversation of one person, as a list shows it."""

    id: str
    person: str
    title: str
    begun: str
    changed: str  # when its last question was answered
    exchanges: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an exchange was put."""

    conversation: str
    exchange: str


LONGEST_TITLE = 120  # characters
LONGEST_COMMENT = 2_000
