import pytest

from knowledge.facts.instrument_names import means, plain_title


@pytest.mark.parametrize(
    "title",
    [
        "中华人民共和国对外贸易法",
        "对外贸易法",
        "对外贸易法（2022年修正）",
        "中华人民共和国对外贸易法(2022-12-30)",
        "《对外贸易法》（修订）",
        " 对外 贸易法",
    ],
)
def test_titles_of_one_instrument_are_equal(title: str) -> None:
    assert plain_title(title) == "对外贸易法"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("对外贸易法", "对外贸易法（2022年修订草案）"),
        ("对外贸易法", "对外贸易法实施条例"),
        ("对外贸易法", "关于修改《对外贸易法》的决定"),
        ("Trade Act", "Trade Bill"),
        ("中国（上海）自由贸易试验区条例", "中国（浙江）自由贸易试验区条例"),
    ],
)
def test_titles_of_different_ones_are_not(one: str, other: str) -> None:
    assert plain_title(one) != plain_title(other)


def test_english_titles() -> None:
    same = {"The Trade Act", "Trade Act (2018 Revision)", "trade act (as amended)"}
    assert {plain_title(title) for title in same} == {"tradeact"}
    assert plain_title("Foreign Trade Law of the People's Republic of China") == plain_title(
        "Foreign Trade Law"
    )


@pytest.mark.parametrize(
    ("name", "title", "number", "expected"),
    [
        ("对外贸易法", "中华人民共和国对外贸易法", None, True),
        ("国发〔2010〕9号", "关于税收的通知", "国发[2010] 9号", True),
        ("关于税收的通知（国发〔2010〕9号）", "关于税收的通知", "国发〔2010〕9号", True),
        ("关于税收的通知（国发〔2010〕9号）", "关于税收的通知", "国发〔2011〕3号", False),
        ("关于税收的通知（国发〔2010〕9号）", "关于税收的通知", None, True),
        ("国务院令第9号", "甲条例", "中华人民共和国国务院令第9号", True),
        ("甲条例", "乙条例", None, False),
    ],
)
def test_what_a_name_means(name: str, title: str, number: str | None, expected: bool) -> None:
    assert means(name, title, number) is expected
