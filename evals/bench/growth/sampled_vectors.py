"""Vectors of made documents: of single clauses from the embedder itself, of two together sampled from theirs.

A sampled vector is the mean of the two plus noise, of unit length again. The noise is as large as what other
numbers, another title and the other words in one passage really change, which `measured_nearness` says.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from evals.bench.growth.documents import clauses_of
from knowledge.embedder import Embedder

# Cosine of the mean of two clauses' vectors and the vector of both together, mean of 60 pairs of the default
# embedder.
NEARNESS = 0.976
_SAVED_EVERY = 2_000  # vectors that a kill may cost


class SampledVectors:
    """An embedder that runs the model once for each clause; it has the model's name, as its index must."""

    def __init__(self, embedder: Embedder, kept_in: Path) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.embed_question: Callable[[str], NDArray[np.float32]] = embedder.embed_question
        self.embedded = self.sampled = 0  # passages so far, by where their vectors come from
        self._embedder = embedder
        self._file = kept_in
        self._known: dict[str, NDArray[np.float32]] = {}
        if kept_in.exists():
            with np.load(kept_in) as kept:
                self._known = dict(zip(kept["clauses"].tolist(), kept["vectors"], strict=True))
        self._saved = len(self._known)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, (n, d), rows of unit length; a text always gets the same one."""
        parts = [clauses_of(text) for text in texts]
        # A clause stands alone before it is one of two, unless the library was begun with fewer clauses.
        new = {
            some[0] if len(some) == 1 else one: text if len(some) == 1 else one
            for some, text in zip(parts, texts, strict=True)
            for one in some
            if one not in self._known
        }
        if new:
            vectors = self._embedder.embed_passages(list(new.values()))
            self._known.update(zip(new, vectors, strict=True))
            if len(self._known) - self._saved >= _SAVED_EVERY:
                self.save()
        rows = [self._vector(some, text) for some, text in zip(parts, texts, strict=True)]
        return np.array(rows, np.float32).reshape(-1, self.dimensions)

    def save(self) -> None:
        """Keep the vectors that the model made for the next run."""
        if len(self._known) > self._saved:
            np.savez(
                self._file, clauses=np.array(list(self._known)), vectors=np.stack(list(self._known.values()))
            )
            self._saved = len(self._known)

    def _vector(self, clauses: Sequence[str], text: str) -> NDArray[np.float32]:
        mean = _unit(np.sum([self._known[one] for one in clauses], axis=0))
        if len(clauses) == 1:
            self.embedded += 1
            return mean
        self.sampled += 1
        drawn = np.random.default_rng(crc32(text.encode())).standard_normal(self.dimensions, np.float32)
        noise = _unit(drawn - drawn @ mean * mean)
        vector: NDArray[np.float32] = NEARNESS * mean + np.float32(np.sqrt(1 - NEARNESS**2)) * noise
        return vector


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return unit


def measured_nearness(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> float:
    """The mean cosine of what is sampled around and what is real, for pairs of clauses: compare NEARNESS."""
    alone = embedder.embed_passages([one for pair in pairs for one in pair])
    means = alone[0::2] + alone[1::2]
    together = embedder.embed_passages(["\n\n".join(pair) for pair in pairs])
    return float(((means / np.linalg.norm(means, axis=1, keepdims=True)) * together).sum(axis=1).mean())
