"""Which matters a description raises, in either language, and which words stay its own."""

import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from assistant.guidance.facets import MOST_FACETS, facets_of
from assistant.guidance.matters import matters
from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Language


@pytest.mark.parametrize(
    ("description", "raised", "own"),
    [
        (
            "We export cloud accounting services to ASEAN and want to move client data abroad.",
            {"network_services", "service_exports", "data_abroad", "personal_information"},
            {"cloud accounting", "ASEAN"},
        ),
        (
            "我公司从德国进口精密机床，需向海关申报，并拟将货物存放在保税仓库。",
            {"goods_imports", "customs", "bonded"},
            {"德国", "精密机床", "保税仓库"},
        ),
        (
            "A foreign-invested company wants to provide training and human-resources services",
            {"foreign_investment", "training", "human_resources"},
            set(),
        ),
        (
            "我们向东盟出口云会计服务，想把客户数据转移到境外。",
            {"service_exports", "data_abroad"},
            {"东盟", "云会计"},
        ),
    ],
)
def test_matters_and_own_words(
    description: str, raised: set[str], own: set[str], dictionary: ChineseDictionary
) -> None:
    found = facets_of(description, dictionary)

    assert raised <= {facet.matter for facet in found}
    assert {facet.words for facet in found if not facet.matter} == own
    for facet in found:
        assert description[facet.span.start : facet.span.end] == facet.words


def test_a_description_of_everything_has_only_so_many_facets(dictionary: ChineseDictionary) -> None:
    everything = "; ".join(f"tea{'abcdefghijklmnopqrstuvwxyz'[n]} sort" for n in range(26))

    assert len(facets_of(everything, dictionary)) == MOST_FACETS


def test_every_matter_is_told_in_both_languages() -> None:
    for matter in matters().values():
        for told in (matter.labels, matter.raised, matter.about):
            assert set(told) == set(get_args(Language))
        assert len(matter.queries) >= 2


def test_the_texts_of_the_table_have_the_same_keys_and_slots() -> None:
    stored = tomllib.loads(files("assistant.guidance").joinpath("texts.toml").read_text("utf-8"))

    assert set(stored["en"]) == set(stored["zh"])
    for key, text in stored["en"].items():
        assert {part.split("}")[0] for part in text.split("{")[1:]} == {
            part.split("}")[0] for part in stored["zh"][key].split("{")[1:]
        }
