"""Vectors of made documents: of each clause's first copy from the embedder itself, of the others sampled from it.

A sampled vector is that of the first copy plus noise, of unit length again. The noise is as large as what
other numbers, another title and the mark really change, which `measured_nearness` says.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from evals.bench.growth.documents import clause_of
from knowledge.embedder import Embedder

# Cosine of the vectors of two copies of one clause: the mean of 200 pairs from the default embedder.
NEARNESS = 0.95
_SAVED_EVERY = 2_000  # vectors that a kill may cost


class SampledVectors:
    """An embedder that runs the model once for each clause; its name is the model's, so that commands fit it."""

    def __init__(self, embedder: Embedder, kept_in: Path) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.embed_question: Callable[[str], NDArray[np.float32]] = embedder.embed_question
        self.embedded = self.sampled = 0  # passages so far, by where their vectors come from
        self._embedder = embedder
        self._file = kept_in
        self._first: dict[str, NDArray[np.float32]] = {}
        self._of: dict[str, int] = {}  # clause -> crc32 of the text of its first copy
        if kept_in.exists():
            with np.load(kept_in) as kept:
                clauses = kept["clauses"].tolist()
                self._first = dict(zip(clauses, kept["vectors"], strict=True))
                self._of = dict(zip(clauses, kept["texts"].tolist(), strict=True))
        self._saved = len(self._first)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, (n, d), rows of unit length; a text always gets the same one."""
        clauses = [clause_of(text) for text in texts]
        new = {clause: text for clause, text in zip(clauses, texts, strict=True) if clause not in self._first}
        if new:
            vectors = self._embedder.embed_passages(list(new.values()))
            self._first |= dict(zip(new, vectors, strict=True))
            self._of |= {clause: crc32(text.encode()) for clause, text in new.items()}
            if len(self._first) - self._saved >= _SAVED_EVERY:
                self.save()
        rows = [self._copy(clause, text) for clause, text in zip(clauses, texts, strict=True)]
        return np.array(rows, np.float32).reshape(-1, self.dimensions)

    def save(self) -> None:
        """Keep the vectors that the model made for the next run."""
        if self._first and len(self._first) > self._saved:
            np.savez(
                self._file,
                clauses=np.array(list(self._first)),
                texts=np.array(list(self._of.values()), np.uint32),
                vectors=np.stack(list(self._first.values())),
            )
            self._saved = len(self._first)

    def _copy(self, clause: str, text: str) -> NDArray[np.float32]:
        first, own = self._first[clause], crc32(text.encode())
        if own == self._of[clause]:
            self.embedded += 1
            return first
        self.sampled += 1
        noise = np.random.default_rng(own).standard_normal(self.dimensions).astype(np.float32)
        noise -= noise @ first * first
        noise /= np.linalg.norm(noise)
        vector: NDArray[np.float32] = NEARNESS * first + np.float32(np.sqrt(1 - NEARNESS**2)) * noise
        return vector


def measured_nearness(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> float:
    """The mean cosine of the vectors of two copies of a clause, to compare NEARNESS with."""
    one = embedder.embed_passages([first for first, _second in pairs])
    other = embedder.embed_passages([second for _first, second in pairs])
    return float((one * other).sum(axis=1).mean())
