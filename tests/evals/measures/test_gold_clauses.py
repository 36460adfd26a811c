from dataclasses import replace

import pytest

from evals.measures.gold_clauses import stands_in_a_gold_clause
from knowledge.policy import Passage
from tests.evals.seed_answers import case, document, passage


def under(*headings: str, name: str = "law.txt") -> Passage:
    whole = passage(0, 5, document("Words.", name))
    return replace(whole, section=replace(whole.section, heading_path=headings))


@pytest.mark.parametrize(
    ("clause", "headings"),
    [
        ("Article 5", ("Chapter II", "Article 5 Definitions")),
        ("Article 5.3", ("Article  5",)),
        ("article 5(a)", ("Article 5: Scope",)),
        ("第二十四条", ("第三章", "第二十四条 进口货物的收货人")),
        ("第二十四条第二款", ("第二十四条",)),
        ("第三章", ("第三章 进出境货物", "第二十四条")),
    ],
)
def test_a_passage_under_the_heading_of_the_clause_stands_in_it(
    clause: str, headings: tuple[str, ...]
) -> None:
    asked = replace(case(documents=("law.txt",)), gold_clauses=("Article 99", clause))
    assert stands_in_a_gold_clause(asked, under(*headings))


@pytest.mark.parametrize(
    ("clause", "headings"),
    [
        ("Article 5", ("Article 52",)),
        ("Article 5", ("Article 5.1",)),
        ("第二条", ("第二十四条",)),
        ("Article 5", ()),
    ],
)
def test_another_clause_is_not_it(clause: str, headings: tuple[str, ...]) -> None:
    asked = replace(case(documents=("law.txt",)), gold_clauses=(clause,))
    assert not stands_in_a_gold_clause(asked, under(*headings))


def test_the_same_clause_of_another_document_is_not_it() -> None:
    asked = replace(case(documents=("law.txt",)), gold_clauses=("Article 5",))
    assert not stands_in_a_gold_clause(asked, under("Article 5", name="other.txt"))
    assert not stands_in_a_gold_clause(case(documents=("law.txt",)), under("Article 5"))
