from pathlib import Path

import pytest

from knowledge.facts.document_facts import facts_of
from knowledge.policy import DocumentFacts

NOTICE = """# 关于服务贸易的通知

国发〔2021〕5号

本通知自2021年3月1日起施行，有效期至2026年2月28日。

国务院
2021年2月2日
"""


def test_what_the_text_alone_says_is_found_and_marked_so() -> None:
    facts = facts_of(None, {}, NOTICE, Path("x.md"))
    assert facts == DocumentFacts(
        "关于服务贸易的通知",
        issuer="国务院",
        kind="通知",
        date="2021-02-02",
        number="国发〔2021〕5号",
        level="notice",
        in_force_from="2021-03-01",
        in_force_until="2026-02-28",
        found=(
            "title",
            "issuer",
            "kind",
            "date",
            "number",
            "level",
            "in_force_from",
            "in_force_until",
        ),
    )


def test_the_catalogue_goes_before_the_file_and_the_file_before_the_text() -> None:
    catalogued = DocumentFacts("Notice", issuer="The Council")
    stated = {"title": "no", "issuer": "no", "date": "2021-02-03"}
    facts = facts_of(catalogued, stated, NOTICE, Path("x.md"))
    assert (facts.title, facts.issuer, facts.date) == ("Notice", "The Council", "2021-02-03")
    assert facts.number == "国发〔2021〕5号"
    assert not {"title", "issuer", "date"} & set(facts.found)
    assert "number" in facts.found


@pytest.mark.parametrize(
    "stated",
    [
        {"date": "yesterday"},
        {"date": ""},
        {"level": "decree"},
        {"language": "fr"},
        {"repeals": ("",)},
        {"colour": "red"},
        {"repeals": "all"},
    ],
)
def test_what_a_file_states_is_passed_over_where_it_does_not_fit(stated: dict[str, str]) -> None:
    assert facts_of(None, stated, "Words.", Path("x.txt")) == DocumentFacts("x")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Trade Act\n\nText.", "Trade Act"),
        ("Preface.\n\n## The *real*  title ##\n\nText.", "The *real* title"),
        ("```\n# code\n```\n\n# Title\n", "Title"),
        ("<!-- # hidden -->\n# Title\n", "Title"),
        (
            "中华人民共和国国务院令\n第9号\n\n《贸易条例》已经2021年1月1日国务院第1次常务会议通过，现予公布。\n\n文",
            "贸易条例",
        ),
        ("服务贸易促进条例\n\n## 第一章 总则\n\n第一条 为了促进服务贸易。", "服务贸易促进条例"),
        ("Guidance on Licences\n\n## Scope\n\nText.", "Guidance on Licences"),
        ("服务贸易促进条例\n\n第一条 为了促进服务贸易。", "服务贸易促进条例"),
        ("Guidance on Export Licences\nThe Ministry issues this guidance.", "Guidance on Export Licences"),
    ],
)
def test_a_title_in_the_text(text: str, title: str) -> None:
    assert facts_of(None, {}, text, Path("x/file name.txt")).title == title


@pytest.mark.parametrize(
    "text",
    [
        "A sentence is no title.\n\nText.",
        "各市人民政府：\n\n现通知如下。",
        "Only one line",
        "- an item\n- another",
        "2024-08-26\n\nText.",
        "A long first line that goes on and on, " * 4 + "and has no stop\n\nText.",
        "Hard-wrapped text whose first line goes on in the second one and\nends here.\n\nMore.",
        "#\n\nText",
        "## 第一章 总则\n\n第一条 为了促进服务贸易。",
    ],
)
def test_without_a_title_the_file_name_stands_in(text: str) -> None:
    facts = facts_of(None, {}, text, Path("x/file name.txt"))
    assert facts.title == "file name"
    assert "title" not in facts.found
