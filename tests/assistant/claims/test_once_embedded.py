from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.claims.once_embedded import OnceEmbedded
from knowledge.embedder import Embedder


def test_a_text_goes_to_the_model_once(embedder: Embedder) -> None:
    asked: list[list[str]] = []

    class Counting:
        name, dimensions = embedder.name, embedder.dimensions
        embed_question = staticmethod(embedder.embed_question)

        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            asked.append(list(texts))
            return embedder.embed_passages(texts)

    once = OnceEmbedded(Counting())
    first = once.embed_passages(["a fee", "a tax", "a fee"])
    again = once.embed_passages(["a tax"])

    assert asked == [["a fee", "a tax"], []]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(first[1], again[0])
    assert once.embed_passages([]).shape == (0, embedder.dimensions)
    assert once.name == embedder.name
    assert np.array_equal(once.embed_question("a fee"), embedder.embed_question("a fee"))
