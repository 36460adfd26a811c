"""The documents that a person may read, listed anew when the library has changed."""

import threading
from collections.abc import Sequence

from assistant.people.person import Person
from assistant.web.chat.exchange import PageAssistant
from knowledge.errors import KnowledgeError
from knowledge.policy import Document

_KEPT = 64  # different sets of collections


class DocumentsAtHand:
    """What the chat page lists; safe to use from several threads."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._known: dict[frozenset[str] | None, tuple[int, Sequence[Document]]] = {}

    def of(self, person: Person) -> Sequence[Document]:
        """The documents as they are now, to be listed in this order; as last seen if they cannot be read."""
        library = self._assistant.for_collections(person.collections).library
        with self._lock:
            known = self._known.get(person.collections)
        try:
            changes = library.changes
            if known is not None and known[0] == changes:
                return known[1]
            documents = library.documents()
        except KnowledgeError:  # a question says what is wrong; the page itself is still shown
            return known[1] if known is not None else ()
        with self._lock:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[person.collections] = changes, documents
        return documents
