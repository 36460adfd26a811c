"""Versions and validity on laws that nobody of this project wrote, against a table made by hand."""

import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from knowledge.files.document_reading import read_document
from knowledge.files.file_finding import FoundFile
from knowledge.policy import Document, Entry
from knowledge.validity.library_check import findings
from knowledge.validity.versions import instruments, spans

CHECKOUT = Path(__file__).parents[2]
PUBLIC_DATA = Path(os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA", CHECKOUT.parent / "shared" / "data"))
LAWS = sorted(path for path in (PUBLIC_DATA / "zh_trade_laws").glob("*/**/*.md"))
TODAY = date(2026, 1, 1)

# By hand, from the names of the files: instrument, its two versions, the earlier first.
SIX = {
    "上海市优化营商环境条例": ("2020-04-10", "2024-09-27"),
    "北京市优化营商环境条例": ("2020-03-27", "2024-11-29"),
    "反垄断法": ("2007-08-30", "2022-06-24"),
    "对外贸易法": ("2016-11-07", "2022-12-30"),
    "专利法实施细则": ("2010-01-09", "2023-12-11"),
    "进出口商品检验法实施条例": ("2019-03-02", "2022-03-29"),
}
TWICE = ("反电信网络诈骗法(2022-09-02).md", "广告法(2021-04-29).md")

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(
        not LAWS, reason=f"no zh_trade_laws in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"
    ),
]


@cache
def laws() -> tuple[Document, ...]:
    return tuple(read_document(FoundFile(path, None)) for path in LAWS)


@cache
def entries() -> tuple[Entry, ...]:
    by_id = {law.id: Entry(law.id, law.facts, law.language) for law in laws()}
    return tuple(by_id.values())


def names(ids: set[str]) -> list[str]:
    return sorted(Path(law.path).name for law in laws() if law.id in ids)


def test_the_six_instruments_in_two_versions_are_one_each_and_no_others() -> None:
    found = [
        names({entry.id for entry in versions}) for versions in instruments(entries()) if len(versions) > 1
    ]
    two = [[f"{title}({day}).md" for day in days] for title, days in SIX.items()]
    assert sorted(found) == sorted([*two, [TWICE[1]] * 2])


def test_the_later_version_is_in_force_today_and_the_earlier_was_before_it() -> None:
    known = spans(entries())
    by_name = {Path(law.path).name: known[law.id] for law in laws()}
    for title, (earlier, later) in SIX.items():
        old, new = by_name[f"{title}({earlier}).md"], by_name[f"{title}({later}).md"]
        assert new.status(TODAY.isoformat()) == "in force", title
        assert old.status(TODAY.isoformat()) == "superseded", title
        assert old.status("2022-01-01") == "in force", title
        assert new.status("2022-01-01") == "not yet in force", title


def test_nothing_else_but_what_the_tariff_law_repeals_has_ended() -> None:
    ended = {
        id_
        for id_, span in spans(entries()).items()
        if span.status(TODAY.isoformat()) not in ("in force", "unknown")
    }
    wanted = [f"{title}({earlier}).md" for title, (earlier, _later) in SIX.items()]
    assert names(ended) == sorted([*wanted, "进出口关税条例(2017-03-01).md"])


def test_what_is_present_twice_is_one_document_or_reported_as_copies() -> None:
    ids = {name: {law.id for law in laws() if Path(law.path).name == name} for name in TWICE}
    assert len(ids[TWICE[0]]) == 1  # byte by byte the same
    copies = {one.document_id for one in findings(entries(), TODAY, 90) if one.concern == "copies"}
    assert ids[TWICE[1]] == copies  # one of them has a line more


def test_dates_are_those_of_the_file_names_but_where_the_text_says_another() -> None:
    # 21 regulations whose adoption note lost its last lines, and what was published later than adopted.
    dated = [(law, Path(law.path).stem[-11:-1]) for law in laws() if Path(law.path).stem.endswith(")")]
    found = [(law, day) for law, day in dated if law.facts.date is not None]
    assert len(found) >= 125
    assert sum(law.facts.date == day for law, day in found) >= 95
    assert all(_in_chinese(law.facts.date) in law.text for law, _day in found)


def _in_chinese(day: str | None) -> str:
    assert day is not None
    year, month, of_month = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{of_month}日"
