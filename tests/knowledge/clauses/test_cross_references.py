"""References and the clauses that they name; told by hand."""

import pytest

from knowledge.clauses.cross_references import Clauses, references_in
from knowledge.policy import Document, Language
from knowledge.sectioning import split_sections
from tests.knowledge.clause_texts import made
from tests.knowledge.clauses.test_clause_places import short

Found = tuple[str, str, str | None]  # the words, the path, the other document


def found_in(text: str, language: Language) -> list[Found]:
    document = made(text, language)
    return [
        (text[one.start : one.end], short(one.path), one.document)
        for section in split_sections(document)
        for one in references_in(section)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违反本法第三条的", [("本法第三条", "article 3", None)]),
        ("依照第十二条第二款规定", [("第十二条第二款", "article 12 › paragraph 2", None)]),
        (
            "第十二条第一款第（三）项",
            [("第十二条第一款第（三）项", "article 12 › paragraph 1 › item 3", None)],
        ),
        ("第十二条第一款第三项", [("第十二条第一款第三项", "article 12 › paragraph 1 › item 3", None)]),
        ("第一百零二条之一所列", [("第一百零二条之一", "article 102.1", None)]),
        ("第１２条", [("第１２条", "article 12", None)]),
        ("依照《海关法》第二十四条", [("《海关法》第二十四条", "article 24", "海关法")]),
        (
            "依照《中华人民共和国海关法》（以下简称海关法）第二条",
            [("《中华人民共和国海关法》（以下简称海关法）第二条", "article 2", "中华人民共和国海关法")],
        ),
        (
            "依照中华人民共和国海关法第二条",
            [("中华人民共和国海关法第二条", "article 2", "中华人民共和国海关法")],
        ),
        ("第三条至第五条", [("第三条", "article 3", None), ("第五条", "article 5", None)]),
        (
            "本条例第三条第一款、第二款和第五条",
            [
                ("本条例第三条第一款", "article 3 › paragraph 1", None),
                ("第二款", "article 3 › paragraph 2", None),
                ("第五条", "article 5", None),
            ],
        ),
        (
            "《海关法》第二条、第三条",
            [("《海关法》第二条", "article 2", "海关法"), ("第三条", "article 3", "海关法")],
        ),
        ("前款规定的", [("前款", "paragraph -1", None)]),
        ("前款第（二）项", [("前款第（二）项", "paragraph -1 › item 2", None)]),
        ("前两款规定", [("前两款", "paragraph -2", None)]),
        ("前条规定", [("前条", "article -1", None)]),
        ("本条第一款", [("本条第一款", "paragraph 1", None)]),
        ("本法第三章第二节", [("本法第三章第二节", "chapter 3 › section 2", None)]),
        ("适用该法第三条", []),  # of which law, only the reader knows
        ("该条例第三条、第四条", []),
        ("同条第二款", []),
        ("香港特别行政区基本法第三条", [("香港特别行政区基本法第三条", "article 3", "香港特别行政区基本法")]),
        ("第三方支付、第一生产力、前提条件", []),
    ],
)
def test_chinese(text: str, expected: list[Found]) -> None:
    assert found_in(f"在这里{text}。" if text[0] == "第" else text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under Article 5.3, a", [("Article 5.3", "article 5.3", None)]),
        ("under Article 12(2)(a) it", [("Article 12(2)(a)", "article 12 › paragraph 2 › item 1", None)]),
        ("under Article III:2.", [("Article III:2", "article 3 › paragraph 2", None)]),
        ("see Article 5bis.", [("Article 5bis", "article 5.BIS", None)]),
        ("paragraph 2 of Article 7", [("paragraph 2 of Article 7", "article 7 › paragraph 2", None)]),
        ("Article 7, paragraph 2,", [("Article 7, paragraph 2", "article 7 › paragraph 2", None)]),
        (
            "subparagraph (a) of paragraph 2 of Article 7",
            [("subparagraph (a) of paragraph 2 of Article 7", "article 7 › paragraph 2 › item 1", None)],
        ),
        ("Articles 3 and 4", [("Articles 3", "article 3", None), ("4", "article 4", None)]),
        (
            "paragraphs 1, 2(b) and 3 of Article 7",
            [
                ("paragraphs 1", "article 7 › paragraph 1", None),
                ("2(b)", "article 7 › paragraph 2 › item 2", None),
                ("3", "article 7 › paragraph 3", None),
                ("Article 7", "article 7", None),
            ],
        ),
        ("paragraph 1(a) or (b)", [
            ("paragraph 1(a)", "paragraph 1 › item 1", None), ("(b)", "paragraph 1 › item 2", None),
        ]),
        ("Articles 4.1 through 4.3", [("Articles 4.1", "article 4.1", None), ("4.3", "article 4.3", None)]),
        ("Article 2 of Chapter 3", [("Article 2 of Chapter 3", "chapter 3 › article 2", None)]),
        ("Article 5 of this Agreement", [("Article 5", "article 5", None)]),
        ("paragraph 2 of this Article", [("paragraph 2", "paragraph 2", None)]),
        ("Section 2 of the Trade Act applies", [("Section 2", "section 2", "Trade Act")]),
        ("Article VI of the GATT 1994", [("Article VI", "article 6", "GATT 1994")]),
        ("Article XX GATT 1994", [("Article XX", "article 20", "GATT 1994")]),
        (
            "Article 5 (Scope) of the General Agreement on Tariffs and Trade 1994 and",
            [("Article 5", "article 5", "General Agreement on Tariffs and Trade 1994")],
        ),
        ("Annex 1A to the WTO Agreement", [("Annex 1A", "annex 1.A", "WTO Agreement")]),
        (
            "Articles 2 and 5 and Annex 3 of the TBT Agreement",
            [
                ("Articles 2", "article 2", "TBT Agreement"),
                ("5", "article 5", "TBT Agreement"),
                ("Annex 3", "annex 3", "TBT Agreement"),
            ],
        ),
        ("Article 2 and Article 3 of that Agreement", []),
        (
            "Article 2, and Article 3 of this Act",
            [("Article 2", "article 2", None), ("Article 3", "article 3", None)],
        ),
        ("Article 5 of that Agreement", []),
        ("Article 5 thereof", []),
        ("subparagraph (a) to the extent", [("subparagraph (a)", "item 1", None)]),
        ("Chapter Two and § 12", [("Chapter Two", "chapter 2", None), ("§ 12", "section 12", None)]),
        ("articles of clothing in part 3, Parts and components, Section on fees", []),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[Found]) -> None:
    assert found_in(f"As said, {text}", "en") == expected


def test_the_label_of_a_clause_and_a_heading_are_no_references() -> None:
    assert found_in("第三章 适用（第二条）\n\n第一条 依照第二条。\n\n第二条\n\n甲。", "zh") == [
        ("第二条", "article 2", None)
    ]
    assert found_in("Article 5 Scope\n\nArticle 6 Each Party.\n\nArticle 5 of this Act applies.", "en") == [
        ("Article 5", "article 5", None)
    ]


def targets(document: Document) -> list[tuple[str, str | None]]:
    """Every reference with the words of the clause that it names, None where it names none."""
    sections = split_sections(document)
    clauses = Clauses(sections)
    named = []
    for section in sections:
        for one in references_in(section):
            target = clauses.target(one, section)
            words = document.text[slice(*target[1])].strip() if target else None
            named.append((document.text[one.start : one.end], words))
    return named


def test_chinese_references_lead_to_their_clauses() -> None:
    text = """第一条 甲：

（一）子；

（二）丑。

前款第（二）项和本条第三款规定的除外。

乙，依照第（一）项、前两款。

第二条 依照前条第一款第（一）项、第九条。

第二条之一 丙，依照前条、前款、第二条第一款。
"""
    assert targets(made(text, "zh")) == [
        ("前款第（二）项", "（二）丑。"),
        ("本条第三款", "乙，依照第（一）项、前两款。"),
        ("第（一）项", None),  # the paragraph that holds these words has no items
        ("前两款", "甲：\n\n（一）子；\n\n（二）丑。"),
        ("前条第一款第（一）项", "（一）子；"),
        ("第九条", None),
        ("前条", "第二条 依照前条第一款第（一）项、第九条。"),
        ("前款", None),
        ("第二条第一款", "第二条 依照前条第一款第（一）项、第九条。"),
    ]


def test_english_references_lead_to_their_clauses() -> None:
    text = """CHAPTER 1 Goods

Article 1

1. One, under Article 2(b), and Article 2 of Chapter 2.

2. Two: (a) x; (b) under paragraph 1 and subparagraph (a).

Article 2

Three: (a) y; (b) z.

CHAPTER 2 Services

Article 2

2.1 Four, under Articles 1.2 and 7, and Article 2.1.
"""
    assert targets(made(text)) == [
        ("Article 2(b)", "(b) z."),  # of the same chapter
        ("Article 2 of Chapter 2", "Article 2\n\n2.1 Four, under Articles 1.2 and 7, and Article 2.1."),
        ("paragraph 1", "1. One, under Article 2(b), and Article 2 of Chapter 2."),
        ("subparagraph (a)", "(a) x;"),
        ("Articles 1.2", "2. Two: (a) x; (b) under paragraph 1 and subparagraph (a)."),
        ("7", None),
        ("Article 2.1", "2.1 Four, under Articles 1.2 and 7, and Article 2.1."),
    ]


def test_of_two_clauses_with_one_number_none_is_meant_from_elsewhere() -> None:
    twice = "CHAPTER 1\n\nArticle 1\n\nA.\n\nCHAPTER 2\n\nArticle 1\n\nB.\n\nCHAPTER 3\n\n"
    assert targets(made(f"{twice}Article 2\n\nUnder Article 1.\n")) == [("Article 1", None)]


@pytest.mark.parametrize(
    "unit",
    ["第三条、", "前款", "《甲", "依照法", "Articles 1, 2, ", "Article 1 of ", "paragraph (a) ", "of the A "],
)
def test_a_long_line_takes_no_time(unit: str) -> None:
    text = "在" + unit * (200_000 // len(unit))
    language: Language = "zh" if unit[0] > "z" else "en"
    for section in split_sections(made(text, language)):
        assert sum(1 for _ in references_in(section)) >= 0
