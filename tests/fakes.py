"""Stand-ins at the seams, small enough to predict what they do."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.terms import terms


class BagOfTermsEmbedder:
    """An embedder without a model: texts that share terms are near, the same terms give the same vector.

    Each term of a text adds 1 at `place_of(term)`; the sum is L2-normalised. A text without terms has its 1
    at place 0.
    """

    def __init__(self, name: str = "bag-of-terms:000000000000", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[str] = []  # every text that was embedded as a passage, in order

    def embed_question(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.dimensions)

    def place_of(self, term: str) -> int:
        """Which of the numbers a term adds to; the first is left to texts without terms."""
        return 1 + crc32(term.encode()) % (self.dimensions - 1)

    def _vector(self, text: str) -> NDArray[np.float32]:
        places = [self.place_of(term) for term in terms(text)] or [0]
        counts = np.bincount(places, minlength=self.dimensions).astype(np.float32)
        unit: NDArray[np.float32] = counts / np.linalg.norm(counts)
        return unit


class InterruptedEmbedder(BagOfTermsEmbedder):
    """The same, but in the n-th call for passages the user presses Ctrl-C."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._calls = calls

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._calls -= 1
        if self._calls == 0:
            raise KeyboardInterrupt
        return super().embed_passages(texts)
