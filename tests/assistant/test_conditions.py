"""Where a clause makes a condition."""

import pytest

from assistant.conditions import conditions


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("You may get it if you get Pension Credit.", ["if you get Pension Credit"]),
        (
            "If the goods are perishable, the authority shall decide within 3 days.",
            ["If the goods are perishable"],
        ),
        (
            "Fees are charged unless the certificate is sent by mail.",
            ["unless the certificate is sent by mail"],
        ),
        ("Where an importer has no licence, the goods are returned.", ["Where an importer has no licence"]),
        ("Firms in pilot zones may keep their contracts abroad.", ["in pilot zones"]),
        (
            "No fee is charged for enterprises with fewer than 20 staff.",
            ["for enterprises with fewer than 20 staff"],
        ),
        ("Enterprises that export software may apply.", ["Enterprises that export software"]),
        ("A refund is made, provided that the goods are intact.", ["provided that the goods are intact"]),
        ("第五条　进口货物有下列情形之一的，收货人可以申请退运。", ["进口货物有下列情形之一的"]),
        ("如果货物易腐，海关应当在三日内决定。", ["如果货物易腐"]),
        ("试点地区的企业可以在境外保存合同。", ["试点地区的企业"]),
        ("在自由贸易试验区内，企业可以直接办理。", ["在自由贸易试验区内"]),
        ("对符合规定条件的企业，给予奖励。", ["对符合规定条件的企业"]),
        ("Firms keep each contract for five years.", []),
        ("企业应当妥善保存合同。", []),
        ("如下材料应当提交。", []),
        ("", []),
    ],
)
def test_conditions_are_found(clause: str, found: list[str]) -> None:
    shown = [clause[place.start : place.end] for place in conditions(clause)]

    assert len(shown) == len(found)
    assert all(wanted in one or one in wanted for wanted, one in zip(found, shown, strict=True))
