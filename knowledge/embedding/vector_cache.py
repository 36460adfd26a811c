"""Embeddings remembered by content, so that no text is embedded twice.

The cache only saves time: deleting the file loses nothing. It also holds the vectors of single
sentences, which quoting compares at question time without running the model.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Embedder
from knowledge.errors import DataFolderUnusable

_QUESTIONS_KEPT = 64
_LOOKUP_ROWS = 500  # SQLite allows 999 variables a statement on old builds
_STORED = np.float16  # halves the file; cosines move by less than 0.001


class CachedEmbedder:
    """An embedder whose passage vectors are looked up first and computed only when they are new.

    A text has the same vector the first time and every later time: what is returned is what is stored.
    Raises DataFolderUnusable when the cache file cannot be read or written.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._question = lru_cache(maxsize=_QUESTIONS_KEPT)(embedder.embed_question)
        self._path = path
        self._lock = threading.Lock()
        try:
            self._db = _open(path)
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except sqlite3.DatabaseError:  # damaged: begin anew
            for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                part.unlink(missing_ok=True)
            self._db = _open(path)

    def close(self) -> None:
        """Close the cache file."""
        self._db.close()

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, shape (d,); the last few are kept: search and quoting ask for the same."""
        return self._question(text)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, shape (n, d), rows L2-normalised, in order."""
        return self._embed(texts, keep=True)

    def without_keeping(self) -> Embedder:
        """The same, which looks vectors up and keeps no new one: for texts that strangers send."""
        return _WithoutKeeping(self)

    def _embed(self, texts: Sequence[str], *, keep: bool) -> NDArray[np.float32]:
        keys = [self._key(text) for text in texts]
        if not keys:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        known = self._look_up(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            computed = self._embedder.embed_passages(list(missing.values())).astype(_STORED)
            if keep:
                self._remember(list(missing), computed)
            known.update(zip(missing, computed, strict=True))
        vectors = np.stack([known[key] for key in keys]).astype(np.float32)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _key(self, text: str) -> bytes:
        named = f"{self.name}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(named, digest_size=16).digest()

    def _look_up(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float16]]:
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, NDArray[np.float16]] = {}
        try:
            with self._lock:
                for first in range(0, len(wanted), _LOOKUP_ROWS):
                    some = wanted[first : first + _LOOKUP_ROWS]
                    marks = ",".join("?" * len(some))
                    query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 (marks are "?")
                    for key, stored in self._db.execute(query, some):
                        found[key] = np.frombuffer(stored, dtype=_STORED)
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from error
        return found

    def _remember(self, keys: Sequence[bytes], vectors: NDArray[np.float16]) -> None:
        rows = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        try:
            with self._lock, self._db:
                self._db.execute("BEGIN")
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.DatabaseError) -> DataFolderUnusable:
        return DataFolderUnusable(
            f"The cache {self._path} cannot be read or written ({error}). Free space on the disk or restore "
            "permission to write; if the file is damaged, delete it: it only saves time."
        )


class _WithoutKeeping:
    """A cached embedder that leaves its file as it is."""

    def __init__(self, cached: CachedEmbedder) -> None:
        self.name, self.dimensions = cached.name, cached.dimensions
        self._cached = cached

    def embed_question(self, text: str) -> NDArray[np.float32]:
        return self._cached.embed_question(text)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._cached._embed(texts, keep=False)


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
    except BaseException:
        db.close()
        raise
    return db
