import pytest
from hypothesis import given, settings

from knowledge.clauses.headings import heading_of
from knowledge.paragraphs import Span
from knowledge.passage_cutting import cut_passages
from knowledge.policy import Document, DocumentFacts, Layout, Section
from knowledge.sectioning import has_only_headings, is_heading, split_sections
from tests.knowledge.odd_text import gaps, is_blank, odd_texts

LAW = """# 某市服务贸易促进条例

某市人民代表大会常务委员会通过

<!-- INFO END -->

## 第一章 总 则

第一条 为了促进服务贸易，制定本条例。

第二条　本市行政区域内的服务贸易，适用本条例。

第三条第二款规定的情形除外。

## 第二章 促进

### 第一节 资金

第三条 市人民政府设立专项资金。

第三条之一 专项资金的使用，应当公开。

### 第二节 人才

第四条（人才引进） 市人民政府引进人才。

## 附则

第五条 本条例自公布之日起施行。
"""

AGREEMENT = """Agreement on Trade in Services

The Parties have agreed as follows:

CHAPTER I
GENERAL PROVISIONS

Article 1
Objectives

The objectives of this Agreement are set out below.

Article 2.1: Scope

Article 5 of this Agreement shall not apply. It follows that

Article 5, paragraph 2, prevails. Under

Article XX GATT 1994 exceptions apply.

CHAPTER II

Section A – Market Access

Article 3 Each Party shall open its market in accordance with its schedule.

Annex 2-B

The schedule.
"""


def document(text: str, title: str = "某市服务贸易促进条例") -> Document:
    return Document("0123456789abcdef", DocumentFacts(title), text, "zh", "0" * 64, "/laws/a.md")


def paths(text: str, title: str = "untitled") -> list[tuple[str, ...]]:
    return [section.heading_path for section in split_sections(document(text, title))]


def test_a_chinese_law() -> None:
    sections = split_sections(document(LAW))
    assert [section.heading_path for section in sections] == [
        (),
        ("第一章 总 则",),
        ("第一章 总 则", "第一条"),
        ("第一章 总 则", "第二条"),
        ("第二章 促进",),
        ("第二章 促进", "第一节 资金"),
        ("第二章 促进", "第一节 资金", "第三条"),
        ("第二章 促进", "第一节 资金", "第三条之一"),
        ("第二章 促进", "第二节 人才"),
        ("第二章 促进", "第二节 人才", "第四条（人才引进）"),
        ("附则",),
        ("附则", "第五条"),
    ]
    assert [section.ordinal for section in sections] == list(range(12))
    assert sections[0].text == "# 某市服务贸易促进条例\n\n某市人民代表大会常务委员会通过"
    # A cross-reference at the start of a paragraph stays in the clause above it.
    assert sections[3].text.endswith("\n\n第三条第二款规定的情形除外。")


def test_an_english_agreement() -> None:
    sections = split_sections(document(AGREEMENT, "Agreement on Trade in Services"))
    assert [section.heading_path for section in sections] == [
        (),
        ("CHAPTER I",),
        ("CHAPTER I", "Article 1"),
        ("CHAPTER I", "Article 2.1: Scope"),
        ("CHAPTER II",),
        ("CHAPTER II", "Section A – Market Access"),
        ("CHAPTER II", "Section A – Market Access", "Article 3"),
        ("Annex 2-B",),
    ]
    assert "Article XX GATT 1994" in sections[3].text


def test_the_same_law_as_plain_text_has_the_same_sections() -> None:
    plain = LAW.replace("<!-- INFO END -->\n", "").replace("#", "").replace("\n\n", "\n").replace("\n ", "\n")
    expected = [path for path in paths(LAW, "某市服务贸易促进条例") if "附则" not in path and path]
    assert [path for path in paths(plain) if path and path[-1] != "第五条"] == expected


@pytest.mark.parametrize(
    "paragraph",
    [
        "第十二条第二款规定的货物，从其规定。",
        "第十二条 第二款规定的货物，从其规定。",
        "第十二条的规定，适用于本章。",
        "第十二条、第十三条规定的货物",
        "第十二条 和第十三条规定的货物",
        "第十二条（一）项规定的货物",
        "第十二条（以下称该条）规定的货物",
        "第三章规定的货物",
        "第三章 规定的货物，应当申报。",
        "第一款所列货物",
        "第一 总则",
        "根据第十二条 的规定",
        "Article 5 of this Agreement shall apply.",
        "Article 5(2) shall apply.",
        "Article 5 (2) shall apply.",
        "Article 5 Paragraph 2 shall apply.",
        "Articles 5 and 6 shall apply.",
        "Article XX GATT 1994 shall apply to every measure.",
        "Chapter 2 applies to goods.",
        "Part 2 The Parties shall cooperate in all matters of trade.",
        "Part of the goods",
        "Section 301 duties",
        "Annexes to this Agreement",
        "Title to the goods passes.",
        "§ 5 of the Trade Act shall apply.",
        "§ 5(2) and § 6 shall apply.",
        "#hashtag",
        "1. First item",
        "",
    ],
)
def test_no_heading(paragraph: str) -> None:
    assert heading_of(paragraph, "following text.") is None


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        ("第十二条 货物进口时应当申报。", "第十二条"),
        ("第十二条\u3000货物", "第十二条"),
        ("第12条 货物", "第12条"),
        ("第１２条 货物", "第１２条"),
        ("第十二条", "第十二条"),
        ("第十二条：货物", "第十二条"),
        ("第十二条之二 货物", "第十二条之二"),
        ("第一条（目的和依据）为了规范", "第一条（目的和依据）"),
        ("**第一条** 为了规范", "第一条"),
        ("第一条【适用范围】 本法", "第一条【适用范围】"),
        ("第三章总则", "第三章总则"),
        ("第二编 分则", "第二编 分则"),
        ("第一分编 通则", "第一分编 通则"),
        ("第二章 货物进口、技术进口", "第二章 货物进口、技术进口"),
        ("一、总体要求", "一、总体要求"),
        ("Article 5", "Article 5"),
        ("Article 5.", "Article 5"),
        ("ARTICLE IV: NATIONAL TREATMENT", "ARTICLE IV: NATIONAL TREATMENT"),
        ("Article 10.19 – Transparency", "Article 10.19 – Transparency"),
        ("Article 5 The Parties shall cooperate.", "Article 5"),
        ("Article 5bis Definitions", "Article 5bis Definitions"),
        ("Article C-00 Scope", "Article C-00 Scope"),
        ("Section 5. Definitions. The term “service” means any service.", "Section 5"),
        ("Chapter Two: Goods", "Chapter Two: Goods"),
        ("PART IV", "PART IV"),
        ("ANNEX", "ANNEX"),
        ("Annex 1A Schedule of Australia", "Annex 1A Schedule of Australia"),
        ("## Scope ##", "Scope"),
        ("###### **Scope**", "Scope"),
        ("CHAPTER EIGHTEEN Co-Operation", "CHAPTER EIGHTEEN Co-Operation"),
        ("§ 5", "§ 5"),
        ("§ 301.12 Scope of application", "§ 301.12 Scope of application"),
        ("§ 5. The authority shall decide within thirty days.", "§ 5"),
    ],
)
def test_headings(paragraph: str, heading: str) -> None:
    found = heading_of(paragraph, "following text.")
    assert found is not None
    assert found.text == heading


def test_markdown_levels_nest() -> None:
    text = "# Other title\n\n## One\n\n### Deep\n\na\n\n## Two\n\nb\n"
    assert paths(text) == [
        ("Other title",),
        ("Other title", "One"),
        ("Other title", "One", "Deep"),
        ("Other title", "Two"),
    ]


def test_a_markdown_heading_closes_the_clause_above_it_and_chapters_nest_by_their_label() -> None:
    # Both levels are written "##" in public collections of law.
    text = "## 第一章 总则\n\n## 第一节 范围\n\n第一条 甲。\n\n## 附件\n\n乙。\n"
    assert paths(text) == [
        ("第一章 总则",),
        ("第一章 总则", "第一节 范围"),
        ("第一章 总则", "第一节 范围", "第一条"),
        ("附件",),
    ]


def test_no_heading_inside_a_code_fence() -> None:
    assert paths("# A\n\n```\n# not one\n第一条 甲\n```\n\n# B\n\nb") == [("A",), ("B",)]


@pytest.mark.parametrize("following", ["and", "with a view to it", ", treatment", "; and"])
def test_a_label_in_the_middle_of_a_sentence_is_no_heading(following: str) -> None:
    assert heading_of("Annex 2A", following) is None
    assert heading_of("Annex 2A", "(a) Goods") is not None
    assert heading_of("## Annex 2A", following) is not None


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("above", ["as provided in", "Notwithstanding", "paragraph 2 of", "Chapter 3 and"])
def test_a_label_below_a_line_that_hangs_is_no_heading(above: str, gap: str) -> None:
    assert paths(f"A Party shall act {above}{gap}Article 5 (Scope).") == [()]
    assert paths(f"## A Party shall act {above}{gap}## Article 5 (Scope)")[-1][-1] == "Article 5 (Scope)"


def test_a_row_of_numbered_lines_is_a_list() -> None:
    assert paths("材料如下：\n\n一、申请书\n\n二、许可证\n") == [()]
    assert paths("一、申请\n\n提交申请书。\n\n二、许可\n\n发给许可证。\n") == [("一、申请",), ("二、许可",)]


def test_a_comment_is_in_no_section_and_the_text_after_it_keeps_its_path() -> None:
    text = "# A\n\nbefore <!-- # hidden\n\nhidden --> after\n"
    sections = split_sections(document(text, "untitled"))
    assert [(section.heading_path, section.text) for section in sections] == [
        (("A",), "# A\n\nbefore"),
        (("A",), "after"),
    ]


def test_an_unclosed_comment_is_text() -> None:
    assert split_sections(document("a <!-- b", "untitled"))[0].text == "a <!-- b"


SHOWN = "Leave policy\nScope of this policy\nthis policy applies to all.\n\nParental leave\nSix weeks.\n"


def shown(text: str, *headings: tuple[str, int], title: str = "untitled") -> Document:
    """A document whose format shows as headings the paragraphs that begin with these words."""
    layout = Layout(headings=tuple((text.index(words), level) for words, level in headings))
    return Document("0123456789abcdef", DocumentFacts(title), text, "en", "0" * 64, "/a.docx", layout)


def test_headings_that_only_the_format_shows() -> None:
    document = shown(SHOWN, ("Leave policy", 1), ("Scope", 2), ("Parental", 2), title="Leave policy")
    sections = split_sections(document)
    assert [(section.heading_path, section.text) for section in sections] == [
        ((), "Leave policy"),
        (("Scope of this policy",), "Scope of this policy\nthis policy applies to all."),
        (("Parental leave",), "Parental leave\nSix weeks."),
    ]
    # A heading without text gives no passage, and is no sentence to quote.
    passages = [passage.text for section in sections for passage in cut_passages(section)]
    assert passages == [section.text for section in sections[1:]]
    assert [is_heading(document, Span(0, 12)), is_heading(document, Span(13, 33))] == [True, True]
    assert not is_heading(document, Span(34, 61))
    assert paths(SHOWN) == [()]


def test_a_shown_heading_is_a_paragraph_even_where_it_reads_like_the_end_of_a_wrapped_line() -> None:
    above = "The competent authority shall notify the exporting Party in writing of the"
    text = f"{above}\nscope and coverage\n\nEnd."
    assert paths(text) == [()]
    assert [section.text for section in split_sections(shown(text, ("scope", 1)))] == [
        above,
        "scope and coverage\n\nEnd.",
    ]


def test_shown_headings_and_labelled_clauses_nest_together() -> None:
    text = "CHAPTER 1 Scope\n\nArticle 1 Aim\nText.\n\nArticle 2\nText.\n\nFinal part\n\nArticle 3 It ends.\n"
    document = shown(text, ("CHAPTER", 1), ("Article 2", 2), ("Final", 1), ("Article 3", 2))
    assert [section.heading_path for section in split_sections(document)] == [
        ("CHAPTER 1 Scope",),
        ("CHAPTER 1 Scope", "Article 1 Aim"),
        ("CHAPTER 1 Scope", "Article 2"),
        ("Final part",),
        # The whole clause is set like a heading; only its label is one.
        ("Final part", "Article 3"),
    ]


def test_what_is_too_long_for_a_heading_is_text_whatever_its_format_calls_it() -> None:
    text = "word " * 60
    assert [section.heading_path for section in split_sections(shown(text, ("word", 1)))] == [()]


def test_only_headings() -> None:
    assert has_only_headings(document("# A\n\n## 第一章 总则\n\nArticle 5.\n"))
    assert not has_only_headings(document("# A\n\n第一条 甲。\n"))


def uncovered(document: Document, sections: tuple[Section, ...]) -> list[str]:
    """What lies outside of the sections, comments taken out."""
    left = []
    for gap in gaps(document.text, [(section.start, section.end) for section in sections]):
        while (opening := gap.find("<!--")) >= 0 and (closing := gap.find("-->", opening + 4)) >= 0:
            gap = gap[:opening] + gap[closing + 3 :]
        left.append(gap)
    return left


@settings(deadline=None)
@given(odd_texts)
def test_sections_are_in_order_and_cover_all_that_is_visible(text: str) -> None:
    whole = document(text, "T")
    sections = split_sections(whole)
    assert all(section.text == section.text.strip() != "" for section in sections)
    assert all(is_blank(gap) for gap in uncovered(whole, sections))
