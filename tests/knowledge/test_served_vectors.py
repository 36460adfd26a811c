"""The vector index on a real Chroma server: whose it is, and a server that hangs, dies and comes back."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import chromadb
import pytest

from evals.bench.own_chroma import ChromaServer, chroma_server
from knowledge.errors import BadAddress, IndexDamaged, IndexMismatch, KnowledgeError, ServerUnreachable
from knowledge.served_vectors import ServedVectorIndex, checked_url
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.made_documents import made_document, made_passages

DOCUMENT = made_document("The fee is 20 yuan.\n\nVisas take five days.\n\nTickets are free.", path="/a")
PASSAGES = made_passages(DOCUMENT)
EMBEDDER = BagOfTermsEmbedder()
VECTORS = EMBEDDER.embed_passages([passage.text for passage in PASSAGES])
FEE = EMBEDDER.embed_question("The fee is 20 yuan.")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path / "chroma") as running:
        yield running


@pytest.fixture
def index(server: ChromaServer) -> Iterator[ServedVectorIndex]:
    with closing(ServedVectorIndex(server.url, "one")) as opened:
        opened.replace(PASSAGES, VECTORS)
        yield opened


def test_what_one_process_puts_in_another_finds_and_another_library_does_not(
    server: ChromaServer, index: ServedVectorIndex
) -> None:
    with closing(ServedVectorIndex(server.url, "one")) as other:
        assert other.find(FEE, limit=1) == [PASSAGES[0].id]
        other.replace([], VECTORS[:0], gone=[DOCUMENT.id])
    assert index.find(FEE, limit=1) == []
    assert len(index) == 0
    with closing(ServedVectorIndex(server.url, "two")) as foreign:
        foreign.replace(PASSAGES, VECTORS)
    assert len(index) == 0


def test_it_tells_the_same_of_itself_as_the_index_in_a_folder(index: ServedVectorIndex) -> None:
    assert sorted(index.ids()) == sorted(passage.id for passage in PASSAGES)
    assert index.spoilt() == []
    assert index.unreachable(index.ids()) == []
    assert index.scored(FEE, limit=2)[0][1] == pytest.approx(1, abs=1e-5)
    assert index.find(FEE, limit=5, document_ids=["other"]) == []


def test_it_is_begun_anew_only_when_that_is_asked_for(server: ChromaServer, index: ServedVectorIndex) -> None:
    with closing(ServedVectorIndex(server.url, "one")) as again:
        assert len(again) == len(PASSAGES)
    with closing(ServedVectorIndex(server.url, "one", anew=True)) as anew:
        assert len(anew) == 0
    with pytest.raises(IndexDamaged, match="does not find what it should hold"):
        index.find(FEE, limit=1)


def test_a_collection_of_another_library_is_refused(server: ChromaServer) -> None:
    client: Any = chromadb.HttpClient("127.0.0.1", server.port)
    client.create_collection(
        "passages-one", metadata={"policy-assistant library": "two"}, embedding_function=None
    )
    for one in (client, client._admin_client):
        one._server._session.close()
    with pytest.raises(IndexMismatch, match=r"belongs to another library \(two\)"):
        ServedVectorIndex(server.url, "one")


def test_a_server_that_dies_is_told_at_once_and_used_again_when_it_is_back(
    server: ChromaServer, index: ServedVectorIndex
) -> None:
    for _ in range(2):
        server.kill()
        start = time.monotonic()
        with pytest.raises(ServerUnreachable, match=r"Chroma server http://127\.0\.0\.1:\d+ does not answer"):
            index.find(FEE, limit=1)
        with pytest.raises(ServerUnreachable):
            index.replace(PASSAGES, VECTORS)
        assert time.monotonic() - start < 2
        server.start()
        assert index.find(FEE, limit=1) == [PASSAGES[0].id]


def test_a_server_that_hangs_is_waited_for_only_so_long(
    server: ChromaServer, index: ServedVectorIndex
) -> None:
    server.hang()
    start = time.monotonic()
    with pytest.raises(ServerUnreachable):
        index.find(FEE, limit=1)
    assert time.monotonic() - start < 8
    server.go_on()
    assert index.find(FEE, limit=1) == [PASSAGES[0].id]


def test_a_server_that_is_not_there_is_named(server: ChromaServer) -> None:
    server.kill()
    with pytest.raises(ServerUnreachable, match="does not answer"):
        ServedVectorIndex(server.url, "one")


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://host", "http://", "http://user:secret@host:8000", "http://host/api"]
)
def test_an_address_that_cannot_be_one_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(BadAddress) as refused:
        checked_url(url)
    assert "secret" not in str(refused.value)
    assert isinstance(refused.value, KnowledgeError)
