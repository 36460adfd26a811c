"""Chinese clauses edited by rules: as many false as true, each kind alike, the same every time."""

from collections import Counter
from pathlib import Path

import pytest

from evals.claims.clause_edits import FALSE, TRUE, clause_pairs

LAW = """# 测试条例

第一条　为了发展对外贸易，维护对外贸易的秩序，制定本条例。

第二条　本条例适用于货物进出口、技术进出口和国际服务贸易。

第三条　国家实行统一的对外贸易制度，维护公平、自由的秩序。

"""
CLAUSES = [
    "第{}条　从事跨境贸易的经营者应当在五日内向海关报告合同、单证、凭证、账册等材料。",
    "第{}条　在试点地区内，商务部可以根据需要批准企业出口货物，企业应当在30日内提交申请材料。",
    "第{}条　经国务院批准，企业可以从事边境贸易，并且应当保存单证三年以上，不得转让。",
]


@pytest.fixture
def public(tmp_path: Path) -> Path:
    for number in range(4):
        folder = tmp_path / "zh_trade_laws" / "laws"
        folder.mkdir(parents=True, exist_ok=True)
        clauses = [line.format("一二三四五六七八九十"[3 + i]) for i, line in enumerate(CLAUSES)]
        text = LAW + "\n\n".join(clause.replace("货物", "货物" + "甲乙丙丁"[number]) for clause in clauses)
        (folder / f"law {number}.md").write_text(
            text.replace("合同", "合同" + "甲乙丙丁"[number]).replace(
                "单证三", "单证" + "甲乙丙丁"[number] + "三"
            ),
            "utf-8",
        )
    return tmp_path


def test_a_clause_gives_a_true_and_a_false_claim(public: Path) -> None:
    claims = list(clause_pairs(public, pairs=10))

    assert len(claims) == 20
    assert [one.supported for one in claims] == [True, False] * 10
    for true, false in zip(claims[::2], claims[1::2], strict=True):
        assert true.sources == false.sources
        assert false.claim != false.sources[0].text
        assert true.claim != false.claim


def test_the_kinds_of_false_ones_are_as_many_each_and_nothing_is_random(public: Path) -> None:
    claims = list(clause_pairs(public, pairs=10))

    assert Counter(one.kind for one in claims if not one.supported) == dict.fromkeys(dict(FALSE), 2)
    assert {one.kind for one in claims if one.supported} <= set(dict(TRUE))
    assert claims == list(clause_pairs(public, pairs=10))


@pytest.mark.parametrize(
    ("kind", "edited"),
    [
        ("number", "经批准的企业应当在七日内报告。"),
        ("negation", "经批准的企业不应当在五日内报告。"),
        ("force", "经批准的企业可以在五日内报告。"),
        ("name", None),
    ],
)
def test_each_false_edit_changes_one_thing(kind: str, edited: str | None) -> None:
    assert dict(FALSE)[kind]("经批准的企业应当在五日内报告。") == edited
