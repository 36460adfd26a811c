"""Token ids of a few texts without building the whole tokenizer, which takes 1 s.

A Unigram tokenizer weighs only pieces that stand in the text, so one made of these alone gives the same
ids. Finding them is a set look-up for each stretch of at most 16 characters; building it then takes
milliseconds.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.embedding.e5_weights import E5Vocabulary

_SPACE = "▁"  # what the vocabulary has for a space
_SHORT = 32  # characters; longer ones (Chinese has no spaces) would rarely come again
_WORDS_KEPT = 20_000


class E5Pieces:
    """The same ids as `E5Tokenizer`, quick for little text. Safe to share between threads."""

    def __init__(self, vocabulary: E5Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._ids = {piece: number for number, (piece, _score) in enumerate(vocabulary.pieces)}
        self._longest = max(map(len, self._ids))
        # The score of an unknown character hangs on the lowest score of all, so that piece is always there.
        lowest = min(range(len(vocabulary.pieces)), key=lambda number: vocabulary.pieces[number][1])
        self._always = {vocabulary.unknown, lowest}
        self._short = lru_cache(maxsize=_WORDS_KEPT)(self._inside)

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, without `<s>` and `</s>`."""
        present = sorted(self._always.union(*(self._pieces_in(text) for text in texts)))
        few = replace(
            self.vocabulary,
            pieces=[self.vocabulary.pieces[number] for number in present],
            unknown=present.index(self.vocabulary.unknown),
        )
        found = E5Tokenizer(few, 0).with_offsets(texts)
        return [[present[i] for i in ids] for ids, _offsets in found]

    def _pieces_in(self, text: str) -> set[int]:
        spaced = text.translate(self.vocabulary.character_map).replace(" ", _SPACE)
        # No piece reaches over a space into the next word: words are looked at one by one, short ones once.
        words = [_SPACE + word for word in spaced.split(_SPACE)]
        return set().union(
            *(self._short(word) if len(word) < _SHORT else self._inside(word) for word in words)
        )

    def _inside(self, word: str) -> frozenset[int]:
        known, longest = self._ids, self._longest
        return frozenset(
            number
            for start in range(len(word))
            for end in range(start + 1, min(start + longest, len(word)) + 1)
            if (number := known.get(word[start:end])) is not None
        )
