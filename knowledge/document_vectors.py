"""Exact search among the vectors of a few documents, which stay in memory for the next question about them.

A graph of all vectors is slow to search for a few documents' passages: it is walked until enough of theirs
are met (128 ms at 50,000 vectors, and growing with them). Comparing 2,000 takes 1 ms once they are read.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST_BYTES = 64_000_000  # of vectors kept: 40,000 passages of the default embedder


@dataclass(frozen=True, slots=True)
class Rows:
    """The passages of one document, with a unit vector each: shape (n, d)."""

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]


# Documents -> those of them that have passages, read from where they are stored.
Read = Callable[[Sequence[str]], Mapping[str, Rows]]


class DocumentVectors:
    """Vectors by document, the least recently used forgotten first; safe to use from several threads."""

    def __init__(self, read: Read, most_bytes: int = _MOST_BYTES) -> None:
        self._read = read
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, Rows] = OrderedDict()
        self._bytes = 0
        self._changes = 0
        self._lock = threading.Lock()

    def nearest(
        self, vector: NDArray[np.float32], document_ids: Sequence[str], limit: int
    ) -> list[tuple[str, float]]:
        """(passage id, cosine) of the passages of these documents, best first, then by id."""
        rows = [one for one in self._rows(document_ids) if one.ids]
        if not rows:
            return []
        ids = [id_ for one in rows for id_ in one.ids]
        cosines = np.concatenate([one.vectors @ vector for one in rows])
        # Equal ones at the end must go by id too, so all of those are looked at.
        worst = np.partition(cosines, -limit)[-limit] if limit < len(ids) else -np.inf
        best = sorted((-float(cosines[i]), ids[i]) for i in np.flatnonzero(cosines >= worst))
        return [(id_, -cosine) for cosine, id_ in best[:limit]]

    def forget(self, document_ids: Sequence[str]) -> None:
        """Read these documents anew when they are asked for; called when what is stored of them changes."""
        with self._lock:
            self._changes += 1
            for document_id in document_ids:
                self._drop(document_id)

    def _rows(self, document_ids: Sequence[str]) -> list[Rows]:
        with self._lock:
            known = {id_: self._kept[id_] for id_ in document_ids if id_ in self._kept}
            for id_ in known:
                self._kept.move_to_end(id_)
            changes = self._changes
        missing = [id_ for id_ in document_ids if id_ not in known]
        if missing:
            read = self._read(missing)
            known.update(read)
            with self._lock:
                if self._changes == changes:  # else it may be read already and gone by now
                    self._keep(read)
        return [known[id_] for id_ in document_ids if id_ in known]

    def _keep(self, read: Mapping[str, Rows]) -> None:
        for id_, rows in read.items():
            self._drop(id_)
            self._kept[id_] = rows
            self._bytes += rows.vectors.nbytes
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, document_id: str) -> None:
        rows = self._kept.pop(document_id, None)
        self._bytes -= rows.vectors.nbytes if rows else 0
