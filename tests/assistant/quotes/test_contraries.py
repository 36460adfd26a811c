"""Opposite sides of one matter."""

import pytest

from assistant.quotes.contraries import contrary_pairs, speaks_of_the_contrary
from knowledge.terms import terms

IMPORTS = "A favorable environment for imports should be created."
BOTH = "Imports and exports should be balanced."


def contrary(question: str, sentence: str) -> bool:
    return speaks_of_the_contrary(frozenset(terms(question)), frozenset(terms(sentence)))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How should exports be supported?", IMPORTS),
        ("What must exporters do?", "The importer shall declare the origin."),
        ("出口应当如何支持？", IMPORTS),
        ("进口货物的收货人何时申报？", "发货人应当在装货以前申报。"),
    ],
)
def test_the_other_side_alone_is_the_contrary(question: str, sentence: str) -> None:
    assert contrary(question, sentence)
    assert not contrary(sentence, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How should imports be supported?", IMPORTS),
        ("How should exports be supported?", BOTH),
        ("Are imports and exports treated alike?", IMPORTS),
        ("How should data flow?", IMPORTS),
        ("", ""),
    ],
)
def test_the_same_side_both_or_neither_is_not(question: str, sentence: str) -> None:
    assert not contrary(question, sentence)


def test_no_word_stands_on_both_sides() -> None:
    assert all(one and other and not one & other for one, other in contrary_pairs())
