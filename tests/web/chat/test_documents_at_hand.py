"""The list of documents beside the conversation: new when the library changed, kept when it is away."""

from dataclasses import dataclass
from typing import Any, cast

from assistant.people.person import LOCAL_PERSON
from assistant.web.chat.documents_at_hand import DocumentsAtHand
from assistant.web.chat.exchange import PageAssistant
from knowledge.errors import ServerUnreachable
from knowledge.policy import Document
from tests.knowledge.made_documents import made_document

RULES, LAW = made_document("Rules."), made_document("Law.")


@dataclass
class MovedLibrary:
    """A library that a test changes, and takes away."""

    held: list[Document]
    changes_made: int = 1
    is_away: bool = False

    @property
    def library(self) -> "MovedLibrary":
        return self

    def for_collections(self, _collections: Any) -> "MovedLibrary":
        return self

    @property
    def changes(self) -> int:
        if self.is_away:
            raise ServerUnreachable("Away.")
        return self.changes_made

    def documents(self) -> list[Document]:
        return list(self.held)


def test_it_follows_the_library_and_outlasts_a_server_that_is_away() -> None:
    library = MovedLibrary([RULES])
    at_hand = DocumentsAtHand(cast(PageAssistant, library))

    assert at_hand.of(LOCAL_PERSON) == [RULES]
    library.held.append(LAW)
    assert at_hand.of(LOCAL_PERSON) == [RULES]
    library.changes_made += 1
    assert at_hand.of(LOCAL_PERSON) == [RULES, LAW]
    library.is_away = True
    assert at_hand.of(LOCAL_PERSON) == [RULES, LAW]


def test_nothing_is_listed_of_a_library_that_was_never_read() -> None:
    assert list(DocumentsAtHand(cast(PageAssistant, MovedLibrary([], is_away=True))).of(LOCAL_PERSON)) == []
