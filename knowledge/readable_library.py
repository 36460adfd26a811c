"""The library as someone sees it who may read certain collections: what they may not read is not there."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from knowledge.library import Library
from knowledge.policy import Document, Entry, Passage, Section


@dataclass(frozen=True, slots=True)
class ReadableLibrary:
    """Reads a library and leaves out every document of a collection that is not in `collections`."""

    library: Library
    collections: AbstractSet[str] | None  # None reads everything

    @property
    def changes(self) -> int:
        """How often the library was changed since it was opened."""
        return self.library.changes

    def entries(self) -> list[Entry]:
        """Every readable document that can be found, by id, without its text."""
        return [entry for entry in self.library.entries() if self._reads(entry)]

    def documents(self) -> list[Document]:
        """Every readable document that can be found, by title, then id."""
        return [document for document in self.library.documents() if self._reads(document)]

    def document(self, document_id: str) -> Document | None:
        """The document of that id; None also for one that may not be read, so that neither is told apart."""
        document = self.library.document(document_id)
        return document if document is not None and self._reads(document) else None

    def sections(self, document_id: str) -> list[Section]:
        """The sections of a readable document, in order; empty for any other id."""
        return self.library.sections(document_id) if self.document(document_id) is not None else []

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids in readable documents, in the order given; other ids are left out."""
        return [passage for passage in self.library.passages(ids) if self._reads(passage.document)]

    def passage_counts(self) -> dict[str, int]:
        """How many passages each readable document that can be found has, by id."""
        counts = self.library.passage_counts()
        return {entry.id: counts.get(entry.id, 0) for entry in self.entries()}

    def _reads(self, document: Document | Entry) -> bool:
        return self.collections is None or document.collection in self.collections
