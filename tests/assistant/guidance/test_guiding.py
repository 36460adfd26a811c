"""The whole way from a description to the table, over scripted search and over the seed."""

from functools import partial

import pytest

from assistant.answer import Verdict
from assistant.assistant import Assistant
from assistant.checking import verdict_of
from assistant.errors import BadQuestion
from assistant.guidance.applicability import applicability_of, place_of
from assistant.guidance.facets import facets_of
from assistant.guidance.guidance import Force, Guidance
from assistant.guidance.guiding import guide
from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Document, RetrievedPassage
from tests.assistant.guidance.made_guidance import RULES, rules
from tests.assistant.scripted import ScriptedSearch
from tests.assistant.small_documents import SEED_TEXT, make_document, retrieved_from

DATA_ABROAD = "我们想把客户数据传输到境外。"


def over(description: str, dictionary: ChineseDictionary, *documents: Document) -> Guidance:
    found: list[RetrievedPassage] = [one for document in documents for one in retrieved_from(document)]
    return guide(
        description,
        divide=partial(facets_of, dictionary=dictionary),
        search=ScriptedSearch(found),
        dictionary=dictionary,
    )


def test_only_what_is_about_a_matter_is_in_its_table(dictionary: ChineseDictionary) -> None:
    guidance = over(
        DATA_ABROAD, dictionary, rules(), make_document("第一条 企业应当纳税。", "税收办法", "zh")
    )

    (abroad,) = [one for one in guidance.facets if one.facet.matter == "data_abroad"]
    assert [line.sentence.text[:10] for line in abroad.provisions] == [
        "第二条 企业向境外提",
        "未经批准，任何企业不",
    ]
    assert not any("纳税" in line.sentence.text for line in guidance.provisions)


def test_the_same_words_of_two_documents_are_one_line(dictionary: ChineseDictionary) -> None:
    again = make_document(RULES + "\n", "数据出境办法", "zh")

    once, twice = over(DATA_ABROAD, dictionary, rules()), over(DATA_ABROAD, dictionary, rules(), again)

    assert len(once.provisions) == len(twice.provisions)


def test_what_nothing_is_found_on_is_listed_with_what_lies_nearest(dictionary: ChineseDictionary) -> None:
    guidance = over("我们向东盟出口木雕玩具。", dictionary, rules())

    assert guidance.provisions == ()
    assert {"货物出口", "东盟"} <= {one.facet.label for one in guidance.not_covered}
    assert all(one.nearest for one in guidance.not_covered)


def test_a_document_of_another_place_is_left_out_and_counted(dictionary: ChineseDictionary) -> None:
    local = make_document(RULES, "上海市数据出境办法", "zh")

    assert over(DATA_ABROAD, dictionary, local).provisions == ()
    assert over(DATA_ABROAD, dictionary, local).places_left_out == 1
    assert over("我们在上海，想把客户数据传输到境外。", dictionary, local).provisions
    assert over("We are in Shanghai and want to move client data abroad.", dictionary, local).provisions


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("上海市优化营商环境条例", "上海"),
        ("中国（浙江）自由贸易试验区条例", "浙江"),
        ("中华人民共和国海南自由贸易港法", "海南"),
        ("中华人民共和国海关法", None),
        ("国务院关于鼓励外商投资的规定", None),
    ],
)
def test_the_place_of_a_document(title: str, place: str | None) -> None:
    assert place_of(make_document("第一条 略。", title, "zh")) == place


def test_a_document_of_another_trade_does_not_apply(dictionary: ChineseDictionary) -> None:
    tools = applicability_of("We import machine tools", dictionary)
    plants = applicability_of("We import plants", dictionary)
    quarantine = make_document("第一条 略。", "进出境动植物检疫法", "zh")

    assert tools.is_of_another_trade(quarantine)
    assert not plants.is_of_another_trade(quarantine)
    assert tools.is_for_others("金融机构应当审查单证。")
    assert not tools.is_for_others("收货人应当如实申报。")


@pytest.mark.parametrize("description", ["", "…", "x" * 2_001])
def test_an_unfit_description_is_refused(description: str, dictionary: ChineseDictionary) -> None:
    with pytest.raises(BadQuestion):
        over(description, dictionary, rules())


@pytest.mark.parametrize(
    "description",
    [
        "We export consulting services and want to move client data abroad to ASEAN.",
        "我们出口咨询服务，想把客户数据传输到境外的东盟。",
    ],
)
def test_the_seed_alone_gives_what_it_says_and_no_more(description: str, seed_assistant: Assistant) -> None:
    guidance = seed_assistant.guidance(description)

    by_matter = {one.facet.matter: one for one in guidance.facets if one.facet.matter}
    assert [line.main.force for line in by_matter["service_exports"].provisions] == [Force.ENCOURAGED] * 4
    (data,) = by_matter["data_abroad"].provisions
    assert "promoting the orderly flow of data across borders" in data.sentence.text
    assert {one.facet.label for one in guidance.not_covered} >= {
        "ASEAN" if guidance.language == "en" else "东盟"
    }
    for line in guidance.provisions:
        (citation,) = line.citations
        assert SEED_TEXT[citation.start : citation.end] == citation.quote
        assert verdict_of(line.sentence) is Verdict.QUOTED
