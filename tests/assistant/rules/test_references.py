import pytest

from assistant.rules.references import UNKNOWN_CLAUSE, Named, named_in, unknown_reference
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("第十二条第二款", {("article", "12"), ("paragraph", "2")}),
        ("第12条", {("article", "12")}),
        ("Articles 3, 4 and 5", {("article", "3"), ("article", "4"), ("article", "5")}),
        ("Section 5.3", {("section", "5.3")}),
        ("Art. 7 and § 8", {("article", "7"), ("section", "8")}),
        ("Chapter IV", {("chapter", "4")}),
        ("国务院令第666号", {("number", "666")}),
        ("国发〔2021〕5号", {("number", "5")}),
        ("Order No. 666", {("number", "666")}),
        ("the 12 articles of clothing", set()),
        ("第十五次学习", set()),
    ],
)
def test_clauses_and_documents_are_named_in_one_form(text: str, named: set[tuple[str, str]]) -> None:
    assert named_in(text)[0] == {Named(unit, number) for unit, number in named}


def test_what_is_named_is_taken_out_of_the_text() -> None:
    assert named_in("Article 12 allows 30 days.")[1].split() == ["allows", "30", "days."]


@pytest.mark.parametrize(
    ("text", "evidence", "facts", "refused"),
    [
        ("Under Article 12 a fee is due.", "第十二条　应当缴纳费用。", "", None),
        ("根据第十二条，应当缴费。", "A fee is due.", "Article 12", None),  # the locator says so
        ("根据国务院令第666号，应当缴费。", "应当缴费。", "国务院令第666号", None),
        ("Under Article 13 a fee is due.", "第十二条　应当缴纳费用。", "", UNKNOWN_CLAUSE),
        ("根据第十二条，应当缴费。", "第二十条　应当缴费。", "", UNKNOWN_CLAUSE),
        ("Under Section 12 a fee is due.", "Article 12. A fee is due.", "", UNKNOWN_CLAUSE),
        ("根据国务院令第666号，应当缴费。", "应当缴费。", "国务院令第665号", UNKNOWN_CLAUSE),
    ],
)
def test_a_clause_or_document_that_is_not_there_is_refused(
    text: str, evidence: str, facts: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert (
        unknown_reference(stated(text, evidence, facts=facts, dictionary=dictionary), dictionary) == refused
    )
