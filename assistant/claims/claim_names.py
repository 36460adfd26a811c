"""The names in a claim: people, places, organisations and acronyms, which its evidence must hold."""

import re
from itertools import pairwise

from knowledge.dictionary import ChineseDictionary, ChineseWord
from knowledge.terms import content_terms, terms

# What an organisation, a place, a level of the state or an instrument is called by; such a word is a name.
_ENDS_NAME = re.compile(
    r"^(?:法院|海关|银行|公安|税务|检察院)$|..(?:部|委|委员会|总局|总署|局|厅|署|院|法院|银行|省|市|县|自治区|大学|公司|协会|组织|联盟|海关)$"
)
_LEVEL = re.compile("[国省市县乡区镇村]级")
_LONGEST_NAME = 4  # characters of a name that a word before it has taken the first sign of
_NAME = re.compile(r"\b[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)*")


def names_of(claim: str, dictionary: ChineseDictionary) -> list[frozenset[str]]:
    """The names in a claim, each as its terms: capitalised words but for a single first one; known names."""
    found = []
    for match in _NAME.finditer(claim):
        if match.start() == 0 and " " not in match.group() and not match.group()[1:2].isupper():
            continue
        found += [frozenset(content_terms(word)) for word in match.group().split()]
    found += [frozenset(terms(name)) for name in chinese_names(claim, dictionary)]
    return [name for name in dict.fromkeys(found) if name]


def chinese_names(text: str, dictionary: ChineseDictionary) -> list[str]:
    """The Chinese names in a text: words that are names only or end as names do, and levels such as 县级.

    Among them is 日本 of 是日本的, whose first sign the longest match gives to the word before it.
    """
    words = dictionary.words(text)
    found = [word.text for word in words if _is_name(word)] + _LEVEL.findall(text)
    for one, other in pairwise(words):
        together = one.text[1:] + other.text
        if len(one.text) == 2 and one.text + other.text in text and not _is_name(one):
            for length in range(2, min(_LONGEST_NAME, len(together)) + 1):
                inside = dictionary.words(together[:length])
                if len(inside) == 1 and inside[0].is_name and inside[0].text == together[:length]:
                    found.append(together[:length])
    return list(dict.fromkeys(found))


def _is_name(word: ChineseWord) -> bool:
    return len(word.text) > 1 and (word.is_name or _ENDS_NAME.search(word.text) is not None)
