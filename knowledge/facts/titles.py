"""When two ways to write a document's title mean one document: 《中华人民共和国海关法》 and 海关法."""

import re

_MARKS = re.compile(r"[\s《》〈〉<>“”\"'’.,·]+")
_STATE = "中华人民共和国"
# A year or what was done in it: （2017年修正）, (2021-04-29), ", 1974", （试行） stays.
_YEAR = re.compile(
    r"[（(]?\s*(?:\d{4}(?:[-年.]\d{0,2}){0,2}[月日]?\s*)(?:年?(?:修正|修订|修改)(?:本|版)?)?\s*[）)]?\s*\Z"
)


def normal_title(title: str) -> str:
    """A title without the state's name before it, the year behind it, marks and capitals.

    >>> normal_title("《中华人民共和国海关法》（2021年修正）") == normal_title("海关法")
    True
    """
    words = _MARKS.sub(" ", title).strip()
    words = _YEAR.sub("", words).strip() or words
    plain = words.replace(" ", "") if not words.isascii() else " ".join(words.lower().split())
    return plain.removeprefix(_STATE).removeprefix("the ") or plain
