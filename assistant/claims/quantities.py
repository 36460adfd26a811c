"""Numbers, dates, shares and amounts of a text in one form, English or Chinese, digits or words.

So "five per cent", "5%" and "百分之五" are one quantity, "260,000" and "26万" another, "August 26" and
"8月26日" a third, and "30 days" is not "30 months".
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims.number_words import MONTHS, SCALES, chinese_number, english_number
from assistant.claims.quantity_patterns import (
    AMOUNT,
    COUNTED,
    DATES,
    DIGITS,
    FRACTION,
    NAMED_PARTS,
    ONE_COUNTED,
    PRONOUN_ONE,
    SHARE,
    SIGNS,
    UNITS,
    VERY,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: a known unit, "share", "fraction", "year", "date", or "" for anything.

    A date's value is "MM-DD" or "MM".
    """

    value: str
    unit: str = ""

    def stands_in(self, others: Iterable["Quantity"]) -> bool:
        """Whether one of the others says the same, or more exactly; no unit agrees with any unit."""
        return any(self._is_said_by(other) for other in others)

    def _is_said_by(self, other: "Quantity") -> bool:
        if self.unit == other.unit == "date":
            return other.value.startswith(self.value)  # "August" where "August 26" stands
        return self.value == other.value and (self.unit == other.unit or not self.unit or not other.unit)


def quantities(text: str) -> list[Quantity]:
    """Every quantity of the text once, dates first, in no other promised order."""
    found: list[Quantity] = []
    rest = unicodedata.normalize("NFKC", text)
    for pattern in DATES:
        rest = _taken(pattern, rest, _of_date, found)
    rest = _taken(FRACTION, rest, _of_fraction, found)
    rest = _taken(SHARE, rest, _of_share, found)
    _taken(AMOUNT, rest, _of_amount, found)
    return list(dict.fromkeys(found))


def _taken(
    pattern: re.Pattern[str],
    text: str,
    read: Callable[[re.Match[str]], Iterator[Quantity]],
    found: list[Quantity],
) -> str:
    """The text with what the pattern found blanked out, so that nothing is counted twice."""

    def blank(match: re.Match[str]) -> str:
        read_here = list(read(match))
        found.extend(read_here)
        return " " * len(match.group()) if read_here else match.group()

    return pattern.sub(blank, text)


def _of_date(match: re.Match[str]) -> Iterator[Quantity]:
    named = match.groupdict()
    month, day, year = (named.get(part) for part in ("month", "day", "year"))
    if month is not None:
        number = MONTHS.get(month[:3].lower()) or _small(month)
        if month in ("may", "march") or not 1 <= number <= 12:  # words, when they are not capitalised
            return
        yield Quantity(f"{number:02}-{_small(day):02}" if day else f"{number:02}", "date")
    if year is not None:
        yield Quantity(str(_small(year)), "year")


def _small(written: str) -> int:
    if written.isascii():
        return int(written)
    return int(chinese_number(written) or 0)


def _of_fraction(match: re.Match[str]) -> Iterator[Quantity]:
    if match["whole_zh"]:
        parts, whole = chinese_number(match["parts_zh"]), chinese_number(match["whole_zh"])
    else:
        parts, whole = english_number(match["parts"].lower()), Decimal(NAMED_PARTS[match["whole"].lower()])
    if parts is not None and whole is not None:
        yield Quantity(f"{_plain(parts)}/{_plain(whole)}", "fraction")


def _of_share(match: re.Match[str]) -> Iterator[Quantity]:
    if match["tenths"]:
        value = chinese_number(match["tenths"])
        value = None if value is None else value * 10
    else:
        value = _value((match["value"] or match["hundredths"]).lower())
    if value is not None:
        yield Quantity(_plain(value), "share")


def _of_amount(match: re.Match[str]) -> Iterator[Quantity]:
    written = match["value"].strip().lower()
    before = match.string[: match.start()]
    after = match.string[match.end("value") :]
    if not _counts(written, before, after):
        return
    value = _value(written)
    if value is None:
        return
    if match["scale"]:
        value *= SCALES[match["scale"].lower()]
    unit = next((name for name in UNITS if match[name.replace(" ", "_")]), "")
    unit = unit or SIGNS.get(match["sign"] or "", "")
    if not unit and not match["scale"] and re.fullmatch(r"1[0-9]\d\d|20\d\d", written):
        unit = "year" if not match["sign"] else unit
    yield Quantity(_plain(value), unit)


def _counts(written: str, before: str, after: str) -> bool:
    if written[0].isascii() and written[0].isalpha():
        if before[-1:].isalnum():
            return False
        return not PRONOUN_ONE.match(written + after.lower()) and not after[:1].isalpha()
    if written[0].isdigit() and written[0].isascii():
        return not (before[-1:].isascii() and before[-1:].isalpha())  # not the 5 of "H5"
    if before.endswith("第"):
        return True
    if written.endswith("十") and len(written) < 3 and VERY.match(after):
        return False
    if written in ("一", "两", "千", "万", "百", "亿", "十"):
        if written == "十" and COUNTED.match(after):
            return True
        return written in ("一", "两", "十") and bool(ONE_COUNTED.match(after))
    return bool(COUNTED.match(after)) or len(written) > 2


def _value(written: str) -> Decimal | None:
    digits = re.match(DIGITS, written)
    if digits is None:
        return english_number(written) if written[:1].isascii() else chinese_number(written)
    value = Decimal(digits.group().replace(",", ""))
    for sign in written[digits.end() :].strip():
        value *= SCALES[sign]
    return value


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
