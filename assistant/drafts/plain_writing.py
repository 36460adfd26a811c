"""Whether a drafted sentence is fit to be shown: plain text in the asker's language, without links."""

import re
import unicodedata
from collections.abc import Sequence

from knowledge.language import language_of
from knowledge.policy import Language, Passage

LONGEST_SENTENCE = 700  # characters; the longest of laws have some 500

_LINK = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}:/\S*|\b(?:javascript|data|mailto|vbscript|tel):\S+|www\.\S+|//\S+|\S+@\S+\.\w+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|org|net|cn|io|info|biz|gov|edu|int|eu|uk|hk|ru|co|dev|app|xyz|top|site|online"
    r"|test|example|invalid|local)\b\S*|\b\d{1,3}(?:\.\d{1,3}){3}\b\S*",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<[a-z/!?]|&(?:#\w+|[a-z]+);|\]\s*\(|!\[|\{\{|\$\{|```|<\||^\s*[|{]|\[/?[a-z]+\b", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[（(《“\"][^（）()《》“”\"]*[）)》”\"]")
_WORD = re.compile(r"[^\W\d_]+")
# Words that English prose cannot do without and that few other languages have.
_ENGLISH = re.compile(
    r"\b(?:the|of|to|and|for|is|are|be|by|with|that|it|or|not|must|shall|may|should|from|at|any|which|this|has|have)\b"
)
_WORDS_TO_TELL = 8  # shorter sentences may do without any of them
_WORDS_A_FUNCTION_WORD = 12  # English prose has one in four words; other languages few by chance
_OTHER_SCRIPTS = (
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "CYRILLIC",
    "ARABIC",
    "HEBREW",
    "THAI",
    "DEVANAGARI",
    "GREEK",
)


def why_not_shown(text: str, language: Language, cited: Sequence[Passage]) -> str:
    """The reason, as a clause, why a sentence may not be shown whatever the passages say; "" for none."""
    if len(text) > LONGEST_SENTENCE:
        return f"it is longer than {LONGEST_SENTENCE} characters"
    if any(unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs") for character in text):
        return "it holds signs that cannot be seen"
    folded = unicodedata.normalize("NFKC", text)
    if _MARKUP.search(folded):
        return "it holds markup and not only plain text"
    held = unicodedata.normalize("NFKC", " ".join(passage.text for passage in cited))
    if any(link.rstrip('.,;:!?)]。，；”"') not in held for link in _LINK.findall(folded)):
        return "it holds a link or an address that the passages do not hold"
    return "" if _is_in(folded, language) else "it is not in the language of the question"


def _is_in(text: str, language: Language) -> bool:
    own = _IN_BRACKETS.sub(" ", text)
    letters = [character for character in own if character.isalpha()]
    foreign = sum(unicodedata.name(one, "").startswith(_OTHER_SCRIPTS) for one in letters)
    if not letters or foreign * 10 > len(letters) or language_of(own) != language:
        return False
    words = _WORD.findall(own.lower())
    if language == "zh" or len(words) < _WORDS_TO_TELL:
        return True
    return len(_ENGLISH.findall(own.lower())) * _WORDS_A_FUNCTION_WORD >= len(words)
