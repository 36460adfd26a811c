import pytest

from knowledge.clauses.clause_numbers import (
    Number,
    chinese_number,
    chinese_numeral,
    english_number,
    letter_number,
    roman_number,
)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零二", 102),
        ("一百一十", 110), ("一百十二", 112), ("二百三十四", 234), ("一千零一", 1001), ("一千二百六十", 1260),
        ("12", 12), ("１０２", 102), ("二〇二一", 2021), ("十甲", None), ("", None),
    ],
)  # fmt: skip
def test_chinese_numbers(words: str, number: int | None) -> None:
    assert chinese_number(words) == number


def test_every_number_is_read_as_it_is_written() -> None:
    assert [chinese_numeral(number) for number in (7, 10, 12, 20, 102, 110, 1001, 1010)] == [
        "七", "十", "十二", "二十", "一百零二", "一百一十", "一千零一", "一千零一十",
    ]  # fmt: skip
    assert all(chinese_number(chinese_numeral(number)) == number for number in range(1, 10_000))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5", (5,)), ("5.3", (5, 3)), ("2.7.1", (2, 7, 1)), ("XXIV", (24,)), ("IV.1", (4, 1)), ("Two", (2,)),
        ("NINETEEN", (19,)), ("A", ("A",)), ("C", ("C",)), ("C-00", ("C", 0)), ("2-B", (2, "B")),
        ("5A", (5, "A")), ("5bis", (5, "BIS")), ("5 bis", (5, "BIS")),
    ],
)  # fmt: skip
def test_english_numbers(written: str, number: Number) -> None:
    assert english_number(written) == number


def test_roman_numbers_and_letters() -> None:
    read = [roman_number(letters) for letters in ("i", "iv", "XIX", "xl", "cxx", "iiii", "Iv", "a", "")]
    assert read == [1, 4, 19, 40, 120, None, None, None, None]
    assert [letter_number(letters) for letters in ("a", "C", "z", "aa", "bb", "ab", "1", "")] == [
        1, 3, 26, 27, 28, None, None, None,
    ]  # fmt: skip
