"""What REST answers with, told for the OpenAPI document; tests hold real answers against it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Outcome, Wording
from assistant.claims.claim_support import Reason
from assistant.records.stored import Rating
from knowledge.policy import Language, Status


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(_Told):
    """What went wrong."""

    code: str = Field(examples=["invalid"])
    message: str = Field(description="One sentence that says what to change.")


class ErrorAnswer(_Told):
    """Every answer with a status of 400 or more."""

    error: Problem


class Warned(_Told):
    """Why a document is not in force, in both languages."""

    status: Status
    en: str
    zh: str
    by_document_id: str | None


class BothLanguages(_Told):
    """How a place is cited."""

    en: str = Field(examples=["Article 12, paragraph 2(a)"])
    zh: str = Field(examples=["第十二条第二款第（一）项"])


class CitationAnswer(_Told):
    """A quote: characters `start` to `end` of the stored text of its document."""

    mark: int
    passage_id: str
    quote: str
    start: int
    end: int
    document_id: str
    document: str
    document_sha256: str
    locator: str
    warnings: list[Warned]


class SentenceAnswer(_Told):
    """A checked sentence and what it rests on."""

    text: str
    verdict: Literal["quoted", "supported"]
    reason: str
    citations: list[CitationAnswer]


class DisagreementAnswer(_Told):
    """Two cited provisions that do not say the same."""

    first: int = Field(description="Its mark, as with the others.")
    second: int
    differences: list[str]
    higher: int | None
    newer: int | None
    note: str


class NearestAnswer(_Told):
    """A passage to look at where the documents do not answer."""

    passage_id: str
    document: str
    text: str
    warnings: list[Warned]


class AnswerAnswer(_Told):
    """The answer, as `policy-assistant ask --json` prints it."""

    question: str
    standalone_question: str = Field(description="As it was understood and searched.")
    outcome: Outcome
    confidence: float = Field(ge=0, le=1, description="That the documents answer.")
    text: str
    framing: str = Field(description="One sentence that says what became of the question.")
    sentences: list[SentenceAnswer]
    clarification: CitationAnswer | None = Field(description="The condition that is asked back about.")
    disagreements: list[DisagreementAnswer]
    nearest: list[NearestAnswer]
    wording: Wording
    fault: str
    withheld: int
    unknown_marks: int
    seconds: dict[str, float]
    receipt: dict[str, Any] = Field(default={}, description="Only if it was asked for; see /verify.")
    exchange: str = Field(default="", description="Only if it was to be kept; see /feedback.")
    conversation: str = Field(default="", description="In which it is kept, of the history on the page.")


class PassageAnswer(_Told):
    """A passage: characters `start` to `end` of the stored text of its document."""

    passage_id: str
    document_id: str
    document: str
    locator: BothLanguages
    text: str
    start: int
    end: int
    link: str = Field(description="Where a person reads it on this server.")
    score: float
    found_by: list[str]
    warnings: list[Warned]


class SearchAnswer(_Told):
    """What search found, best first."""

    question: str
    passages: list[PassageAnswer]


class EvidenceAnswer(_Told):
    """What a claim rests on; of the library with its document, whose offsets these then are."""

    passage_id: str
    quote: str
    start: int
    end: int
    document_id: str = ""
    document: str = ""
    locator: BothLanguages | None = None
    link: str = ""


class CheckedSentence(_Told):
    """One sentence of a claim."""

    text: str
    supported: bool
    score: float
    reason: str = Field(examples=[Reason.SUPPORTED.value])
    evidence: list[EvidenceAnswer]


class CheckAnswer(_Told):
    """A claim is as strong as its weakest sentence."""

    claim: str
    supported: bool
    score: float
    sentences: list[CheckedSentence]


class FeedbackAnswer(_Told):
    """What is now said of an answer; a rating of null when it was taken back."""

    exchange: str
    rating: Rating | None


class VerifyAnswer(_Told):
    """What no longer holds of a receipt, a sentence each."""

    holds: bool
    no_longer_holds: list[str]


class ValidityAnswer(_Told):
    """What a document is today."""

    status: Status
    begins: str | None
    ends: str | None
    by_document_id: str | None
    warnings: list[Warned]


class ListedDocument(_Told):
    """What is known of a document."""

    id: str
    title: str
    language: Language
    collection: str
    facts: dict[str, Any]
    validity: ValidityAnswer
    link: str


class DocumentsAnswer(_Told):
    """One page of the list, by title."""

    total: int
    offset: int
    next_offset: int | None
    documents: list[ListedDocument]


class SectionAnswer(_Told):
    """A stretch under one heading, or one clause."""

    anchor: str
    headings: list[str]
    start: int
    end: int
    locator: BothLanguages


class DocumentAnswer(ListedDocument):
    """One document."""

    sha256: str
    characters: int
    pages: int | None
    sections: list[SectionAnswer]
    text: str = Field(default="", description="Only if it was asked for.")


class ClauseAnswer(_Told):
    """A clause with its words."""

    document_id: str
    document: str
    document_sha256: str
    locator: BothLanguages
    headings: list[str]
    text: str
    start: int
    end: int
    link: str


class HealthAnswer(_Told):
    """Whether questions are taken on, and whether they can be answered."""

    live: bool
    ready: bool = True


def told(model: type[BaseModel] | None = None) -> dict[int | str, dict[str, Any]]:
    """How a route's answers are told: that of success, and the one form of every refusal."""
    refused = {"model": ErrorAnswer, "description": "Refused, with one sentence that says what to change."}
    success: dict[int | str, dict[str, Any]] = {200: {"model": model}} if model else {}
    return success | {"4XX": refused, "5XX": refused}
