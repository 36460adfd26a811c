"""Locators in both languages, written by hand."""

import pytest

from knowledge.clauses.locators import locate
from knowledge.policy import Document, Language, Layout
from tests.knowledge.clause_texts import AGREEMENT, LAW, TREATY, made, section_with


def place(document: Document, first: str, language: Language, last: str = "") -> str:
    """The locator of the words `first`, or of the stretch from them to `last`."""
    section = section_with(document, first)
    start = document.text.index(first)
    end = document.text.index(last or first, start) + len(last or first)
    return locate(section, start, end, language)


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        ("从事下列", "第十二条第一款", "Article 12, paragraph 1"),
        ("其他", "第十二条第一款第（三）项", "Article 12, paragraph 1, item (3)"),
        ("货物", "第十二条第一款第（二）项第1目", "Article 12, paragraph 1, item (2), subitem 1"),
        ("前款规定", "第十二条第二款", "Article 12, paragraph 2"),
        ("登记免费", "第十二条之二", "Article 12-2"),
        ("逾期的", "第一百零二条第（二）项", "Article 102, item (2)"),
        ("口岸海关", "第一百零三条", "Article 103"),
        ("总则", "第一章 总则 › 第1段", "第一章 总则 › paragraph 1"),
    ],
)
def test_a_chinese_law(words: str, chinese: str, english: str) -> None:
    document = made(LAW, "zh")
    assert place(document, words, "zh") == chinese
    assert place(document, words, "en") == english


def test_a_chinese_treaty() -> None:
    assert place(made(TREATY, "zh"), "合作", "zh") == "第三条第一款第（二）项"
    assert place(made(TREATY, "zh"), "缔约一方", "en") == "Article 3, paragraph 2"


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        ("This Agreement", "Article 5, paragraph 1", "第5条第1款"),
        ("goods", "Article 5, paragraph 1(a)", "第5条第1款第(a)项"),
        ("insurers", "Article 5, paragraph 1(b)(ii)", "第5条第1款第(b)项第(ii)目"),
        ("Another paragraph", "Article 6, paragraph 3", "第6条第3款"),
        ("The Parties shall meet", "Article 8.1", "第8.1条"),
        ("meet again", "Article 8.2(a)", "第8.2条第(a)项"),
        # "Article 7" stands twice: the chapter tells one from the other, and an annex is always named.
        ("A fee", "Chapter 1, Article 7(b)", "第1章第7条第(b)项"),
        ("10 yuan", "Annex 2-B, Article 7, paragraph 2", "附件2-B第7条第2款"),
    ],
)
def test_an_english_agreement(words: str, english: str, chinese: str) -> None:
    assert place(made(AGREEMENT), words, "en") == english
    assert place(made(AGREEMENT), words, "zh") == chinese


@pytest.mark.parametrize(
    ("first", "last", "language", "locator"),
    [
        ("从事下列", "乙。", "zh", "第十二条"),  # all of it
        ("从事下列", "由海关办理", "zh", "第十二条第一款至第二款"),
        ("从事下列", "由海关办理", "en", "Article 12, paragraphs 1 to 2"),
        ("进口", "其他。", "zh", "第十二条第一款第（一）项至第（三）项"),
        ("进口", "其他。", "en", "Article 12, paragraph 1, items (1) to (3)"),
        ("从事下列", "其他。", "zh", "第十二条第一款"),
    ],
)
def test_a_stretch_over_several_clauses(first: str, last: str, language: Language, locator: str) -> None:
    assert place(made(LAW, "zh"), first, language, last) == locator


def test_a_stretch_over_several_english_clauses() -> None:
    agreement = made(AGREEMENT)
    assert place(agreement, "Each Party", "en", "(b) two.") == "Article 6, paragraphs 1 to 2"
    assert place(agreement, "seven", "en", "nine;") == "Article 5, paragraph 2(g) to (i)"
    assert place(agreement, "seven", "zh", "nine;") == "第5条第2款第(g)项至第(i)项"


def test_text_without_clauses_keeps_its_headings_and_counted_paragraphs() -> None:
    document = made(
        "Preface.\n\n# Scope\n\nOne.\n\n- Two.\n\nThree.\n\n# Fees\n\n1. No fee.\n\n2. A fee: (a) x; (b) y.\n"
    )
    assert place(document, "Preface", "en") == "paragraph 1"
    assert place(document, "Preface", "zh") == "第1段"
    assert place(document, "Three", "en") == "Scope › paragraph 3"
    assert place(document, "A fee", "en") == "Fees › paragraph 2"
    assert place(document, "y.", "en") == "Fees › paragraph 2(b)"


@pytest.mark.parametrize(
    ("text", "words", "locator"),
    [
        (
            "Section 5. Definitions. A “service” is any service.\n\n(a) One.\n\n(b) Two.",
            "Two",
            "Section 5(b)",
        ),
        ("§ 12 Fees\n\n(1) None.\n\n(2) Some.", "Some", "§ 12, paragraph 2"),
        ("PART I\n\nArticle III\n\nText.\n\n# Notes\n\nMore.", "Text", "Article III"),
        ("Article 4 Terms\n\n## Definitions\n\nOne.\n\nTwo.", "Two", "Definitions › paragraph 2"),
    ],
)
def test_other_ways_to_number(text: str, words: str, locator: str) -> None:
    assert place(made(text), words, "en") == locator


def test_the_page_is_told_where_there_are_pages() -> None:
    pages = Layout(pages=(0, LAW.index("（三）其他"), LAW.index("第十二条之二")))
    document = made(LAW, "zh", pages)
    assert place(document, "从事下列", "zh") == "第十二条第一款，第1页"
    assert place(document, "其他", "en") == "Article 12, paragraph 1, item (3), page 2"
    assert place(document, "登记免费", "zh") == "第十二条之二，第3页"
