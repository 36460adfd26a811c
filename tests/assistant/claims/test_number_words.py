from decimal import Decimal

import pytest

from assistant.claims.number_words import chinese_number, english_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zero", 0),
        ("twenty-one", 21),
        ("two hundred and five", 205),
        ("three million", 3_000_000),
        ("third", 3),
    ],
)
def test_english(words: str, value: int) -> None:
    assert english_number(words) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10), ("二十五", 25), ("一百零三", 103), ("三千万", 30_000_000),
        ("二〇二四", 2024), ("一亿二千万", 120_000_000),
        ("一万亿", 10**12), ("三千五百万", 35_000_000),        ("三点五", Decimal("3.5")),
    ],
)  # fmt: skip
def test_chinese(written: str, value: Decimal) -> None:
    assert chinese_number(written) == value


def test_what_is_no_number_has_no_value() -> None:
    assert english_number("many") is None
    assert chinese_number("多") is None
    assert chinese_number("") is None
