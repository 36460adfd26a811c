import pytest

from knowledge.facts.head_of_text import Act, acts_in, head_of

CONGRESS = "全国人民代表大会常务委员会"


@pytest.mark.parametrize(
    ("head", "acts"),
    [
        (
            "2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议通过",
            [Act("2021-04-29", "issue", False, CONGRESS, None)],
        ),
        (
            "（1994年5月12日第八届全国人民代表大会常务委员会第七次会议通过　根据2016年11月7日"
            "第十二届全国人民代表大会常务委员会第二十四次会议《关于修改〈中华人民共和国对外贸易法〉等十二部法律的决定》修正）",
            [
                Act("1994-05-12", "issue", False, CONGRESS, None),
                Act("2016-11-07", "revision", False, CONGRESS, None),
            ],
        ),
        (
            "2001年6月15日 中华人民共和国国务院令第306号公布\n\n"
            "2002年12月28日 《国务院关于修改〈细则〉的决定》第一次修订",
            [
                Act("2001-06-15", "issue", True, "国务院", "国务院令第306号"),
                Act("2002-12-28", "revision", False, None, None),
            ],
        ),
        (
            "1997年6月10日 国务院批准\n1997年8月1日 海关总署令第65号发布\n自1997年9月1日起施行",
            [
                Act("1997-06-10", "approval", False, "国务院", None),
                Act("1997-08-01", "issue", True, "海关总署", "海关总署令第65号"),
                Act("1997-09-01", "effect", False, None, None),
            ],
        ),
        ("1984年1月7日 国务院\n\n中央军委发布", [Act("1984-01-07", "issue", True, "国务院、中央军委", None)]),
        (
            "2021年7月27日 甲市第十八届人民代表大会常务委员会第四十二次会议通过\n"
            "2021年9月30日 乙省第十三届人民代表大会常务委员会第三十次会议批准",
            [
                Act("2021-07-27", "issue", False, "甲市人民代表大会常务委员会", None),
                Act("2021-09-30", "approval", False, "乙省人民代表大会常务委员会", None),
            ],
        ),
        # What is no adoption note: a date of which nothing is said, news, and running text.
        ("2021年4月29日", []),
        ("2021年4月29日，国务院常务会议通过了一项决定。", []),
        ("会议指出，2021年4月29日国务院发布的通知应当执行。", []),
        ("", []),
    ],
)
def test_acts(head: str, acts: list[Act]) -> None:
    assert acts_in(head) == acts


def test_an_order_is_signed_below_its_words() -> None:
    head = (
        "中华人民共和国国务院令\n第666号\n\n《决定》已经2016年1月13日国务院第119次常务会议通过，现予公布，"
        "自2016年3月1日起施行。\n\n总理\n2016年2月6日\n"
    )
    assert acts_in(head) == [
        Act("2016-01-13", "issue", False, "国务院", None),
        Act("2016-03-01", "effect", False, None, None),
        Act("2016-02-06", "issue", True, "国务院", "国务院令第666号"),
    ]


def test_the_head_ends_before_the_first_clause_and_holds_no_comment() -> None:
    text = "# 法\n<!-- 2020年1月1日 国务院发布 -->\n2021年1月1日 国务院发布\n\n"
    text += "第一条 为了贸易。\n2022年1月1日 国务院发布"
    assert [act.date for act in acts_in(head_of(text))] == ["2021-01-01"]
