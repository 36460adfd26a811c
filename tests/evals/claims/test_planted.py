"""Planted claims: each error changes what is said, each rewording is made from the text's own words."""

import json
from pathlib import Path

import pytest

from evals.claims.planted import RIGHT, WRONG, planted
from evals.claims.texts import PublicText, public_texts

ENGLISH = PublicText(
    "a",
    "In 1990, the Bank of Norway must pay 20 crowns to every firm (or its heirs), which is a fee for the "
    "year. The clerks of the office were moved to Norway. A small house by the sea is rented to them. "
    "After that, Sweden may close the office in Oslo before the month of June ends. "
    "However, the 5 clerks in Oslo also have more than 300 letters to write to Norway.",
    "en",
)
CHINESE = PublicText(
    "b",
    "企业应当在5日内向海关申报出口货物，并且提交合同。主管部门可以检查货物，企业不得拒绝检查人员的要求。",
    "zh",
)
TEXTS = [
    ENGLISH,
    PublicText("c", "The museum was built of stone by the people of Malmo in the old days.", "en"),
    CHINESE,
]


def test_every_kind_of_error_and_rewording_can_be_made() -> None:
    made = [one for seed in range(60) for one in planted(TEXTS, of_each=9, seed=seed)]

    assert {one.kind for one in made if not one.supported} == set(WRONG)
    assert {one.kind for one in made if one.supported} == set(RIGHT)


def test_an_error_is_nowhere_in_its_text_and_a_quotation_is() -> None:
    for one in planted(TEXTS, of_each=9, seed=1):
        (source,) = one.sources
        assert one.group == source.id
        if not one.supported:
            assert one.claim not in source.text, one
        if one.kind == "verbatim":
            assert one.claim in source.text


def test_the_same_seed_makes_the_same_claims() -> None:
    assert list(planted(TEXTS, of_each=2, seed=3)) == list(planted(TEXTS, of_each=2, seed=3))
    assert list(planted(TEXTS, of_each=2, seed=3)) != list(planted(TEXTS, of_each=2, seed=4))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    squad = {"data": [{"paragraphs": [{"context": "It rained."}, {"context": "It snowed."}]}]}
    for name, held in {
        "squad2/dev-v2.0.json": squad,
        "drcd/DRCD_dev.json": {"data": [{"paragraphs": [{"context": "下雨了。"}]}]},
        "or_sharc/id2snippet.json": {"1": "You may apply."},
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(held), "utf-8")
    law = tmp_path / "zh_trade_laws" / "法" / "a.md"
    law.parent.mkdir(parents=True)
    law.write_text("# 法\n" + "第一条　企业应当申报。\n" * 200, "utf-8")
    return tmp_path


def test_texts_of_every_set_are_sampled(public: Path) -> None:
    found = public_texts(public, of_each=1)

    assert [one.language for one in found] == ["en", "en", "zh", "zh"]
    assert found[0].text in ("It rained.", "It snowed.")
    assert found[3].text.startswith("第一条")
    assert public_texts(public, of_each=1) == found
