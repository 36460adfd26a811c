"""What sentences lay down: force, condition and bearer, for plain, negated and mixed ones."""

import pytest

from assistant.guidance.rulings import rulings_in
from knowledge.paragraphs import Span
from knowledge.policy import Language

# (force, what holds once a condition is met, bearer, the condition)
Told = tuple[str, str | None, str, str | None]


def told(sentence: str, language: Language) -> list[Told]:
    around = f"前。{sentence} 后"
    found = rulings_in(around, Span(2, 2 + len(sentence)), language)
    for ruling in found:
        assert 2 <= ruling.start < ruling.end <= 2 + len(sentence)
        if ruling.condition:
            assert around[ruling.condition.start : ruling.condition.end] == ruling.condition.quote
    return [
        (
            ruling.force.value,
            ruling.once_met.value if ruling.once_met else None,
            ruling.bearer,
            ruling.condition.quote if ruling.condition else None,
        )
        for ruling in found
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("出口企业应当保存合同。", [("required", None, "business", None)]),
        ("出口企业不得转让许可证。", [("prohibited", None, "business", None)]),
        ("国家鼓励发展服务贸易。", [("encouraged", None, "business", None)]),
        ("出口企业可以凭合同办理收付。", [("permitted", None, "business", None)]),
        ("国家对部分进口货物可以实行配额管理。", [("restricted", None, "business", None)]),
        ("该业务只能由经授权的企业经营。", [("restricted", None, "business", None)]),
        ("主管部门应当自受理之日起五日内作出决定。", [("required", None, "authority", None)]),
        ("货物目录应当至少在实施前21天公布。", [("required", None, "authority", None)]),
        ("网络运营者对有关部门的监督检查，应当予以配合。", [("required", None, "business", None)]),
        (
            "外国人有下列行为的，属于非法就业。",
            [("conditional", "prohibited", "business", "外国人有下列行为的")],
        ),
        ("保险经办机构应当自收到申请之日起十五日内审核。", [("required", None, "authority", None)]),
        ("造成损失的，应当承担赔偿责任。", [("conditional", "required", "business", "造成损失的")]),
        ("县级以上人民政府应当支持企业开拓市场。", [("required", None, "authority", None)]),
        (
            "运营者因业务需要，确需向境外提供的，应当进行安全评估。",
            [("conditional", "required", "business", "运营者因业务需要，确需向境外提供的")],
        ),
        ("未经批准，任何企业不得经营。", [("conditional", "prohibited", "business", "未经批准")]),
        ("经海关批准，收货人可以提取货样。", [("conditional", "permitted", "business", "经海关批准")]),
        (
            "运营者不得设置恶意程序；发现漏洞的，应当立即补救。",
            [("prohibited", None, "business", None), ("conditional", "required", "business", "发现漏洞的")],
        ),
        ("违反规定出口的，处一万元以下罚款。", [("conditional", None, "business", "违反规定出口的")]),
        (
            "国家准许货物自由进出口。但是，法律另有规定的除外。",
            [("permitted", None, "business", "法律另有规定的除外")],
        ),
        (
            "个人明确同意的，企业不需要另行告知。",
            [("conditional", "permitted", "business", "个人明确同意的")],
        ),
        ("手续未办理的，海关不予放行。", [("conditional", "prohibited", "business", "手续未办理的")]),
        ("本法所称数据，是指对信息的记录。", []),
        ("相应的供应能力和许可证管理系统。", []),
        ("属于禁止进口的货物，不得进口。", [("prohibited", None, "business", None)]),
    ],
)
def test_chinese(sentence: str, expected: list[Told]) -> None:
    assert told(sentence, "zh") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Exporters shall keep each contract.", [("required", None, "business", None)]),
        ("Exporters must not disclose them.", [("prohibited", None, "business", None)]),
        ("No firm may export such goods.", [("prohibited", None, "business", None)]),
        ("Firms are not required to register.", [("permitted", None, "business", None)]),
        ("An importer may only use one port.", [("restricted", None, "business", None)]),
        ("Efforts should be made to open markets.", [("encouraged", None, "business", None)]),
        ("It is necessary to expand imports.", [("required", None, "authority", None)]),
        ("The authority shall decide within five days.", [("required", None, "authority", None)]),
        (
            "If the goods are perishable, the importer may apply early.",
            [("conditional", "permitted", "business", "If the goods are perishable")],
        ),
        (
            "No firm may export them unless the ministry has approved it.",
            [("conditional", "prohibited", "business", "unless the ministry has approved it")],
        ),
        (
            "Exports are prohibited except for samples.",
            [("prohibited", None, "business", "except for samples")],
        ),
        ("The session was held on May 5.", []),
    ],
)
def test_english(sentence: str, expected: list[Told]) -> None:
    assert told(sentence, "en") == expected
