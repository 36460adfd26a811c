import pytest

from knowledge.facts.effect_in_text import in_force_from, in_force_until
from knowledge.facts.head_of_text import acts_in


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("第五条 本法自2021年12月1日起施行。", "2021-12-01"),
        ("本办法自一九九三年三月一日起施行。", "1993-03-01"),
        ("本暂行规定自2021年1月1日起执行。", "2021-01-01"),
        ("本法自2021年1月1日起施行。\n本法自2022年1月1日起施行。", None),
        ("专利权自2021年1月1日起生效。", None),
        ("本法第十条自2021年1月1日起施行。", None),
        ("本办法自公布之日起施行。", None),  # which nobody says
        ("<!-- 本法自2021年12月1日起施行。-->", None),
        ("This Agreement shall enter into force on 1 August 2005.", "2005-08-01"),
        ("These Regulations come into effect from July 1, 2021.", "2021-07-01"),
        ("The present Convention will be effective as of 3 April 2007.", "2007-04-03"),
        (
            "This Agreement shall enter into force on 1 July 2006, provided all Parties have ratified it.",
            None,
        ),
        ("This Agreement shall enter into force 30 days after 1 July 2006.", None),
        ("This Chapter shall enter into force on 1 July 2006.", None),
        ("This Agreement shall enter into force on the first day of May 2010 or later.", None),
    ],
)
def test_the_day_of_effect(text: str, date: str | None) -> None:
    assert in_force_from(text, ()) == date


def test_the_day_of_publication_is_the_day_of_effect_where_a_note_says_when_that_was() -> None:
    text = "第九条 本办法自发布之日起施行。"
    assert in_force_from(text, acts_in("1997年8月1日 海关总署令第65号发布")) == "1997-08-01"
    adopted = "2021年6月10日 第十三届全国人民代表大会常务委员会第二十九次会议通过"
    assert in_force_from(text, acts_in(adopted)) is None  # adopted, which is not yet made public


def test_a_note_on_the_effect_counts_and_must_not_differ() -> None:
    acts = acts_in("2015年9月1日 施行")
    assert in_force_from("", acts) == "2015-09-01"
    assert in_force_from("本法自2015年9月1日起施行。", acts) == "2015-09-01"
    assert in_force_from("本法自2016年9月1日起施行。", acts) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("本办法自2021年1月1日起施行，有效期至2025年12月31日。", "2025-12-31"),
        ("本办法自2021年1月1日起施行，有效期5年。", "2025-12-31"),
        ("本通知自印发之日起施行，有效期为两年。", "2022-12-31"),
        ("本规定有效期至2023年6月。", "2023-06"),
        ("许可证有效期为10年。", None),
        ("本办法规定的许可证有效期至2025年12月31日。", None),
        ("This Policy expires on 31 December 2025.", "2025-12-31"),
        ("This Order shall remain in force until 30 June 2024.", "2024-06-30"),
        ("The licence expires on 31 December 2025.", None),
    ],
)
def test_the_last_day(text: str, date: str | None) -> None:
    assert in_force_until(text, "2021-01-01") == date


def test_a_term_without_a_beginning_has_no_end() -> None:
    assert in_force_until("本通知有效期五年，自印发之日起施行。", None) is None
    assert in_force_until("本通知自印发之日起施行，有效期1年。", "2020-02-29") == "2021-02-28"
