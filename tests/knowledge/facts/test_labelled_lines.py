import pytest

from knowledge.facts.labelled_lines import labelled


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "发文机关：国务院　　发文字号：国发〔2021〕5号\n成文日期：2021年02月02日\n发布日期：2021-02-22",
            {"issuer": "国务院", "number": "国发〔2021〕5号", "date": "2021-02-22"},
        ),
        ("| 文号 | 国发〔2021〕5号 |", {"number": "国发〔2021〕5号"}),
        (
            "Issued by: Ministry of Trade\nEffective date: 1 May 2021\nStatus: in force",
            {"issuer": "Ministry of Trade", "in_force_from": "2021-05-01", "status": "in force"},
        ),
        ("Date: 2021-01-01\nDate: 2021-01-02", {}),
        ("Date: to be announced", {}),
        ("施行日期：自发布之日", {}),
        ("The date: 2021-01-01 was chosen.", {}),
    ],
)
def test_labels(text: str, stated: dict[str, str]) -> None:
    assert labelled(text) == stated


def test_only_the_top_and_the_end_are_looked_at() -> None:
    filler = "\n".join(["words"] * 100)
    assert labelled(f"{filler}\n文号：甲1号\n{filler}") == {}
    assert labelled(f"{filler}\n{filler}\n文号：甲1号") == {"number": "甲1号"}
