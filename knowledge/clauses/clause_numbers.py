"""The number of a clause, from the way a document writes it: 第一百零二条之二, Article XXIV, Annex 2-B."""

import re

Number = tuple[int | str, ...]  # 第十二条之二 (12, 2), Article 5.3 (5, 3), Annex 2-B (2, "B")

_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBER_WORDS = {word: number for number, word in enumerate(_WORDS, start=1)}
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CHINESE_PLACES = {"十": 10, "百": 100, "千": 1000}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3}|C{1,3}(?:XC|XL|L?X{0,3}))(?:IX|IV|V?I{0,3})")
_PART = re.compile(r"\d+|[^\W\d_]+")


def chinese_number(words: str) -> int | None:
    """The value of a Chinese numeral, or of digits of either width; None when it is neither."""
    if words.isdecimal():
        return int(words)
    total, digit, places = 0, 0, False
    for sign in words:
        if sign in _CHINESE_PLACES:
            # 十二 is twelve, and 一百十二 is written too.
            total, digit, places = total + (digit or 1) * _CHINESE_PLACES[sign], 0, True
        elif sign in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[sign] if places else digit * 10 + _CHINESE_DIGITS[sign]
        else:
            return None
    return total + digit if words else None


def chinese_numeral(number: int) -> str:
    """A number from 1 to 9999 in Chinese: 12 is 十二, 102 is 一百零二."""
    written, zero = "", False
    for sign, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            one_ten = sign == "十" and digit == 1 and not written
            written += "零" if zero and written else ""
            written += ("" if one_ten else "零一二三四五六七八九"[digit]) + sign
        zero = not digit
    return written


def roman_number(letters: str) -> int | None:
    """The value of a Roman numeral up to 399 in one case; None when it is none."""
    if (
        not letters
        or not _ROMAN.fullmatch(letters.upper())
        or letters not in (letters.upper(), letters.lower())
    ):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters.upper()]
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def letter_number(letters: str) -> int | None:
    """The place of an item's letter: a is 1, z is 26, aa is 27, bb is 28."""
    letter = letters[:1].lower()
    if not "a" <= letter <= "z" or letters.lower() != letter * len(letters):
        return None
    return 26 * (len(letters) - 1) + ord(letter) - ord("a") + 1


def english_number(written: str) -> Number:
    """The parts of a number such as "5.3", "XXIV", "Two", "C-00", "2-B", "5bis"; a lone C is a letter.

    What follows digits directly is a part of its own: "5A" is (5, "A").
    """
    return tuple(_english_part(part) for part in _PART.findall(written))


def _english_part(part: str) -> int | str:
    if part.isdecimal():
        return int(part)
    if part.lower() in NUMBER_WORDS:
        return NUMBER_WORDS[part.lower()]
    roman = roman_number(part) if part.isupper() and part not in ("L", "C") else None
    return roman or part.upper()
