"""The types of a receipt, and the receipt of one answer.

A receipt holds all that was shown and all that is needed to check it later against a library: quotes with
their offsets, the hashes of their documents, what was in force, and with what it was made. It copies what
it holds, because it outlives the library that it was made from.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from assistant.answer import Answer, Citation
from assistant.answer_text import locator
from assistant.disagreement_text import disagreement_note
from assistant.validity_text import validity_of
from knowledge.policy import Document

FORMAT = "policy-assistant receipt"
VERSION = 1


@dataclass(frozen=True, slots=True)
class ReceiptQuote:
    """One quote: the words, and where they stand in the stored text of their document, in characters."""

    mark: int
    document_id: str
    quote: str
    start: int
    end: int
    locator: str  # in the language of the question


@dataclass(frozen=True, slots=True)
class ReceiptSentence:
    """One sentence that was shown, with the checker's verdict and what it rests on."""

    text: str
    verdict: str
    reason: str
    quotes: tuple[ReceiptQuote, ...]


@dataclass(frozen=True, slots=True)
class ReceiptDocument:
    """One document that was quoted, as it was on the day."""

    id: str
    title: str
    file: str  # its name without folders
    sha256: str  # of the file's bytes
    text_sha256: str  # of the stored text in UTF-8
    status: str  # of its validity: "in force", "superseded", …


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answer, to be checked again."""

    format: str
    version: int
    made: str  # ISO 8601, with the offset from UTC
    as_of: str  # the day whose law was asked for
    question: str
    standalone_question: str
    language: str
    outcome: str
    confidence: float
    sentences: tuple[ReceiptSentence, ...]
    clarification: ReceiptQuote | None
    disagreements: tuple[str, ...]
    documents: tuple[ReceiptDocument, ...]
    withheld: int
    index: tuple[tuple[str, str], ...]  # what the indexes were built with: embedder, cutting, terms
    software: tuple[tuple[str, str], ...]  # package -> its version

    @property
    def quotes(self) -> tuple[ReceiptQuote, ...]:
        """Every quote, in the order of the sentences."""
        return tuple(quote for sentence in self.sentences for quote in sentence.quotes)


def receipt_of(answer: Answer, *, as_of: str, made: datetime, index: Mapping[str, str]) -> Receipt:
    """The receipt of an answer; `made` has a time zone, `index` is what the library says of its indexes."""
    quoted = {citation.document.id: citation.document for citation in answer.citations}
    asked = answer.clarification
    return Receipt(
        format=FORMAT,
        version=VERSION,
        made=made.isoformat(timespec="seconds"),
        as_of=as_of,
        question=answer.question,
        standalone_question=answer.standalone_question,
        language=answer.language,
        outcome=answer.outcome.value,
        confidence=round(answer.confidence, 4),
        sentences=tuple(
            ReceiptSentence(
                sentence.text, sentence.verdict.value, sentence.reason, _quotes(sentence.citations, answer)
            )
            for sentence in answer.sentences
        ),
        clarification=_quotes([asked], answer)[0] if asked else None,
        disagreements=tuple(disagreement_note(note, answer.language) for note in answer.disagreements),
        documents=tuple(_document(document, answer) for document in quoted.values()),
        withheld=answer.withheld,
        index=tuple(sorted(index.items())),
        software=(("policy-assistant", _version("policy-assistant")),),
    )


def text_sha256(document: Document) -> str:
    """64 hex digits of the stored text; what UTF-8 cannot hold counts as it is stored."""
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def _quotes(citations: Iterable[Citation], answer: Answer) -> tuple[ReceiptQuote, ...]:
    return tuple(
        ReceiptQuote(one.mark, one.document.id, one.quote, one.start, one.end, locator(one, answer.language))
        for one in citations
    )


def _document(document: Document, answer: Answer) -> ReceiptDocument:
    return ReceiptDocument(
        document.id,
        document.title,
        PurePath(document.path).name,
        document.sha256,
        text_sha256(document),
        validity_of(document, answer.considered).status,
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
