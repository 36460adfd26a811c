"""Search by meaning: an embedded Chroma folder of passage vectors. Only `served_vectors` opens Chroma too.

Chroma's own embedding functions and its Python server are never used: vectors come from our embedder.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from knowledge.document_vectors import DocumentVectors, Rows
from knowledge.errors import IndexDamaged
from knowledge.policy import Passage
from knowledge.stores.index_seal import IndexSeal

_COLLECTION = "passages"
# Chroma's own graph (16 neighbours, ef 100) missed the nearest passage for 1.2 to 1.7 % of questions over
# 1,800 passages, others at each build; this one for 0 to 0.3 %, in the same time. Of the ten nearest among
# 100,000 passages it finds 95.5 % with an ef_search of 200, 97.7 % with 400, 98.7 % with 600: 2, 4 and 6 ms.
GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 600,
}
_LARGEST_BATCH = 5_000  # chromadb 1.5.9 refuses more than 5,461 rows at once
_LARGEST_FILTER = 30_000  # document ids; more than 32,765 are "too many SQL variables"
_DATABASE = "chroma.sqlite3"  # written to whenever Chroma opens the folder
_BESIDE_A_DATABASE = ("-journal", "-wal", "-shm")  # what SQLite leaves there when its process is killed
_GRAPH_IS_KEPT = "index_metadata.pickle"  # written with a graph's other files; never read by us
_LOOKED_AT = 2_000  # vectors held in memory at once when all are looked at
_TRIES = 3  # of a question that finds too little; another thread may be writing
_NEIGHBOURS = 10  # looked at around a passage's own vector
_SAME_VECTOR = 1e-4  # cosine distance; passages of the same words have the same vector
_UNIT_LENGTH = 0.01  # how far from 1 the length of a vector may lie


class VectorIndex:
    """A folder that finds passages by the nearness of their vectors (cosine).

    Every method raises IndexDamaged when the folder's files are damaged or cannot be written.
    """

    _largest_batch = _LARGEST_BATCH

    def __init__(self, folder: Path, *, seals: bool = True) -> None:
        self._folder = folder
        self._seals = seals  # who only looks must not seal what may be damaged
        self._seal = vectors_seal(folder)
        self._documents = DocumentVectors(self._read_documents)
        settings = ChromaSettings(
            anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)
        )
        try:
            with self._named_faults():
                folder.mkdir(parents=True, exist_ok=True)
                self._client = Client(settings=settings)
                self._collection = self._open_collection()
        except IndexDamaged:
            SharedSystemClient.clear_system_cache()  # else this process could never open the folder again
            raise

    def __len__(self) -> int:
        """How many passages the index holds."""
        with self._named_faults():
            return int(self._collection.count())

    def replace(
        self, passages: Sequence[Passage], vectors: NDArray[np.float32], *, gone: Sequence[str] = ()
    ) -> None:
        """Put passages with their vectors (n, d) in and take everything of the documents `gone` out."""
        collection = self._to_write()
        with self._named_faults():
            try:
                for some in _parts(gone, self._largest_batch):
                    collection.delete(where=_of_documents(some))
                for first in range(0, len(passages), self._largest_batch):
                    batch = passages[first : first + self._largest_batch]
                    collection.upsert(
                        ids=[passage.id for passage in batch],
                        embeddings=vectors[first : first + self._largest_batch],
                        metadatas=[{"document_id": passage.document.id} for passage in batch],
                    )
            finally:
                self._documents.forget([*gone, *{passage.document.id for passage in passages}])

    def find(
        self, vector: NDArray[np.float32], *, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[str]:
        """Passage ids by falling cosine similarity with `vector` (d,), then by id."""
        return [id_ for id_, _cosine in self.scored(vector, limit=limit, document_ids=document_ids)]

    def scored(
        self, vector: NDArray[np.float32], *, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The same with the scores: (passage id, cosine).

        Among `document_ids` every passage is compared, so these should be few: see `findable`.
        """
        if document_ids is not None:
            return self._documents.nearest(vector, document_ids, limit)
        for _ in range(_TRIES):
            found = self._nearest(vector, limit) if limit > 0 else []
            if len(found) >= limit:
                break
            held = min(limit, len(self))  # counting takes longer than searching where there are many
            if 2 * len(found) >= held:
                break
            # Passages went or came between looking and counting, or a file is missing.
        else:
            # Seen when a segment file is missing: 1 of 3,000 was reached.
            raise self._damaged(f"of {held} passages only {len(found)} can be reached")
        return [(passage_id, 1 - distance) for distance, passage_id in sorted(found)]

    def close(self) -> None:
        """Release the folder's files and seal them; the index cannot be used afterwards."""
        settled = self._seals and (not self._seal.is_broken or self._settled())
        self._client.close()
        if settled:
            self._seal.renew()

    # -- looking at everything, which takes seconds -----------------------------------------------

    def ids(self) -> list[str]:
        """The id of every passage that the index lists, in no order."""
        with self._named_faults():
            return list(self._collection.get(include=[])["ids"])

    def spoilt(self) -> list[str]:
        """Ids of listed passages whose vector is lost or is no unit vector, as ours all are."""
        ids, spoilt = self.ids(), []
        for some in _parts(ids, _LOOKED_AT):
            vectors = self._vectors(some)
            spoilt += [
                id_
                for id_ in some
                if id_ not in vectors or not abs(np.linalg.norm(vectors[id_]) - 1) < _UNIT_LENGTH  # or NaN
            ]
        return spoilt

    def unreachable(self, ids: Sequence[str]) -> list[str]:
        """Those of the ids that search does not find, neither from afar nor by their own vector."""
        if not ids:
            return []
        first = self._vectors(ids[:1]).get(ids[0])
        if first is None:
            return list(ids)
        reached = {id_ for _distance, id_ in self._nearest(first, len(ids))}
        missing = [id_ for id_ in ids if id_ not in reached]
        lost = []
        for some in _parts(missing, _LOOKED_AT):
            vectors = self._vectors(some)
            lost += [id_ for id_ in some if id_ not in vectors or not self._finds(id_, vectors[id_])]
        return lost

    # -- inside -----------------------------------------------------------------------------------

    def _to_write(self) -> chromadb.Collection:
        """The collection, now that it is known that it is going to change."""
        with self._named_faults():
            self._seal.broken()
        return self._collection

    def _finds(self, id_: str, vector: NDArray[np.float32]) -> bool:
        """Whether search finds a passage by its own vector, or so many with that same vector instead."""
        near = self._nearest(vector, _NEIGHBOURS)
        return id_ in {other for _, other in near} or (
            len(near) == _NEIGHBOURS and max(near)[0] < _SAME_VECTOR
        )

    def _settled(self) -> bool:
        """Whether the graph's files hold what was written, so that nobody who only asks changes them.

        Chroma 1.5.9 keeps what is written in its database and puts it into the graph with the next question.
        """
        try:
            with self._named_faults():
                vectors = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
            if vectors is not None and len(vectors):
                self._nearest(np.asarray(vectors[0], np.float32), 1)
        except IndexDamaged:
            return False  # a full disk: the next process looks more closely
        return True

    def _vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._named_faults():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        vectors = found["embeddings"]
        return {} if vectors is None else dict(zip(found["ids"], np.asarray(vectors), strict=True))

    def _open_collection(self) -> chromadb.Collection:
        return self._client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": GRAPH}
        )

    def _read_documents(self, document_ids: Sequence[str]) -> dict[str, Rows]:
        by_document: dict[str, list[tuple[str, NDArray[np.float32]]]] = {}
        for some in _parts(document_ids, _LARGEST_FILTER):
            with self._named_faults():
                found = self._collection.get(where=_of_documents(some), include=["embeddings"])
            vectors = found["embeddings"]
            for id_, vector in zip(found["ids"], () if vectors is None else vectors, strict=True):
                row = np.asarray(vector, np.float32)
                by_document.setdefault(id_.partition(":")[0], []).append((id_, row))
        return {
            document_id: Rows(tuple(id_ for id_, _row in rows), np.stack([row for _id, row in rows]))
            for document_id, rows in by_document.items()
        }

    def _nearest(self, vector: NDArray[np.float32], limit: int) -> list[tuple[float, str]]:
        with self._named_faults():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis], n_results=limit, include=["distances"]
            )
        distances = found["distances"] or [[]]
        return list(zip(distances[0], found["ids"][0], strict=True))

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, OSError) as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, how: str) -> IndexDamaged:
        return IndexDamaged(
            f"The vector index in {self._folder} cannot be read or written ({how}). Free space if the disk "
            "is full; otherwise rebuild the index with: policy-assistant index --rebuild"
        )


def vectors_seal(folder: Path) -> IndexSeal:
    """The seal of a folder of vectors."""

    def unsteady() -> set[str]:
        # Up to 1,000 vectors stay in the database alone; Chroma then makes the graph anew whenever it opens.
        graphs = {file.parent for file in folder.glob("*/*")}
        begun = [graph for graph in graphs if not (graph / _GRAPH_IS_KEPT).exists()]
        database = {_DATABASE, *(f"{_DATABASE}{ending}" for ending in _BESIDE_A_DATABASE)}
        return database | {f"{graph.name}/{file.name}" for graph in begun for file in graph.iterdir()}

    return IndexSeal(folder, unsteady=unsteady)


def _of_documents(document_ids: Sequence[str]) -> dict[str, Any]:
    return {"document_id": {"$in": list(document_ids)}}


def _parts(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]
