import pytest

from assistant.rules.all_rules import refusal, states_a_rule
from assistant.rules.numbers import MISSING
from assistant.rules.quotation_marks import FORGED
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated

RULE = "A firm shall report within 30 days."


def test_the_first_rule_that_refuses_gives_the_reason(dictionary: ChineseDictionary) -> None:
    true = stated("A firm must report within thirty days.", RULE, dictionary=dictionary)
    forged = stated("A firm must “confess” within 40 days.", RULE, dictionary=dictionary)
    wrong = stated("A firm may report within 40 days.", RULE, dictionary=dictionary)

    assert [refusal(one, dictionary) for one in (true, forged, wrong)] == [None, FORGED, MISSING]


@pytest.mark.parametrize("empty", ["", "…", "[1]"])
def test_a_sentence_without_words_breaks_no_rule(empty: str, dictionary: ChineseDictionary) -> None:
    refusal(stated(empty, RULE, dictionary=dictionary), dictionary)
    refusal(stated("A firm reports.", dictionary=dictionary), dictionary)


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        (RULE, True),
        ("本法适用于货物贸易。", True),
        ("企业不得出口。", True),
        ("He won when it rained.", False),
        ("贸易增长很快。", False),
    ],
)
def test_a_rule_is_told_from_a_report(sentence: str, states: bool) -> None:
    assert states_a_rule(sentence) is states
