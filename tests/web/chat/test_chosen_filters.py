"""Filters as the browser sends them, and as the page tells them."""

import json
from typing import Any

import pytest

from assistant.errors import BadQuestion
from assistant.web.chat.chosen_filters import (
    LEVELS,
    filters_as_sent,
    filters_from,
    filters_in_words,
    level_key,
)
from assistant.web.words import Words
from knowledge.policy import Filters

EN, ZH = Words("en"), Words("zh")


def sent(**chosen: Any) -> Filters:
    return filters_from(json.dumps(chosen))


def test_nothing_chosen_restricts_nothing() -> None:
    assert filters_from("") == sent() == Filters()


def test_every_filter_is_taken_over() -> None:
    chosen: dict[str, Any] = {
        "document_ids": ["ab"],
        "issuers": ["国务院", "商务部"],
        "kinds": ["条例"],
        "levels": ["ministry rule"],
        "languages": ["zh"],
        "date_from": "2020-01-01",
        "date_to": "2021-12-31",
        "as_of": "2021-06-01",
        "include_superseded": True,
    }

    filters = sent(**chosen)

    expected = {name: tuple(one) if isinstance(one, list) else one for name, one in chosen.items()}
    assert {name: getattr(filters, name) for name in chosen} == expected


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "1", '"x"', '{"issuer": ["x"]}', '{"issuers": "x"}', '{"issuers": [1]}',
        '{"levels": ["king"]}', '{"languages": ["fr"]}', '{"as_of": "tomorrow"}', '{"as_of": 20200101}',
        '{"date_from": "2020-02-30"}', json.dumps({"issuers": ["x"] * 201}),
        json.dumps({"issuers": ["x" * 1_001]}), "[" * 100_000,
    ],
)  # fmt: skip
def test_what_the_page_cannot_have_sent_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(BadQuestion, match="filters cannot be understood") as refused:
        filters_from(text)

    assert refused.value.chinese == "无法识别筛选条件，请重新选择。"


def test_they_are_told_in_words() -> None:
    filters = sent(issuers=["国务院", "商务部"], levels=["law"], languages=["zh"], date_from="2020-01-01")

    assert filters_in_words(filters, {}, EN) == [
        "Issuer: 国务院, 商务部",
        "Authority: Law",
        "Language: Chinese",
        "Date: from 1 January 2020",
    ]
    assert filters_in_words(sent(as_of="2021-06-01"), {}, ZH) == ["2021年6月1日有效"]
    assert filters_in_words(sent(include_superseded=True), {}, EN) == ["Also what is not in force"]
    assert filters_in_words(Filters(), {}, EN) == []


def test_documents_are_told_by_their_titles_and_counted_where_they_are_not_known() -> None:
    filters = sent(document_ids=["a", "b", "c"])

    assert filters_in_words(filters, {"a": "Trade Law"}, EN) == ["Document: Trade Law, 2 other documents"]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_a_name_in_both_languages(level: Any) -> None:
    assert EN(level_key(level)) != ZH(level_key(level))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(issuers=('State "Council"', "国务院"), levels=("law",), languages=("zh",), kinds=("act",)),
        Filters(document_ids=("0" * 16,), date_from="2020-01-01", date_to="2021-01-01", as_of="2021-01-01"),
        Filters(include_superseded=True),
    ],
)
def test_filters_are_sent_back_as_they_were_sent(filters: Filters) -> None:
    assert filters_from(filters_as_sent(filters)) == filters
