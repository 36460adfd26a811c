"""What a sentence does with its words, and where two sentences differ in it."""

import pytest

from assistant.claims.force import Difference, difference, marks
from knowledge.terms import content_terms

NONE = Difference(0.0, 0.0, 0.0, 0.0)


def compared(claim: str, said: str) -> Difference:
    return difference(
        marks(claim), frozenset(content_terms(claim)), marks(said), frozenset(content_terms(said))
    )


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("The bank must publish the list.", "The bank shall publish the list."),
        ("The bank has to publish the list.", "The bank must publish the list."),
        ("银行必须公布清单。", "银行应当公布清单。"),
        ("Not only banks may publish the list.", "Banks may publish the list."),
        ("企业不仅可以申报。", "企业可以申报。"),
        ("It costs no more than 5.", "It costs at most 5."),
        ("Firms that are not registered pay.", "Firms that are not registered shall pay."),
        ("Banks pay.", "Banks pay a fee, and firms do not publish anything."),  # it is not of banks
    ],
)
def test_the_same_force_in_other_words(claim: str, said: str) -> None:
    assert compared(claim, said) == NONE


@pytest.mark.parametrize(
    ("claim", "said", "kind"),
    [
        ("The bank publishes the list.", "The bank never publishes the list.", "negation"),
        ("He did n't pay the fee.", "He did pay the fee.", "negation"),
        ("企业转让许可证。", "企业未转让许可证。", "negation"),
        ("The bank may publish the list.", "The bank shall publish the list.", "obligation"),
        ("The bank must publish the list.", "The bank publishes the list.", "obligation"),
        ("企业可以申报出口。", "企业应当申报出口。", "obligation"),
        ("Only banks pay.", "Banks pay.", "limit"),
        ("Banks pay a fee.", "Banks pay a fee, except for small ones.", "limit"),
        ("It costs no more than 5.", "It costs at least 5.", "limit"),
        ("只有企业申报。", "企业申报。", "limit"),
        ("They pay before the sale.", "They pay after the sale.", "direction"),
        ("关税降低。", "关税提高。", "direction"),
    ],
)
def test_one_difference(claim: str, said: str, kind: str) -> None:
    assert compared(claim, said) == Difference(**{**dict.fromkeys(NONE_FIELDS, 0.0), kind: 1.0})


NONE_FIELDS = ("negation", "obligation", "limit", "direction")


def test_a_prohibition_that_is_lifted_is_a_negation_that_differs() -> None:
    assert compared("企业可以转让许可证", "企业不得转让许可证") == Difference(1.0, 0.0, 0.0, 0.0)


def test_between_languages_the_kinds_of_words_are_compared() -> None:
    assert compared("A bank must not tell others.", "银行不得告诉他人。") == NONE
    assert compared("A bank should tell others.", "银行应当告诉他人。") == NONE
    assert compared("A bank must tell others.", "银行不得告诉他人。").negation == 1.0
    assert compared("A bank may tell others.", "银行应当告诉他人。").obligation == 1.0
