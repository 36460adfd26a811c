"""Whether a stretch of a document is about a facet: about its matter, or about the words that are its own."""

from collections.abc import Iterator

from assistant.guidance.guidance import Facet
from assistant.guidance.matters import matters
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.policy import Language
from knowledge.terms import content_terms, terms


def is_about(facet: Facet, text: str, language: Language, dictionary: ChineseDictionary) -> bool:
    """Whether `text`, words of a document in `language`, speaks of the facet.

    A facet without a known matter is spoken of where every word of it stands, itself or its translation.
    """
    if facet.matter:
        return matters()[facet.matter].is_subject_of(text, language)
    if language_of(facet.words) == language == "zh":
        return facet.words in text
    held = frozenset(terms(text))
    return all(
        any(name in text or name in held for name in names) for names in _names(facet, language, dictionary)
    )


def _names(facet: Facet, language: Language, dictionary: ChineseDictionary) -> Iterator[list[str]]:
    """For each word of a facet's own what it may be called in a text of that language."""
    if language_of(facet.words) == "zh":
        for word in dictionary.words(facet.words):
            yield sorted(word.glosses) or [word.text]
        return
    for term in content_terms(facet.words):
        if language == "en":
            yield [term]
        else:
            yield [term, *(name for name in dictionary.chinese_for(term) if len(name) > 1)]
