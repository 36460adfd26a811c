"""The same quantity however it is written, and different ones apart."""

import time

import pytest

from assistant.claims.quantities import Quantity, quantities


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("five per cent", "5%"),
        ("5 percent", "百分之五"),
        ("30 per cent of it", "三成"),
        ("260,000 people", "26万人"),
        ("August 26", "8月26日"),
        ("on the 26th of August 2024", "2024年8月26日"),
        ("2024-08-26", "二〇二四年八月二十六日"),
        ("within five working days", "五个工作日内"),
        ("30 days", "三十日内"),
        ("$1.5 million", "150万美元"),
        ("one-third", "三分之一"),
        ("twelve months", "十二个月"),
        ("two hundred and five firms", "205家企业"),
    ],
)
def test_english_and_chinese_words_and_digits_agree(one: str, other: str) -> None:
    assert quantities(one)
    assert quantities(one) == quantities(other)


@pytest.mark.parametrize(
    ("claim", "said", "stands"),
    [
        ("30 days", "30 months", False),
        ("5 days", "5 working days", False),
        ("5", "5 days", True),  # nothing says that it counts anything else
        ("August 2024", "August 26, 2024", True),
        ("August 26", "August", False),
        ("26 August", "28 August", False),
        ("5%", "5", True),
        ("5%", "6%", False),
        ("100 yuan", "100 dollars", False),
    ],
)
def test_a_quantity_stands_where_the_same_or_more_is_said(claim: str, said: str, stands: bool) -> None:
    known = quantities(said)

    assert all(quantity.stands_in(known) for quantity in quantities(claim)) is stands


@pytest.mark.parametrize(
    "text",
    [
        "One of them left, and no one knows.",
        "统一管理十分重要，一些企业",
        "万一下雨，千方百计",
        "May it rain?",
        "",
    ],
)
def test_words_that_only_look_like_numbers_count_nothing(text: str) -> None:
    assert quantities(text) == []


def test_a_number_is_counted_once_and_dates_come_first() -> None:
    assert quantities("5 firms paid 5 yuan, 5 firms none, on May 5, 2020") == [
        Quantity("05-05", "date"),
        Quantity("2020", "year"),
        Quantity("5"),
        Quantity("5", "yuan"),
    ]


@pytest.mark.parametrize("piece", ["1", "1,", "twenty ", "一二三", "2024年", "May 5 "])
def test_long_odd_texts_take_no_long_time(piece: str) -> None:
    start = time.perf_counter()
    quantities(piece * 20_000)

    assert time.perf_counter() - start < 5
