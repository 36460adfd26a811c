"""Whole texts in both languages, with every fact they state and none they do not."""

import pytest

from knowledge.facts.facts_in_text import FactValue, facts_in_text

LAW = """# 中华人民共和国海关法

1987年1月22日 第六届全国人民代表大会常务委员会第十九次会议通过

2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议《关于修改〈道路法〉等八部法律的决定》第六次修正

## 第一章 总则

第一条 为了维护国家的主权，制定本法。

第二条 本法自1987年7月1日起施行。1951年4月18日公布的《暂行海关法》同时废止。
"""
ORDER = """中华人民共和国国务院令

第666号

《进出口条例》已经2016年1月13日国务院第119次常务会议通过，现予公布，自2016年3月1日起施行。

总理
2016年2月6日

进出口条例

第一条 为了贸易。
"""
TREATY = """Free Trade Agreement between the Government of Japan and the Government of the Kingdom of Thailand

Article 1
This Agreement shall enter into force on 1 November 2007.

Article 2
The Vienna Convention, done at Vienna on 23 May 1969, applies.

Done at Tokyo, this third day of April 2007, in duplicate.
"""
NEWS = """# Trade grows

On 3 April 2021 the Council adopted a plan. In 2020年 trade grew by 5 per cent.
The former Act was discussed; it expires one day.
"""


@pytest.mark.parametrize(
    ("text", "title", "facts"),
    [
        (
            LAW,
            "中华人民共和国海关法",
            {
                "issuer": "全国人民代表大会常务委员会",
                "date": "2021-04-29",
                "in_force_from": "1987-07-01",
                "kind": "法",
                "level": "law",
                "repeals": ("暂行海关法",),
            },
        ),
        (
            ORDER,
            "进出口条例",
            {
                "number": "国务院令第666号",
                "issuer": "国务院",
                "date": "2016-02-06",
                "in_force_from": "2016-03-01",
                "kind": "条例",
                "level": "regulation",
            },
        ),
        (
            TREATY,
            TREATY.split("\n", 1)[0],
            {"date": "2007-04-03", "in_force_from": "2007-11-01", "kind": "Agreement", "level": "treaty"},
        ),
        (NEWS, "Trade grows", {}),
        ("", None, {}),
    ],
)
def test_facts(text: str, title: str | None, facts: dict[str, FactValue]) -> None:
    assert facts_in_text(text, title) == facts


def test_a_notice_is_signed_at_its_end() -> None:
    notice = "关于贸易的通知\n\n商贸发〔2021〕5号\n\n各有关单位：\n\n现通知如下。"
    notice += "\n\n商务部　海关总署\n2021年2月2日\n（此件公开发布）"
    assert facts_in_text(notice, "关于贸易的通知") == {
        "number": "商贸发〔2021〕5号",
        "issuer": "商务部、海关总署",
        "date": "2021-02-02",
        "kind": "通知",
        "level": "notice",
    }


def test_a_note_that_breaks_off_does_not_say_which_act_was_the_last() -> None:
    note = (
        "旅行社条例\n2009年2月20日 国务院令第550号公布\n2017年3月1日 《决定》修订  根据\n\n第一条 为了旅游。"
    )
    assert "date" not in facts_in_text(note, "旅行社条例")
    assert facts_in_text(note.replace("  根据", ""), "旅行社条例")["date"] == "2017-03-01"


def test_two_places_of_signing_state_no_date() -> None:
    text = "Done at Tokyo on 3 April 2007.\nDone at Bangkok on 4 April 2007."
    assert "date" not in facts_in_text(text, None)


def test_an_act_says_when_it_was_adopted() -> None:
    text = "Trade Act\n\nAdopted by Parliament on 3 April 2007; amended on the 5th of May 2010.\n\n"
    text += "Article 1 Words."
    assert facts_in_text(text, "Trade Act")["date"] == "2007-04-03"
    text = text.replace("; amended", ". Amended by Parliament")
    assert facts_in_text(text, "Trade Act")["date"] == "2010-05-05"
