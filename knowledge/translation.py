"""A question's words in the other language, as far as the library uses them, for keyword search."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from knowledge.dictionary import ChineseDictionary
from knowledge.terms import CHINESE_FUNCTION_WORDS, HAN_RUN, content_terms, han_bigrams

# A word has many translations; those that the library itself uses most are most likely meant.
_TRANSLATIONS_KEPT = 3

Frequency = Callable[[str], int]  # a term -> how many passages hold it


def translated_terms(question: str, dictionary: ChineseDictionary, frequency: Frequency) -> list[str]:
    """Terms of the other language for the question's words, as far as they occur in the library."""
    english = content_terms(HAN_RUN.sub(" ", question))
    found = [term for word in english for term in _to_chinese(dictionary.chinese_for(word), frequency)]
    for one, other in pairwise(english):
        found += _to_chinese(dictionary.chinese_for(one, other), frequency)
    for word in dictionary.words(question):
        if len(word.text) > 1 and word.text not in CHINESE_FUNCTION_WORDS:
            found += _most_used(sorted(word.glosses), frequency)
    return list(dict.fromkeys(found))


def _to_chinese(words: Sequence[str], frequency: Frequency) -> list[str]:
    spelt = {word: han_bigrams(word) for word in words if len(word) > 1}
    used = _most_used(sorted(spelt), lambda word: min(map(frequency, spelt[word]), default=0))
    return [bigram for word in used for bigram in spelt[word]]


def _most_used(words: Sequence[str], frequency: Frequency) -> list[str]:
    counted = [(frequency(word), word) for word in words]
    return [word for count, word in sorted(counted, reverse=True)[:_TRANSLATIONS_KEPT] if count]
