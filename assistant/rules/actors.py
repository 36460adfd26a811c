"""Rule 2, for those who act: whoever shall, may or must not do something stands in what is cited."""

import re

from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import CHINESE_FUNCTION_WORDS, content_terms

UNKNOWN_ACTOR = "it speaks of somebody or something else than what is cited"
_MODAL = re.compile(r"\b(?:shall|must|may|should|cannot|can|need not)\b", re.IGNORECASE)
_MODAL_ZH = re.compile(r"应当|必须|可以|不得|应该|无需|无须|不需要|只能")
_STOPS = re.compile(r"[,;:.，；：。、]")
# Whom a sentence may speak of without naming them anew.
_ANYBODY = frozenset(
    content_terms("it they he she this that who which one ones those these also only not there")
)


def unknown_actor(statement: Statement, dictionary: ChineseDictionary) -> str | None:
    """Refuses a sentence in the language of what it cites whose subject is not spoken of there."""
    if statement.across:
        return None
    held = f"{statement.cited}\n{statement.facts}"
    if statement.language == "zh":
        for subject in _subjects(_MODAL_ZH, statement.text):
            words = [
                word.text for word in dictionary.words(subject) if word.text not in CHINESE_FUNCTION_WORDS
            ]
            if words and len(words[-1]) > 1 and words[-1] not in held:
                return UNKNOWN_ACTOR
        return None
    known = set(content_terms(held)) | _ANYBODY
    for subject in _subjects(_MODAL, statement.text):
        terms = content_terms(subject)
        if terms and terms[-1] not in known:
            return UNKNOWN_ACTOR
    return None


def _subjects(modal: re.Pattern[str], text: str) -> list[str]:
    """What stands between the sign before a modal verb and that verb."""
    found = [_STOPS.split(text[: match.start()])[-1] for match in modal.finditer(text)]
    return [subject for subject in found if subject.strip()]
