"""An embedder for one check: every text goes to the model once, however often it is compared."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Embedder


class OnceEmbedded:
    """Behaves as the embedder that it is given; for one check and one thread, as it forgets nothing."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """The embedder's own."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """The embedder's own."""
        return self._embedder.dimensions

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The embedder's own."""
        return self._embedder.embed_question(text)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The embedder's own vectors, those of known texts remembered."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embedder.embed_passages(new), strict=True))
        rows = [self._known[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimensions)
