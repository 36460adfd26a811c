"""Numbers written in words, English ("two hundred and five") and Chinese ("二百零五")."""

import re
from decimal import Decimal

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
_BIG = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALES = {
    **{name: Decimal(value) for name, value in _BIG.items()},
    "bn": Decimal(10**9), "m": Decimal(10**6), "k": Decimal(1000),
    "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "萬": Decimal(10**4),
    "亿": Decimal(10**8), "億": Decimal(10**8),
}  # fmt: skip

_WORD = "|".join(sorted((*_SMALL, *_BIG), key=len, reverse=True))
ENGLISH_NUMBER = (
    rf"\b(?:(?:{_WORD})(?:[\s-]{{1,3}}(?:and\s{{1,3}})?(?:{_WORD})){{0,11}}|{'|'.join(_ORDINALS)})\b"
)
CHINESE_NUMBER = "[〇零○一二三四五六七八九十百千万亿两兩俩萬億]{1,24}(?:点[〇零一二三四五六七八九]{1,12})?"

MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
# "may" and "march" are words too: a month only where a day or a year stands beside it, as the patterns ask.
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_DIGIT = {character: number for number, character in enumerate("零一二三四五六七八九")}
_DIGIT |= {"〇": 0, "○": 0, "两": 2, "兩": 2, "俩": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}


def english_number(words: str) -> Decimal | None:
    """The value of an English number in words or of an ordinal up to tenth; None when it is neither."""
    if words in _ORDINALS:
        return Decimal(_ORDINALS.index(words) + 1)
    total, group = 0, 0
    for word in re.split(r"[\s-]+", words.strip()):
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _BIG:
            total, group = total + max(group, 1) * _BIG[word], 0
        elif word != "and":
            return None
    return Decimal(total + group)


def chinese_number(written: str) -> Decimal | None:
    """The value of Chinese numerals, "二〇二四" digit by digit too; None when they are none."""
    whole, _point, fraction = written.partition("点")
    if not whole or any(c not in _DIGIT and c not in _PLACE and c not in _MYRIAD for c in whole):
        return None
    if all(c in _DIGIT for c in whole):
        value = Decimal(int("".join(str(_DIGIT[c]) for c in whole)))
    else:
        value = Decimal(_by_place(whole))
    if fraction:
        value += Decimal("0." + "".join(str(_DIGIT[c]) for c in fraction))
    return value


def _by_place(written: str) -> int:
    for sign, value in _MYRIAD.items():  # the greatest first: 一万亿 is ten thousand times 亿
        before, found, after = written.rpartition(sign)
        if found:
            return (_by_place(before) or 1) * value + _by_place(after)
    total, digit = 0, 0
    for character in written:
        if character in _DIGIT:
            digit = _DIGIT[character]
        else:
            total, digit = total + (digit or 1) * _PLACE[character], 0
    return total + digit
