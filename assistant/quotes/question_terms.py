"""The words of a question that carry its meaning, each with the terms that would stand for it in a text.

An English word stands for itself (stemmed). A Chinese word stands for its character bigrams in a Chinese
text and, through the dictionary, for its English names in an English one.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from assistant.quotes.synonyms import with_synonyms
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
        """Whether a text with these terms speaks of the word."""
        return not self.terms.isdisjoint(text_terms)


def respelt(
    wanted: Sequence[QuestionTerm], vocabulary: AbstractSet[str], dictionary: ChineseDictionary
) -> list[QuestionTerm]:
    """The terms, slips of the pen forgiven: "servces" stands for "services" where only that is known.

    A word is taken for a slip when neither the texts' vocabulary nor the dictionary knows it.
    """
    return [
        term
        if term.stands_in(vocabulary) or dictionary.chinese_for(term.word)
        else QuestionTerm(
            term.word, term.terms | {known for known in vocabulary if _nearly(term.word, known)}
        )
        for term in wanted
    ]


def _nearly(word: str, known: str) -> bool:
    if min(len(word), len(known)) < _SHORTEST_FORGIVEN or word[0] != known[0] or not word.isascii():
        return False
    return OSA.normalized_similarity(word, known) >= _SPELT_ALIKE


def question_terms(
    question: str, text_language: Language, dictionary: ChineseDictionary
) -> list[QuestionTerm]:
    """The question's meaningful words as they would appear in a text of that language, without repeats."""
    english = content_terms(HAN_RUN.sub(" ", question))
    if text_language == "zh":
        found = [QuestionTerm(word, frozenset([word, *_chinese_terms(word, dictionary)])) for word in english]
        meaningful = _without_function_words(question, dictionary)
        found += [QuestionTerm(bigram, frozenset([bigram])) for bigram in han_bigrams(meaningful)]
    else:
        found = [QuestionTerm(word, frozenset([word])) for word in english]
        found += [
            QuestionTerm(word.text, word.glosses)
            for word in dictionary.words(question)
            if len(word.text) > 1 and word.text not in CHINESE_FUNCTION_WORDS
        ]
    return list(dict.fromkeys(QuestionTerm(one.word, with_synonyms(one.terms)) for one in found))


def _chinese_terms(word: str, dictionary: ChineseDictionary) -> list[str]:
    # Of a longer word its first two characters stand for it: they are rarely shared by another one.
    return [chinese[:2] for chinese in dictionary.chinese_for(word) if len(chinese) > 1]


def _without_function_words(question: str, dictionary: ChineseDictionary) -> str:
    words = (word.text for word in dictionary.words(question))
    return "".join(" " if word in CHINESE_FUNCTION_WORDS else word for word in words)
