"""Clauses by name: whatever a locator says is found again, and so is what references are written like."""

import pytest

from knowledge.clauses.clause_finding import LONGEST_NAME, find_clauses
from knowledge.clauses.clause_places import clauses_of
from knowledge.clauses.locators import locate
from knowledge.policy import Document, Language, Layout
from knowledge.sectioning import split_sections
from tests.knowledge.clause_texts import AGREEMENT, LAW, TREATY, made

DOCUMENTS = [made(LAW, "zh"), made(TREATY, "zh"), made(AGREEMENT)]


def texts(document: Document, name: str) -> list[str]:
    return [one.text for one in find_clauses(split_sections(document), name)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["law", "treaty", "agreement"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_locator_says_is_found_again(document: Document, language: Language) -> None:
    sections = split_sections(document)
    tried = 0
    for section in sections:
        for clause in clauses_of(section):
            if not document.text[clause.start : clause.end].strip():
                continue
            name = locate(section, clause.start, clause.end, language)
            found = find_clauses(sections, name)
            assert any(
                one.section == section and one.start < clause.end and clause.start < one.end for one in found
            ), name
            tried += 1
    assert tried > 5


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("第十二条第一款第（三）项", "（三）其他。"),
        ("Article 12, paragraph 1, item (2), subitem 1", "1. 货物；"),
        ("Article 12(1)(3)", "（三）其他。"),
        ("第十二条之二", "第十二条之二 登记免费。"),
        ("article 12-2", "第十二条之二 登记免费。"),
        ("第12条第2款第（1）项", "（一）甲；"),
        ("第十二条第二款第（一）项至第（二）项", "（一）甲；\n\n（二）乙。"),
        ("Article 12, paragraph 2, items (1) to (2)", "（一）甲；\n\n（二）乙。"),
    ],
)
def test_a_chinese_law_in_either_style(name: str, text: str) -> None:
    assert texts(made(LAW, "zh"), name) == [text]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Article 5, paragraph 1(b)(ii)", "(ii) insurers; and"),
        ("article 5(1)(b)(ii)", "(ii) insurers; and"),
        ("第5条第1款第(b)项第(ii)目", "(ii) insurers; and"),
        ("Chapter 1, Article 7(b)", "(b) A fee."),
        ("第8.2条第(a)项", "(a) meet again."),
        ("Annex 2-B, Article 7, paragraph 2", "2. Certificates | 10 yuan"),
    ],
)
def test_an_english_agreement_in_either_style(name: str, text: str) -> None:
    assert texts(made(AGREEMENT), name) == [text]


def test_a_number_that_stands_in_two_chapters_means_both() -> None:
    found = texts(made(AGREEMENT), "Article 7")

    assert [one.split("\n")[0] for one in found] == ["Article 7 Fees", "Article 7 Tables"]


def test_an_article_of_one_paragraph_is_read_whole() -> None:
    text = "Article 1 Fee\n\nThe fee is 20 yuan.\n\nArticle 2 Term\n\nA year.\n"

    assert texts(made(text), "Article 1") == ["Article 1 Fee\n\nThe fee is 20 yuan."]


def test_a_page_tells_two_of_one_name_apart() -> None:
    text = "Scope\n\nThe fee is due at once.\n\nScope\n\nThe duty is due in June.\n"
    again = text.index("Scope", 5)
    layout = Layout(headings=((0, 1), (again, 1)), pages=(0, again))
    document = made(text, layout=layout)
    sections = split_sections(document)
    named = [locate(section, section.start, section.end, "en") for section in sections]

    assert named == ["Scope › paragraph 1, page 1", "Scope › paragraph 1, page 2"]
    assert [len(find_clauses(sections, name)) for name in (named[0].split(",")[0], *named)] == [2, 1, 1]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "第九条",
        "Article 99",
        "../../etc/passwd",
        "A" * (LONGEST_NAME + 1),
        "(" * 200,
        "\x00",
        "\ud800",
    ],
)
def test_what_names_nothing_finds_nothing(name: str) -> None:
    assert all(texts(document, name) == [] for document in DOCUMENTS)
