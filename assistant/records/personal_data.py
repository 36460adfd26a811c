"""Personal data in a question, found by form and check digits, and masked before anything is kept.

An alarm that is false annoys and is soon not read any more, so a number counts only when its form is that of
such a number, its check digit agrees, and nothing beside it says that it is an amount or a document's number.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MASK = "•••"


class PersonalKind(StrEnum):
    """What kind of personal data it seems to be; texts.toml has its name."""

    ID_NUMBER = "id_number"
    PASSPORT = "passport"
    PHONE = "phone"
    EMAIL = "email"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class PersonalPart:
    """A stretch of a text that seems to be personal data: `text[start:end]`."""

    kind: PersonalKind
    start: int
    end: int


# Full-width digits, letters and signs, one character for one, so that offsets stay.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_ALONE = r"(?<![0-9A-Za-z.,+])(?<![0-9A-Za-z]-)"  # not the rest of a longer number or name
_ENDS = r"(?![0-9A-Za-z]|[.,][0-9]|-[0-9A-Za-z])"

_ID = re.compile(rf"{_ALONE}[1-8]\d{{5}}[ -]?(?:19|20)\d{{6}}[ -]?\d{{3}}[0-9Xx]{_ENDS}", re.ASCII)
_CARD = re.compile(
    rf"{_ALONE}(?:[3-6]\d{{3}}(?:[ -]?\d{{4}}){{3}}(?:[ -]?\d{{3}})?"
    rf"|3[47]\d{{2}}[ -]?\d{{6}}[ -]?\d{{5}}){_ENDS}",
    re.ASCII,
)
_MOBILE = re.compile(
    rf"(?:{_ALONE}|(?<![0-9A-Za-z])\+)(?:(?:00)?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_ENDS}", re.ASCII
)
_LANDLINE = re.compile(
    rf"{_ALONE}(?:0(?:10|2\d|[3-9]\d\d)[ -]|\(0(?:10|2\d|[3-9]\d\d)\) ?)[2-9]\d{{6,7}}{_ENDS}",
    re.ASCII,
)
_ABROAD = re.compile(
    rf"(?<![0-9A-Za-z])\+(?!86)[1-9]\d{{0,2}}(?:[ .-]?\(?\d{{1,4}}\)?){{2,5}}{_ENDS}", re.ASCII
)
_EMAIL = re.compile(r"[0-9A-Za-z](?:[\w.+-]*\w)?@(?:[0-9A-Za-z-]+\.)+[A-Za-z]{2,}", re.ASCII)
_PASSPORT = re.compile(rf"{_ALONE}[A-Z]{{1,2}}\d{{7,8}}{_ENDS}", re.ASCII)
_PASSPORT_NAMED = re.compile(r"passports?\b|travel document|护照|通行证|旅行证件", re.IGNORECASE)
_BESIDE = 30  # characters between a passport's number and the word that says what it is

# A number beside one of these is an amount or names a document or a firm.
_UNIT = re.compile(
    r"\s*(?:多|余)?(?:元|万|亿|美元|欧元|英镑|日元|港元|人民币|吨|公斤|件|股|%|％|yuan|rmb|usd|cny|eur|hkd|dollars?|euros?"
    r"|tons?|tonnes?|kg|shares|million|billion)",
    re.IGNORECASE,
)
_NOT_PERSONAL_BEFORE = re.compile(
    r"(?:第|[¥￥$€£]|rmb|usd|cny|eur|信用代码|税号|报关单号?|备案号|许可证号?|批准文号|hs|编码|税则号列?"
    r"|credit code|(?:declaration|licen[cs]e|document) (?:no\.?|number))\s*[:：为是]?\s*$",
    re.IGNORECASE,
)

# GB/T 2260: the first and last code of each region's provinces.
_PROVINCES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_ID_CHECKS = "10X98765432"


def personal_parts(text: str) -> tuple[PersonalPart, ...]:
    """What seems to be personal data, in the order of the text; parts do not overlap."""
    plain = text.translate(_NARROW)
    found: list[PersonalPart] = []
    for kind, pattern, valid in _FORMS:
        for match in pattern.finditer(plain):
            overlaps = any(match.start() < one.end and one.start < match.end() for one in found)
            if not overlaps and valid(match):
                found.append(PersonalPart(kind, match.start(), match.end()))
    return tuple(sorted(found, key=lambda part: part.start))


def masked(text: str) -> str:
    """The text with every part that seems to be personal data replaced by MASK."""
    return _replaced(text, personal_parts(text))


def mask_as_in(question: str) -> Callable[[str], str]:
    """Masks in other texts what seems to be personal data in a question, and nothing else."""
    secrets = sorted({question[part.start : part.end] for part in personal_parts(question)}, key=len)

    def mask(text: str) -> str:
        for secret in reversed(secrets):
            text = text.replace(secret, MASK)
        return text

    return mask


def _replaced(text: str, parts: tuple[PersonalPart, ...]) -> str:
    for part in reversed(parts):
        text = text[: part.start] + MASK + text[part.end :]
    return text


def _is_id_number(match: re.Match[str]) -> bool:
    number = _without_gaps(match.group()).upper()
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number[:17], strict=True))
    province = any(first <= int(number[:2]) <= last for first, last in _PROVINCES)
    return province and born <= date.today() and number[17] == _ID_CHECKS[total % 11]


def _is_card(match: re.Match[str]) -> bool:
    number = _without_gaps(match.group())
    # UnionPay has 16 or 19 digits and begins with 62, American Express 15 with 34 or 37, all others 16.
    issued = (len(number) == 16 or (len(number) == 19 and number.startswith("62"))) or (
        len(number) == 15 and number.startswith(("34", "37"))
    )
    return issued and _is_bare(match) and _luhn(number)


def _luhn(number: str) -> bool:
    """Whether the check digit of ISO/IEC 7812 agrees."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0


def _is_bare(match: re.Match[str]) -> bool:
    """Whether nothing beside the number says that it is an amount or a number of something else."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return not _UNIT.match(match.string, match.end()) and not _NOT_PERSONAL_BEFORE.search(before)


def _is_abroad(match: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in match.group())
    return 8 <= digits <= 15 and _is_bare(match)


def _is_passport(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]
    return bool(_PASSPORT_NAMED.search(around))


def _always(_match: re.Match[str]) -> bool:
    return True


def _without_gaps(number: str) -> str:
    return number.replace(" ", "").replace("-", "")


def kinds_in(text: str) -> Iterator[PersonalKind]:
    """Each kind of personal data that a text seems to hold, once, in the order of the text."""
    yield from dict.fromkeys(part.kind for part in personal_parts(text))


# What may be taken for another comes after it.
_FORMS = (
    (PersonalKind.EMAIL, _EMAIL, _always),
    (PersonalKind.ID_NUMBER, _ID, _is_id_number),
    (PersonalKind.CARD, _CARD, _is_card),
    (PersonalKind.PASSPORT, _PASSPORT, _is_passport),
    (PersonalKind.PHONE, _MOBILE, _is_bare),
    (PersonalKind.PHONE, _LANDLINE, _is_bare),
    (PersonalKind.PHONE, _ABROAD, _is_abroad),
)
