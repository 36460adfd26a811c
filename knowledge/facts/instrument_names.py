"""When two titles name one instrument, and which document a name in a text means."""

import re
import unicodedata
from functools import lru_cache

_STATE = re.compile("中华人民共和国|^the\\s+|\\bof the people['’]s republic of china\\b", re.I)
# What says which version it is and not which instrument: （2021年修订）, (2019-04-23), [2018 Revision].
_VERSION = re.compile(
    r"\s*[（(\[【〔][^（）()\[\]【】〔〕]*(?:(?:19|20)\d\d|修订版?|修正版?|as amended|revis|consolidated)"
    r"[^（）()\[\]【】〔〕]*[）)\]】〕]\s*$",
    re.I,
)
_DRAFT = re.compile("草案|征求意见|送审|draft|bill", re.I)
_NUMBER = re.compile(r"[（(]([^（）()]*[\u4e00-\u9fff〔\[（(\d〕\])）]+号)[）)]$")
_MARKS = re.compile(r"[\s\u3000《》〈〉<>“”\"'’‘「」·,，、]")


@lru_cache(maxsize=65_536)
def plain_title(title: str) -> str:
    """What two versions of one instrument have in common: without state, year, revision, blanks and quotes.

    A draft's title keeps that it is one: a draft is no version of what is in force.
    """
    plain = unicodedata.normalize("NFKC", title).strip()
    while (
        (shorter := _VERSION.sub("", plain)) != plain and shorter and not _DRAFT.search(plain[len(shorter) :])
    ):
        plain = shorter
    return _MARKS.sub("", _STATE.sub("", plain)).casefold()


def plain_number(number: str) -> str:
    """A document number as it is compared: "国发 [2021] 5 号" is 国发(2021)5号."""
    plain = unicodedata.normalize("NFKC", number).replace("中华人民共和国", "")
    return re.sub(
        r"第(?=\d+号$)", "", re.sub(r"\s", "", re.sub(r"[〔\[【]", "(", re.sub(r"[〕\]】]", ")", plain)))
    )


def number_in(name: str) -> str | None:
    """The number in brackets at a name's end: "…的通知（国发〔2021〕5号）" has 国发〔2021〕5号."""
    found = _NUMBER.search(name)
    return found[1] if found else None


def without_number(name: str) -> str:
    """The name without the number in brackets at its end."""
    return _NUMBER.sub("", name)


def means(name: str, title: str, number: str | None) -> bool:
    """Whether a name that a text or a catalogue gives means the document of this title and number.

    Where both give a number it alone decides, because notices share titles.
    """
    if number is not None and plain_number(name) == plain_number(number):
        return True
    numbered = number_in(name)
    if numbered is not None and number is not None:
        return plain_number(numbered) == plain_number(number)
    return plain_title(without_number(name)) == plain_title(title)
