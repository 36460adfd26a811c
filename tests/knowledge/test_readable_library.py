"""A library through the eyes of someone who may read one collection."""

from collections.abc import Callable

import pytest

from knowledge.indexing import Stores
from knowledge.policy import Document
from knowledge.readable_library import ReadableLibrary
from tests.knowledge.made_documents import made_document, made_passages


@pytest.fixture
def put(stores: Stores) -> Callable[..., Document]:
    def put_in(text: str, **facts: str) -> Document:
        document = made_document(text, **{"path": f"/{text[:30]}", **facts})  # type: ignore[arg-type]
        passages = made_passages(document)
        stores.library.put(document, [passages[0].section], passages)
        stores.library.make_current([document.id])
        return document

    return put_in


def test_what_may_not_be_read_is_not_there(stores: Stores, put: Callable[..., Document]) -> None:
    opened, secret = put("Public words."), put("Secret words.", collection="board")
    library = ReadableLibrary(stores.library, frozenset({"general"}))
    ids = [passage.id for one in (opened, secret) for passage in stores.library.passages_of(one.id)]

    assert library.documents() == [opened]
    assert [entry.id for entry in library.entries()] == [opened.id]
    assert library.document(secret.id) is None
    assert library.sections(secret.id) == []
    assert [passage.document for passage in library.passages(ids)] == [opened]


def test_without_a_restriction_everything_is(stores: Stores, put: Callable[..., Document]) -> None:
    secret = put("Secret words.", collection="board")
    library = ReadableLibrary(stores.library, None)

    assert library.documents() == [secret]
    assert library.sections(secret.id) == stores.library.sections(secret.id)
