"""Dates as texts write them, in Chinese and in English, made into ISO 8601."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.facts.iso_dates import is_date

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}
_YEAR = r"(?P<year>[12]\d{3}|[〇零○Ｏ一二三四五六七八九]{4})"
_PART = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
CHINESE_DATE = rf"{_YEAR}\s*年(?:\s*(?P<month>{_PART})\s*月(?:\s*(?P<day>{_PART})\s*[日号])?)?"
_CHINESE = re.compile(CHINESE_DATE)

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "(?P<month>" + "|".join(f"{name}" for name in _MONTHS) + ")"
_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINALS = (
    {name: day for day, name in enumerate(_UNITS + _TEENS, start=1)}
    | {"twentieth": 20, "thirtieth": 30, "thirty-first": 31}
    | {f"twenty-{name}": 20 + day for day, name in enumerate(_UNITS, start=1)}
)
_DAY = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_ENGLISH = (
    # 3 April 2007; this 17th day of June in the year 2015
    re.compile(
        rf"\b{_DAY}\s+(?:(?:day\s+)?of\s+)?{_MONTH},?\s+(?:in\s+the\s+year\s+|of\s+)?(?P<year>[12]\d{{3}})\b",
        re.I,
    ),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>[12]\d{{3}})\b", re.I),  # April 3, 2007
    re.compile(rf"\b{_MONTH},?\s+(?P<year>[12]\d{{3}})\b", re.I),  # April 2007
)
_NUMERIC = re.compile(r"(?<![\d.-])(?P<year>[12]\d{3})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d-])")


class FoundDate(NamedTuple):
    """A date and where it stands: character offsets, end exclusive."""

    iso: str
    start: int
    end: int


def dates_in(text: str) -> list[FoundDate]:
    """Every date of the text in order, none inside another; one that is in no calendar is left out.

    Understood are 2021年4月29日, 二〇二一年四月, 2021年, 29 April 2021, April 29, 2021, this 29th day of
    April 2021, April 2021 and 2021-04-29, with "/" or "." too. A bare English year is as often a number.
    """
    found = sorted(_all(text), key=lambda date: (date.start, -date.end))
    kept: list[FoundDate] = []
    for date in found:
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    # Only now: of "31 June 2009" nothing is left, not "June 2009".
    return [date for date in kept if is_date(date.iso)]


def _all(text: str) -> Iterator[FoundDate]:
    for pattern in (_CHINESE, *_ENGLISH, _NUMERIC):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month, day = _number(parts.get("month")), _number(parts.get("day"))
            iso = "-".join(part for part in (_year(match["year"]), month, day) if part)
            yield FoundDate(iso, *match.span())


def _year(text: str) -> str:
    return text if text.isdecimal() else "".join(str(_DIGITS[digit]) for digit in text)


def _number(text: str | None) -> str | None:
    """A month or a day as two digits."""
    if text is None:
        return None
    low = text.lower()
    if low in _MONTHS:
        return f"{_MONTHS.index(low) + 1:02d}"
    if low in _ORDINALS:
        return f"{_ORDINALS[low]:02d}"
    if text[0].isdecimal():
        return f"{int(re.sub('[a-z]+', '', low)):02d}"
    tens, ten, units = text.rpartition("十")
    return f"{(_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(units, 0):02d}"
