"""Three businesses over the laws that concern them, every line of whose tables was read against the laws.

What stands here are the lines that a reader of these laws would miss first, with their force as it was read.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assistant.answer import Verdict
from assistant.checking import verdict_of
from assistant.guidance.guidance import Guidance
from evals.tasks.throwaway_library import assistant_over
from knowledge.clauses.locators import locate
from knowledge.dictionary import ChineseDictionary
from tests.assistant.small_documents import seed_document
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.test_public_laws import LAWS, PUBLIC_DATA, read

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(not LAWS, reason=f"no zh_trade_laws in {PUBLIC_DATA}"),
]

# (title, locator) -> (force, what holds once the condition is met, for whom), of the line's main ruling.
Line = tuple[str, str]
Told = tuple[str, str | None, str]
REQUIRED, PROHIBITED = ("required", None, "business"), ("prohibited", None, "business")
PERMITTED, RESTRICTED = ("permitted", None, "business"), ("restricted", None, "business")
ENCOURAGED, PENALTY = ("encouraged", None, "business"), ("conditional", None, "business")
IF_REQUIRED = ("conditional", "required", "business")
IF_PERMITTED = ("conditional", "permitted", "business")
IF_PROHIBITED = ("conditional", "prohibited", "business")


@contextmanager
def guided(description: str, files: tuple[str, ...], dictionary: ChineseDictionary) -> Iterator[Guidance]:
    """Guidance over those laws and the seed, found by words alone."""
    laws = [read(path) for path in LAWS if path.name.startswith(files)]
    assert len(laws) >= len(files)
    with assistant_over(
        [*laws, seed_document()], embedder=BagOfTermsEmbedder(), dictionary=dictionary
    ) as assistant:
        yield assistant.guidance(description)


def told(guidance: Guidance) -> dict[Line, list[Told]]:
    lines: dict[Line, list[Told]] = {}
    for provision in guidance.provisions:
        (citation,) = provision.citations
        assert verdict_of(provision.sentence) is Verdict.QUOTED
        assert citation.document.text[citation.start : citation.end] == citation.quote
        place = locate(citation.passage.section, citation.start, citation.end, "zh")
        title = provision.document.title.removeprefix("中华人民共和国")
        main = provision.main
        once_met = main.once_met.value if main.once_met else None
        lines.setdefault((title, place), []).append((main.force.value, once_met, main.bearer))
    return lines


def check(guidance: Guidance, expected: dict[Line, Told]) -> None:
    found = told(guidance)
    missing = {line: force for line, force in expected.items() if force not in found.get(line, [])}
    assert {line: found.get(line) for line in missing} == {}


def test_an_exporter_of_cloud_services_who_moves_client_data_abroad(dictionary: ChineseDictionary) -> None:
    with guided(
        "We export cloud accounting services to ASEAN and want to move client data abroad.",
        ("数据安全法", "个人信息保护法", "网络安全法", "网络数据安全管理条例", "对外贸易法(2022"),
        dictionary,
    ) as guidance:
        check(
            guidance,
            {
                ("网络数据安全管理条例", "第三十五条"): IF_PERMITTED,
                ("网络数据安全管理条例", "第三十七条"): IF_REQUIRED,
                ("网络数据安全管理条例", "第三十八条"): IF_PROHIBITED,
                ("网络安全法", "第三十七条"): REQUIRED,
                ("个人信息保护法", "第三十八条第一款"): IF_REQUIRED,
                ("个人信息保护法", "第三十八条第三款"): REQUIRED,
                ("个人信息保护法", "第三十九条"): IF_REQUIRED,
                ("个人信息保护法", "第四十条"): REQUIRED,
                ("网络安全法", "第二十二条第二款"): PROHIBITED,
                ("网络安全法", "第二十二条第三款"): IF_REQUIRED,
                ("对外贸易法", "第九条第一款"): REQUIRED,
                ("对外贸易法", "第二十五条"): ("conditional", "restricted", "business"),
                ("对外贸易法", "第六十一条第一款"): PENALTY,
                ("Innovative Development of Service Trade", "第4段"): ENCOURAGED,
            },
        )
        assert {one.facet.label for one in guidance.not_covered} == {"cloud accounting", "ASEAN"}


def test_an_importer_of_machines_who_uses_bonded_storage(dictionary: ChineseDictionary) -> None:
    with guided(
        "我公司从德国进口精密机床，需向海关申报并缴纳关税，拟将部分货物存放在保税仓库。",
        ("海关法", "关税法", "保税区海关监管办法", "货物进出口管理条例", "对外贸易法(2022"),
        dictionary,
    ) as guidance:
        check(
            guidance,
            {
                ("货物进出口管理条例", "第九条"): PROHIBITED,
                ("货物进出口管理条例", "第十一条第一款"): RESTRICTED,
                ("货物进出口管理条例", "第二十一条"): PERMITTED,
                ("海关法", "第二十三条"): REQUIRED,
                ("海关法", "第二十四条第一款"): REQUIRED,
                ("海关法", "第二十四条第二款"): REQUIRED,
                ("海关法", "第二十七条"): IF_PERMITTED,
                ("海关法", "第三十二条第一款"): REQUIRED,
                ("海关法", "第三十二条第二款"): REQUIRED,
                ("关税法", "第三条第一款"): REQUIRED,
                ("关税法", "第三十六条"): IF_PERMITTED,
                ("关税法", "第四十三条第一款"): REQUIRED,
                ("保税区海关监管办法", "第十六条"): REQUIRED,
                ("保税区海关监管办法", "第十七条"): PERMITTED,
            },
        )
        assert {"德国", "精密机床"} <= {one.facet.label for one in guidance.not_covered}
        assert not any("为了规范" in line.sentence.text for line in guidance.provisions)


def test_a_foreign_invested_firm_that_trains_and_hires_foreigners(dictionary: ChineseDictionary) -> None:
    with guided(
        "A foreign-invested company in Beijing wants to provide training and human-resources services, "
        "to hire foreign trainers and to send its profits abroad.",
        (
            "外商投资法",
            "出境入境管理法",
            "外汇管理条例",
            "北京市外商投资条例",
            "上海市外商投资条例",
            "社会保险法",
        ),
        dictionary,
    ) as guidance:
        check(
            guidance,
            {
                ("外商投资法", "第四条第一款"): RESTRICTED,
                ("外商投资法", "第二十八条第一款"): PROHIBITED,
                ("外商投资法", "第二十八条第二款"): REQUIRED,
                ("外商投资法", "第二十一条"): PERMITTED,
                ("外汇管理条例", "第十二条第一款"): REQUIRED,
                ("出境入境管理法", "第四十一条第一款"): PROHIBITED,
                ("出境入境管理法", "第四十五条第一款"): REQUIRED,
                ("社会保险法", "第五十八条第一款"): REQUIRED,
            },
        )
        titles = {line.document.title for line in guidance.provisions}
        assert "北京市外商投资条例" in titles
        assert "上海市外商投资条例" not in titles
        assert guidance.places_left_out >= 1
