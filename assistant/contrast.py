"""A follow-up that only names another thing: "And what about exports?", "那出口呢？".

It asks the question before it again with one word exchanged: the word that looks most like the new one, as
contrasted things often do (imports and exports, inbound and outbound, 进口 and 出口), or the year.
"""

import re

from rapidfuzz.distance import OSA

from knowledge.terms import ENGLISH_FUNCTION_WORDS

_OPENED = r"(?:(?:and|but|so)\s+)?(?:(?:what|how)\s+about|about|for|of|on|in|to)\s+|(?:and|but|so)\s+"
_NAMES_ANOTHER = re.compile(
    rf"(?:{_OPENED})(?:the\s+)?(?P<new>[\w-]+(?:\s[\w-]+){{0,2}})\s*\?*", re.IGNORECASE
)
_NAMES_ANOTHER_ZH = re.compile(
    r"(?:那么?|那|还有)?(?:关于|对于?)?(?P<new>\d{4}年?|[\u4e00-\u9fff]{2,8}?)(?:方面)?呢[？?]*"
)
_WORD = re.compile(r"[A-Za-z][\w-]{3,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOOKS_LIKE = 0.6  # imports and exports: 0.71
_LOOKS_LIKE_ZH = 0.5  # 进口 and 出口: one character of two
_LOOKS_THE_SAME = 0.9


def with_word_exchanged(before: str, question: str) -> str | None:
    """The question before, asked of the thing that the follow-up names; None when it names none."""
    plain = question.strip()
    english = _NAMES_ANOTHER.fullmatch(plain)
    chinese = _NAMES_ANOTHER_ZH.fullmatch(plain)
    named = english or chinese
    year = _YEAR.search(named["new"]) if named else None
    if year:
        return _with_year(before, year.group())
    if english:
        *others, head = english["new"].split()
        words = [match.span() for match in _WORD.finditer(before)]
        return None if head.lower() in ENGLISH_FUNCTION_WORDS else _exchanged(before, head, others, words)
    if chinese:
        new = chinese["new"]
        runs = re.finditer(rf"(?=([\u4e00-\u9fff]{{{len(new)}}}))", before)
        return _exchanged(before, new, [], [match.span(1) for match in runs])
    return None


def _with_year(before: str, year: str) -> str | None:
    """The question asked of another year, if it was asked of one."""
    known = _YEAR.findall(before)
    return _YEAR.sub(year, before) if len(known) == 1 and known != [year] else None


def _exchanged(before: str, new: str, others: list[str], places: list[tuple[int, int]]) -> str | None:
    least = _LOOKS_LIKE if new.isascii() else _LOOKS_LIKE_ZH
    alike = [(OSA.normalized_similarity(before[a:b].lower(), new.lower()), -a, b) for a, b in places]
    if not alike:
        return None
    likeness, start, end = max(alike)
    if not least <= likeness < _LOOKS_THE_SAME:
        return None
    # "And service exports?" after "… of service imports": the word that stands there already is not repeated.
    missing = [word for word in others if word.lower() not in before.lower()]
    return before[:-start] + " ".join((*missing, new)) + before[end:]
