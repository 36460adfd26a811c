"""The clause that holds given words, and the words that a clause holds; told by hand."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings

from knowledge.clauses.clause_labels import Path, Step, clause_path, heading_step
from knowledge.clauses.clause_places import clause_at, clauses_of, span_of
from knowledge.policy import Document
from knowledge.sectioning import split_sections
from tests.knowledge.clause_texts import AGREEMENT, LAW, TREATY, made, section_with
from tests.knowledge.odd_text import odd_texts


def short(path: Path) -> str:
    """A path as one line: "article 12 › paragraph 1 › item 2"."""
    return " › ".join(f"{step.unit} {'.'.join(map(str, step.number))}".strip() for step in path)


def clause_of(document: Document, words: str) -> str:
    section = section_with(document, words)
    return short(clause_at(section, document.text.index(words)).path)


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("第一章", "chapter 1"),
        ("第十二条 从事", "chapter 1 › article 12"),
        ("从事下列", "chapter 1 › article 12 › paragraph 1"),
        ("进口", "chapter 1 › article 12 › paragraph 1 › item 1"),
        ("出口", "chapter 1 › article 12 › paragraph 1 › item 2"),
        ("货物", "chapter 1 › article 12 › paragraph 1 › item 2 › subitem 1"),
        ("服务", "chapter 1 › article 12 › paragraph 1 › item 2 › subitem 2"),
        ("其他", "chapter 1 › article 12 › paragraph 1 › item 3"),
        ("前款规定", "chapter 1 › article 12 › paragraph 2"),
        ("乙", "chapter 1 › article 12 › paragraph 2 › item 2"),
        ("登记免费", "chapter 1 › article 12.2"),  # one paragraph: it has no number
        ("责令改正", "chapter 1 › article 102"),
        ("逾期", "chapter 1 › article 102 › item 2"),
        ("定义", "chapter 1 › article 103"),
        ("口岸海关", "chapter 1 › article 103"),  # the title above it is no 款
    ],
)
def test_a_chinese_law(words: str, clause: str) -> None:
    assert clause_of(made(LAW, "zh"), words) == clause


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("缔约双方应当", "article 3 › paragraph 1"),
        ("开放", "article 3 › paragraph 1 › item 1"),
        ("合作", "article 3 › paragraph 1 › item 2"),
        ("另行约定", "article 3 › paragraph 1"),
        ("缔约一方", "article 3 › paragraph 2"),
    ],
)
def test_a_chinese_treaty_numbers_its_paragraphs(words: str, clause: str) -> None:
    assert clause_of(made(TREATY, "zh"), words) == clause


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Scope", "chapter 1 › article 5"),
        ("goods", "chapter 1 › article 5 › paragraph 1 › item 1"),
        ("services, including", "chapter 1 › article 5 › paragraph 1 › item 2"),
        ("banks", "chapter 1 › article 5 › paragraph 1 › item 2 › subitem 1"),
        ("insurers", "chapter 1 › article 5 › paragraph 1 › item 2 › subitem 2"),
        ("more", "chapter 1 › article 5 › paragraph 1 › item 3"),
        ("It does not", "chapter 1 › article 5 › paragraph 2"),
        ("nine", "chapter 1 › article 5 › paragraph 2 › item 9"),  # (i) between (h) and (j)
        ("The flush", "chapter 1 › article 5 › paragraph 2"),
        ("Nothing begins", "chapter 1 › article 5 › paragraph 2"),
        ("Market access", "chapter 1 › article 6"),
        ("Each Party", "chapter 1 › article 6 › paragraph 1"),
        ("Roman two", "chapter 1 › article 6 › paragraph 2 › item 1 › subitem 2"),
        ("as appropriate", "chapter 1 › article 6 › paragraph 2"),
        ("Another paragraph", "chapter 1 › article 6 › paragraph 3"),
        ("A fee", "chapter 1 › article 7 › item 2"),
        ("The Parties shall meet", "chapter 1 › article 8 › paragraph 8.1"),
        ("meet again", "chapter 1 › article 8 › paragraph 8.2 › item 1"),
        ("10 yuan", "annex 2.B › article 7 › paragraph 2"),
    ],
)
def test_an_english_agreement(words: str, clause: str) -> None:
    assert clause_of(made(AGREEMENT), words) == clause


@pytest.mark.parametrize(
    ("heading", "step"),
    [
        ("第一百零二条", Step("article", (102,))),
        ("第十二条之二", Step("article", (12, 2))),
        ("第１２条", Step("article", (12,))),
        ("第三章 总则", Step("chapter", (3,))),
        ("第二编 分则", Step("part", (2,))),
        ("第一分编 通则", Step("subpart", (1,))),
        ("ARTICLE 1.1 Establishment Of A Free Trade Area", Step("article", (1, 1))),
        ("Article 5bis Definitions", Step("article", (5, "BIS"))),
        ("CHAPTER ELEVEN Services", Step("chapter", (11,))),
        ("PART IV", Step("part", (4,))),
        ("Section A – Market Access", Step("section", ("A",))),
        ("§ 301.12 Scope", Step("section", (301, 12))),
        ("Annex 2-B", Step("annex", (2, "B"))),
        ("ANNEX", Step("annex", ())),
        ("一、总体要求", None),
        ("Scope", None),
        ("Article on trade", None),
    ],
)
def test_what_a_heading_names(heading: str, step: Step | None) -> None:
    assert heading_step(heading) == step


def test_a_clause_is_found_by_its_path() -> None:
    document = made(LAW, "zh")
    section = section_with(document, "从事")

    def words_of(*inside: Step) -> str:
        span = span_of(section, inside)
        return "" if span is None else "".join(document.text[slice(*span)].split())

    assert words_of(Step("paragraph", (1,)), Step("item", (2,))) == "（二）出口，包括：1.货物；2.服务；"
    assert words_of(Step("paragraph", (2,))).startswith("前款规定的登记")
    assert words_of(Step("item", (3,))) == "（三）其他。"  # the first that has it
    assert words_of(Step("paragraph", (3,))) == ""
    assert words_of(*clause_path(())) == "".join(section.text.split())


def test_a_single_paragraph_may_be_named_by_its_number() -> None:
    document = made(LAW, "zh")
    one = section_with(document, "登记免费")
    listed = section_with(document, "责令改正")

    assert span_of(one, (Step("paragraph", (1,)),)) == (one.start, one.end)
    assert span_of(one, (Step("paragraph", (2,)),)) is None
    item = span_of(listed, (Step("paragraph", (1,)), Step("item", (2,))))
    assert item is not None
    assert document.text[slice(*item)].strip() == "（二）逾期的。"


@pytest.mark.parametrize(
    "text",
    [
        "第一条 " + "（一）" * 100_000,
        "第一条 " + "：（一）甲；" * 20_000,
        "Article 1 " + "; (a) " * 20_000,
        "Article 1 " + "1. (a) (i) " * 15_000,
        "Article 1 " + "word " * 200_000,
        "§ " + "1" * 1_000_000 + "!",
        "Article " + "1" * 1_000_000 + "_",
        "Article 1 " + "1." * 500_000,
    ],
)
def test_a_very_long_line_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    for section in split_sections(made(text, "zh" if text[0] == "第" else "en")):
        clauses_of(section)
    assert time.perf_counter() - start < 5


@settings(deadline=None)
@given(odd_texts)
def test_the_stretches_of_any_section_are_the_section(text: str) -> None:
    for section in split_sections(made(text)):
        clauses = clauses_of(section)
        assert (clauses[0].start, clauses[-1].end) == (section.start, section.end)
        assert all(one.end == after.start for one, after in pairwise(clauses))
