"""What the page needs to know: the assistant it talks to, and one question with what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import Answer, Citation, Conversation, Sentence, Turn
from assistant.answering import Sources, Step
from assistant.guidance.guidance import Guidance
from assistant.web.chat.next_clauses import NextClause
from assistant.web.history.on_record import OnRecord
from knowledge.policy import Document, Entry, Filters, RetrievedPassage, Section, Validity


class PageLibrary(Protocol):
    """The documents that can be opened. Its methods are called from several threads."""

    @property
    def changes(self) -> int:
        """How often the library was changed: as long as it stays the same, so do the documents."""
        ...

    def passage_counts(self) -> dict[str, int]:
        """How many passages each document has, by id."""
        ...

    def documents(self) -> list[Document]:
        """Every document, in the order to list them."""
        ...

    def entries(self) -> list[Entry]:
        """Every document without its text."""
        ...

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        ...

    def sections(self, document_id: str) -> list[Section]:
        """The sections of that document, in order."""
        ...


class PageAssistant(Protocol):
    """What answers the questions of the page. `steps` is called from several threads."""

    @property
    def library(self) -> PageLibrary:
        """The documents that the answers come from."""
        ...

    def validity(self, document_id: str) -> Validity:
        """What a document is today: in force, superseded, repealed, …"""
        ...

    def for_collections(self, collections: frozenset[str] | None) -> "PageAssistant":
        """The same for someone who may read these collections; None for everything."""
        ...

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = ...,
    ) -> Iterator[Step]:
        """The sources, then sentence after sentence, then the answer."""
        ...

    @property
    def built_with(self) -> Mapping[str, str]:
        """What the indexes were built with, for receipts."""
        ...

    def guidance(self, description: str, filters: Filters = ...) -> Guidance:
        """What the documents lay down on a described business."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a conversation with what has arrived of its answer so far."""

    number: int  # 1-based; every id of the answer on the page starts with it, so old marks keep working
    question: str
    sources: Sources | None = None
    sentences: tuple[Sentence, ...] = ()
    answer: Answer | None = None
    record: OnRecord | None = None  # None while it is not kept
    filters: Filters = Filters()  # noqa: RUF009 (frozen, no state)
    read_next: tuple[NextClause, ...] = ()
    key: str = ""  # under which its files can be had, see `shown_answers`; empty when they cannot

    @property
    def id(self) -> str:
        """The exchange's name on the page."""
        return f"a{self.number}"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What has been cited so far, one citation a mark, in the order of the marks."""
        by_mark = {citation.mark: citation for sentence in self.sentences for citation in sentence.citations}
        return tuple(by_mark[mark] for mark in sorted(by_mark))

    @property
    def found(self) -> tuple[RetrievedPassage, ...]:
        """What search returned, best first; empty while it searches."""
        return self.sources.passages if self.sources else ()

    def after(self, step: Step) -> "Exchange":
        """The exchange once a further step has arrived."""
        match step:
            case Sources():
                return replace(self, sources=step)
            case Sentence():
                return replace(self, sentences=(*self.sentences, step))
            case Answer():
                return replace(self, sentences=step.sentences, answer=step)


Exchanges = tuple[Exchange, ...]


def conversation_of(exchanges: Exchanges) -> Conversation:
    """The answered exchanges as the turns that a follow-up question refers to."""
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer is not None:
            text = " ".join(sentence.text for sentence in exchange.answer.sentences)
            answer = exchange.answer
            turns += [
                Turn("user", exchange.question),
                Turn("assistant", text, answer.citations, answer.clarification),
            ]
    return tuple(turns)
