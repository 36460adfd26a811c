import pytest

from evals.measures.sentence_f1 import SentenceScore, sentence_precision_recall


def test_one_of_three_cited_and_one_of_two_gold() -> None:
    found = sentence_precision_recall({1, 2, 3}, {3, 4})
    assert (found.precision, found.recall) == (1 / 3, 1 / 2)
    assert found.f1 == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))


def test_an_empty_side_has_no_share_and_no_f1() -> None:
    assert sentence_precision_recall(set(), {"a"}) == SentenceScore(None, 0.0, 0.0)
    assert sentence_precision_recall({"a"}, set()) == SentenceScore(0.0, None, 0.0)


def test_citing_nothing_is_right_where_nothing_is_gold() -> None:
    assert sentence_precision_recall(set(), set()) == SentenceScore(None, None, 1.0)


def test_disjoint_sets_have_f1_zero() -> None:
    assert sentence_precision_recall({1}, {2}) == SentenceScore(0.0, 0.0, 0.0)
