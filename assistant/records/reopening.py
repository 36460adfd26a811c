"""What of a stored answer may be shown today: each quote is compared with its document again.

An answer that is opened again holds only sentences whose every quote still stands, so that whatever is done
with it rests on documents as they are now. The others are `Lost`: their words are told as no longer standing,
and not at all when their document is not at hand, be it removed or one that this person may not read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer, Citation, Difference, Disagreement, Outcome, Sentence, Verdict, Wording
from assistant.records.stored import StoredAnswer, StoredCitation, StoredDisagreement, StoredExchange
from knowledge.policy import Document, Entry, Language, Passage, RetrievedPassage, Section, Validity

_UNRANKED = 1.0  # the score of a passage that no search returned


class ReadLibrary(Protocol):
    """The documents that somebody may read."""

    def entries(self) -> list[Entry]:
        """Every document without its text."""
        ...

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        ...

    def sections(self, document_id: str) -> list[Section]:
        """The sections of that document, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Lost:
    """A sentence of a stored answer that does not stand any more; empty when nothing of it may be told."""

    text: str = ""
    document: str = ""  # title of the one that no longer holds it


@dataclass(frozen=True, slots=True)
class Reopened:
    """A stored exchange with what of its answer stands today."""

    stored: StoredExchange
    answer: Answer
    lost: tuple[Lost, ...]


def reopened(stored: StoredExchange, library: ReadLibrary, validity: Callable[[str], Validity]) -> Reopened:
    """The exchange with its answer over the documents of `library`; `validity` says what they are today."""
    held, found = stored.answer, _Found(library)
    sentences: list[Sentence] = []
    lost: list[Lost] = []
    for one in held.sentences:
        citations = [found.citation(citation) for citation in one.citations]
        standing = tuple(citation for citation in citations if isinstance(citation, Citation))
        if standing and len(standing) == len(citations):
            sentences.append(Sentence(one.text, standing, Verdict(one.verdict), one.reason))
            continue
        at_hand = all(found.document(citation) is not None for citation in one.citations)
        fault = next((one for one in citations if isinstance(one, str)), "")
        lost.append(Lost(one.text, fault) if at_hand else Lost())
    return Reopened(stored, _answer(held, tuple(sentences), found, validity), tuple(lost))


def _answer(
    held: StoredAnswer, sentences: tuple[Sentence, ...], found: "_Found", validity: Callable[[str], Validity]
) -> Answer:
    by_mark = {citation.mark: citation for sentence in sentences for citation in sentence.citations}
    asked_for = found.citation(held.clarification) if held.clarification else None
    clarification = asked_for if isinstance(asked_for, Citation) else None
    passages = (
        [citation.passage for citation in by_mark.values()]
        if held.sentences
        else [passage for id_ in held.nearest if (passage := found.passage(id_)) is not None]
    )
    considered = tuple(
        RetrievedPassage(passage, _UNRANKED, frozenset(), validity(passage.document.id))
        for passage in passages
    )
    language: Language = "zh" if held.language == "zh" else "en"
    return Answer(
        outcome=Outcome(held.outcome),
        question=held.question,
        standalone_question=held.standalone_question,
        language=language,
        confidence=held.confidence,
        sentences=sentences,
        considered=considered,
        clarification=clarification,
        disagreements=tuple(
            note for one in held.disagreements if (note := _disagreement(one, by_mark)) is not None
        ),
        withheld=held.withheld,
        wording=Wording(held.wording),
    )


def _disagreement(note: StoredDisagreement, by_mark: dict[int, Citation]) -> Disagreement | None:
    if note.first not in by_mark or note.second not in by_mark:
        return None
    return Disagreement(
        by_mark[note.first],
        by_mark[note.second],
        tuple(map(Difference, note.differences)),
        by_mark.get(note.higher or 0),
        by_mark.get(note.newer or 0),
    )


class _Found:
    """Looks up in a library, once each, what stored answers cite."""

    def __init__(self, library: ReadLibrary) -> None:
        self._library = library
        self._documents: dict[str, Document | None] = {}

    def document(self, citation: StoredCitation) -> Document | None:
        """The document itself, or what has taken its place: the same file, or the latest under its title."""
        id_ = citation.document_id
        if id_ not in self._documents:
            self._documents[id_] = self._library.document(id_) or self._successor(citation)
        return self._documents[id_]

    def citation(self, citation: StoredCitation) -> Citation | str:
        """The citation in the text of today, or the title of the document that no longer holds its quote."""
        document = self.document(citation)
        if document is None:
            return ""
        start = citation.start
        if not citation.quote or document.text[start : citation.end] != citation.quote:
            start = document.text.find(citation.quote) if citation.quote else -1
        end = start + len(citation.quote)
        for section in self._library.sections(document.id) if start >= 0 else ():
            if section.start <= start and end <= section.end:
                passage = self._cited(citation, section, start, end)
                return Citation(citation.mark, passage, citation.quote, start, end)
        return document.title

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, if its document is at hand and has a section there."""
        document_id, bounds = _parsed(passage_id)
        if bounds is None or self._library.document(document_id) is None:
            return None
        start, end = bounds
        for section in self._library.sections(document_id):
            if section.start <= start < end <= section.end:
                return Passage(passage_id, section, start, end)
        return None

    def _cited(self, citation: StoredCitation, section: Section, start: int, end: int) -> Passage:
        document_id, bounds = _parsed(citation.passage_id)
        if document_id == section.document.id and bounds is not None:
            inside = section.start <= bounds[0] <= start and end <= bounds[1] <= section.end
            if inside:
                return Passage(citation.passage_id, section, *bounds)
        return Passage(
            f"{section.document.id}:{section.start}-{section.end}", section, section.start, section.end
        )

    def _successor(self, citation: StoredCitation) -> Document | None:
        titled = [
            document
            for entry in self._library.entries()
            if entry.facts.title == citation.document
            and (document := self._library.document(entry.id)) is not None
        ]
        same = (one for one in titled if one.sha256 == citation.document_sha256)
        return next(same, titled[-1] if titled else None)


def _parsed(passage_id: str) -> tuple[str, tuple[int, int] | None]:
    document_id, _, bounds = passage_id.partition(":")
    start, _, end = bounds.partition("-")
    return document_id, (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None
