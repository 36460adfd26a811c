"""The names in a claim: people, places, organisations and acronyms, which its evidence must hold."""

import re

from knowledge.dictionary import ChineseDictionary
from knowledge.terms import content_terms, terms

_NAME = re.compile(r"\b[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)*")


def names_of(claim: str, dictionary: ChineseDictionary) -> list[frozenset[str]]:
    """The names in a claim, each as its terms: capitalised words but for a single first one; known names."""
    found = []
    for match in _NAME.finditer(claim):
        if match.start() == 0 and " " not in match.group() and not match.group()[1:2].isupper():
            continue
        found += [frozenset(content_terms(word)) for word in match.group().split()]
    found += [
        frozenset(terms(word.text)) for word in dictionary.words(claim) if word.is_name and len(word.text) > 1
    ]
    return [name for name in dict.fromkeys(found) if name]
