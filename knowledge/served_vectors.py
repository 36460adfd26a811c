"""Search by meaning on a Chroma server, which several processes share: `chroma run`, or a larger one.

The server has no log-in of its own: it belongs on a private network, or behind a proxy that asks for one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from knowledge.document_vectors import DocumentVectors
from knowledge.errors import BadAddress, IndexDamaged, IndexMismatch, ServerUnreachable
from knowledge.vector_index import GRAPH, VectorIndex

_TO_CONNECT = 2.0  # seconds; whoever asked is told within them that nobody is there
_TO_ANSWER = 5.0  # of a question
_TO_WRITE = 120.0  # of a batch, during which the server may put its files in order
_ALIVE = "/api/v2/heartbeat"
_BATCH = 1_000  # passages sent at once: 3 MB in JSON
_OWNER = "policy-assistant library"  # under which a collection says whose passages it holds


class ServedVectorIndex(VectorIndex):
    """A collection of a Chroma server that finds passages by the nearness of their vectors (cosine).

    Every method raises ServerUnreachable within seconds when the server does not answer, and works again as
    soon as it does; IndexDamaged when it answers that the collection is gone or spoilt.
    """

    _largest_batch = _BATCH

    def __init__(self, url: str, library: str, *, anew: bool = False) -> None:
        """`library` is the identity of the library; `anew` throws its collection away and begins another.

        Raises IndexMismatch when the collection belongs to another library.
        """
        self._url = checked_url(url)
        self._library = library
        self._clients: list[Any] = []
        # What others put there changes nothing of a document that is kept: another content has another id.
        self._documents = DocumentVectors(self._read_documents)
        try:
            with self._named_faults():
                check_alive(self._url)  # Chroma's client would wait for a server that hangs for ever
                asking, writing = self._connected(_TO_ANSWER), self._connected(_TO_WRITE)
                if anew:
                    self._forget(writing)
                self._collection, self._written = self._opened(asking), self._opened(writing)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the connections go; the index cannot be used afterwards."""
        for client in self._clients:
            for session in _sessions(client):
                session.close()  # Chroma's own `close` leaves them open
            client.close()

    def _to_write(self) -> chromadb.Collection:
        return self._written

    def _connected(self, seconds: float) -> Any:
        parts = urlsplit(self._url)
        client = chromadb.HttpClient(
            parts.hostname or "",
            parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
        # Chroma's client waits without end, and has no setting for it.
        for session in _sessions(client):
            session.timeout = httpx.Timeout(seconds, connect=_TO_CONNECT)
        self._clients.append(client)
        return client

    def _opened(self, client: Any) -> chromadb.Collection:
        collection: chromadb.Collection = client.get_or_create_collection(
            self._name,
            metadata={_OWNER: self._library},
            embedding_function=None,
            configuration={"hnsw": GRAPH},
        )
        owner = (collection.metadata or {}).get(_OWNER)
        if owner != self._library:
            raise IndexMismatch(
                f"The collection {self._name} of the Chroma server {self._url} belongs to another library "
                f"({owner}); name another server in the setting vectors, or delete that collection."
            )
        return collection

    def _forget(self, client: Any) -> None:
        try:
            client.delete_collection(self._name)
        except NotFoundError:
            return

    @property
    def _name(self) -> str:
        return f"passages-{self._library}"

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (IndexDamaged, IndexMismatch, ServerUnreachable):
            raise
        except ChromaError as error:
            raise self._damaged(str(error)) from error
        except Exception as error:  # chromadb raises plain ones for answers and hosts that it does not know
            raise _unreachable(self._url, error) from error

    def _damaged(self, how: str) -> IndexDamaged:
        return IndexDamaged(
            f"The Chroma server {self._url} does not find what it should hold ({how}). Restart it; if it "
            "goes on, stop every page and rebuild the index with: policy-assistant index --rebuild"
        )


def _sessions(client: Any) -> list[httpx.Client]:
    """The connections of a client of Chroma, which has one more to look whether its database is there."""
    return [client._server._session, client._admin_client._server._session]


def check_alive(url: str) -> None:
    """Raise ServerUnreachable within seconds unless a Chroma server answers at this address."""
    try:
        httpx.get(f"{url}{_ALIVE}", timeout=_TO_CONNECT).raise_for_status()
    except httpx.HTTPError as error:
        raise _unreachable(url, error) from error


def _unreachable(url: str, error: Exception) -> ServerUnreachable:
    cause = error.__context__ if isinstance(error, ValueError) and error.__context__ else error
    reason = " ".join(str(cause).split())[:200] or type(cause).__name__
    return ServerUnreachable(
        f"The Chroma server {url} does not answer as it should ({reason}). Try again in a moment; if it goes "
        "on, start the server, or correct the setting vectors. Nothing stored is lost."
    )


def checked_url(url: str) -> str:
    """The address of a Chroma server, without a slash at its end; raises BadAddress when it cannot be one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise BadAddress(f"{url} is no address of a Chroma server; write it as http://host:port.")
    if parts.username is not None:
        raise BadAddress("An address of a Chroma server must hold no name and no password.")
    return url.rstrip("/")
