"""Rule 1: what stands in quotation marks stands in what is cited, word for word."""

import re

from assistant.rules.statement import Statement, plainly
from knowledge.dictionary import ChineseDictionary

FORGED = "words in quotation marks do not stand in what is cited"
# Single straight quotes are left alone: they are apostrophes. 《》 name a document.
_QUOTED = re.compile(
    r"\"([^\"]{1,600})\"|“([^“”]{1,600})”|‘([^‘’]{1,600}?)’(?!\w)|「([^「」]{1,600})」|『([^『』]{1,600})』|《([^《》]{1,200})》"
)
_ORIGINAL = re.compile(r"\s?[（(]\s?([^（）()]{1,300}?)\s?[）)]")
_EDGES = " .,;:!?。，；：！？、…\"'"


def quoted_words(text: str) -> list[str]:
    """What the text gives as quotations, outermost first, without the marks."""
    return [words for words, _end in _quotations(text)]


def forged_quotation(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a quotation that is nowhere in what is cited, nor in the facts shown beside it.

    A translated term may stand in quotation marks when its original follows in brackets and stands there.
    """
    held = f"{plainly(statement.cited)}\n{plainly(statement.facts)}"
    unbroken = held.replace(" ", "")
    for words, end in _quotations(statement.text):
        original = _ORIGINAL.match(statement.text, end) if statement.across else None
        for said in (words, original[1] if original else ""):
            wanted = plainly(said).strip(_EDGES)
            if wanted and (wanted in held or (not wanted.isascii() and wanted.replace(" ", "") in unbroken)):
                break
        else:
            return FORGED
    return None


def _quotations(text: str) -> list[tuple[str, int]]:
    return [
        (next(words for words in match.groups() if words), match.end()) for match in _QUOTED.finditer(text)
    ]
