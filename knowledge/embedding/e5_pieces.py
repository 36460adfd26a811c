"""Token ids of a few texts without building the whole tokenizer, which takes 1 s.

A Unigram tokenizer weighs only pieces that stand in the text, so one made of these alone gives the same
ids. Finding them is a look-up for each stretch of at most 16 characters; building it then takes
milliseconds. Words that came before are not looked at again.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.embedding.e5_weights import E5Vocabulary, E5Weights, read_e5_weights

_SPACE = "▁"  # what the vocabulary has for a space
_SPACES = re.compile(" {2,}")
_SHORT = 32  # characters; longer ones (Chinese has no spaces) would rarely come again
_WORDS_KEPT = 20_000

_Ids = tuple[list[int], list[int]]  # of one word: neighbouring unknown characters together, and each alone


class E5Pieces:
    """The same ids as `E5Tokenizer`, quick for little text. Safe to share between threads."""

    def __init__(self, vocabulary: E5Vocabulary) -> None:
        self.vocabulary = vocabulary
        pieces, scores = vocabulary.pieces, vocabulary.scores
        self._ids: dict[str, int] = dict(zip(pieces, range(len(pieces)), strict=True))
        self._longest = max(map(len, pieces))
        # The score of an unknown character hangs on the lowest score of all, so that piece is always there.
        self._always = {vocabulary.unknown, scores.index(min(scores))}
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Ids] = OrderedDict()  # of short words

    def token_ids(self, texts: Sequence[str], *, each_unknown: bool = False) -> list[list[int]]:
        """The token ids of each text, without `<s>` and `</s>`.

        Neighbouring unknown characters are one token, or one token each, as the embedder was trained.
        """
        in_words = [self._words(text) for text in texts]
        ids = self._ids_of({word for words in in_words for word in words})
        return [[number for word in words for number in ids[word][each_unknown]] for words in in_words]

    def _words(self, text: str) -> list[str]:
        # No piece reaches over a space into the next word, so words can be looked at one by one.
        words = _SPACES.sub(" ", text.translate(self.vocabulary.character_map)).split(" ")
        return words[1:] if words[0] == "" else words

    def _ids_of(self, words: AbstractSet[str]) -> dict[str, _Ids]:
        with self._lock:
            found = {word: self._known[word] for word in words if word in self._known}
        new = sorted(words - found.keys())
        if new:
            found |= zip(new, self._encoded(new), strict=True)
            with self._lock:
                self._known.update((word, found[word]) for word in new if len(word) < _SHORT)
                while len(self._known) > _WORDS_KEPT:
                    self._known.popitem(last=False)
        return found

    def _encoded(self, words: Sequence[str]) -> list[_Ids]:
        present = sorted(self._always.union(*map(self._pieces_in, words)))
        few = replace(
            self.vocabulary,
            pieces=[self.vocabulary.pieces[number] for number in present],
            scores=[self.vocabulary.scores[number] for number in present],
            unknown=present.index(self.vocabulary.unknown),
        )
        tokens, spelt = E5Tokenizer(few, 0), [word or " " for word in words]
        joined = tokens.with_offsets(spelt)
        apart = tokens.each_unknown(spelt)
        return [
            ([present[i] for i in together], [present[i] for i in each])
            for (together, _offsets), each in zip(joined, apart, strict=True)
        ]

    def _pieces_in(self, word: str) -> set[int]:
        known, longest, spaced = self._ids, self._longest, _SPACE + word
        return {
            number
            for start in range(len(spaced))
            for end in range(start + 1, min(start + longest, len(spaced)) + 1)
            if (number := known.get(spaced[start:end])) is not None
        }


_opened: dict[Path, tuple[E5Weights, E5Pieces]] = {}
_opening = threading.Lock()


def opened_e5(path: Path) -> tuple[E5Weights, E5Pieces]:
    """The weights file and the pieces of its vocabulary, read once in a process (0.1 s).

    Raises what `read_e5_weights` raises.
    """
    with _opening:
        if path not in _opened:
            weights = read_e5_weights(path)
            _opened[path] = weights, E5Pieces(weights.vocabulary)
        return _opened[path]
