"""Question vectors remembered by content, so that a set of thousands of questions is embedded once."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import Embedder
from knowledge.embedding.vector_cache import CachedEmbedder


class _AsPassages:
    """Offers an embedder's question vectors where passage vectors are asked for."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = f"{embedder.name} (questions)"  # the same text has another vector as a passage
        self.dimensions = embedder.dimensions
        self.embed_question = embedder.embed_question

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_question(text) for text in texts])


class QuestionCache:
    """An embedder that also remembers questions, as `CachedEmbedder` remembers passages.

    Stored as float16, as passages are: cosines move by less than 0.001.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self.embed_passages = embedder.embed_passages
        self._questions = CachedEmbedder(_AsPassages(embedder), path)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, shape (d,), L2-normalised."""
        vector: NDArray[np.float32] = self._questions.embed_passages([text])[0]
        return vector

    def close(self) -> None:
        """Close the cache file."""
        self._questions.close()
