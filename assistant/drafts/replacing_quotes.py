"""The quote that a sentence which failed its check should have been, and the marks of what is shown."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answer import Citation, Sentence
from knowledge.embedder import Embedder

Place = tuple[str, int, int]


def quote_in_place_of(
    failed: Sentence, quotes: Sequence[Sentence], shown: Sequence[Sentence], embedder: Embedder
) -> Sentence | None:
    """The quote nearest in meaning to a failed sentence, out of those that the answer without a model has.

    Only from passages that the sentence cites, and only what no shown sentence rests on already.
    """
    cited = {citation.passage.id for citation in failed.citations}
    taken = {place_of(citation) for sentence in shown for citation in sentence.citations}
    fitting = [
        quote
        for quote in quotes
        if all(one.passage.id in cited and place_of(one) not in taken for one in quote.citations)
    ]
    if not fitting:
        return None
    vectors = embedder.embed_passages([failed.text, *(quote.text for quote in fitting)])
    return fitting[int(np.argmax(vectors[1:] @ vectors[0]))]


def place_of(citation: Citation) -> Place:
    """What a citation quotes, whatever its mark."""
    return citation.document.id, citation.start, citation.end


class Marks:
    """Numbers citations in the order in which they are shown; the same quote keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[Place, int] = {}

    def numbered(self, sentence: Sentence) -> Sentence:
        """The sentence with the marks that its citations have in the answer."""
        citations = tuple(
            replace(one, mark=self._numbers.setdefault(place_of(one), len(self._numbers) + 1))
            for one in sentence.citations
        )
        return replace(sentence, citations=citations)
