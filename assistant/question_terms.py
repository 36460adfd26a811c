"""The words of a question that carry its meaning, each with the terms that would stand for it in a text.

An English word stands for itself (stemmed). A Chinese word stands for its character bigrams in a Chinese
text and, through the dictionary, for its English names in an English one.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Language
from knowledge.terms import CHINESE_FUNCTION_WORDS, HAN_RUN, content_terms, han_bigrams

_SHORTEST_FORGIVEN = 5  # letters; shorter words differ by one letter and mean other things
_SPELT_ALIKE = 0.8  # one slip in five letters


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """One meaningful word and the terms any of which shows that a text speaks of it."""

    word: str
    terms: frozenset[str]

    def stands_in(self, text_terms: AbstractSet[str]) -> bool:
        """Whether a text with these terms speaks of the word, a slip of the pen forgiven."""
        return not self.terms.isdisjoint(text_terms) or any(_nearly(self.word, term) for term in text_terms)


@lru_cache(maxsize=100_000)
def _nearly(word: str, term: str) -> bool:
    # "servces", "licence" and "standardised" mean services, license and standardized; "import" is no "export".
    if min(len(word), len(term)) < _SHORTEST_FORGIVEN or word[0] != term[0] or not word.isascii():
        return False
    return OSA.normalized_similarity(word, term) >= _SPELT_ALIKE


def question_terms(question: str, text_language: Language, dictionary: ChineseDictionary) -> list[QuestionTerm]:
    """The question's meaningful words as they would appear in a text of that language, without repeats."""
    found = [QuestionTerm(word, frozenset([word])) for word in content_terms(HAN_RUN.sub(" ", question))]
    if text_language == "zh":
        meaningful = _without_function_words(question, dictionary)
        found += [QuestionTerm(bigram, frozenset([bigram])) for bigram in han_bigrams(meaningful)]
    else:
        found += [
            QuestionTerm(word.text, word.glosses)
            for word in dictionary.words(question)
            if len(word.text) > 1 and word.text not in CHINESE_FUNCTION_WORDS
        ]
    return list(dict.fromkeys(found))


def _without_function_words(question: str, dictionary: ChineseDictionary) -> str:
    words = (word.text for word in dictionary.words(question))
    return "".join(" " if word in CHINESE_FUNCTION_WORDS else word for word in words)
