import pytest

from assistant.claims.word_order import kept_in_order


def test_the_longest_common_subsequence_as_a_share_of_the_first() -> None:
    # "a c d" of "a b c d" stands in order in the other.
    assert kept_in_order(list("abcd"), list("axcydb")) == pytest.approx(3 / 4)
    assert kept_in_order(list("ab"), list("ba")) == pytest.approx(1 / 2)
    assert kept_in_order(list("ab"), list("xab")) == 1.0


def test_no_words_share_nothing() -> None:
    assert kept_in_order([], ["a"]) == kept_in_order(["a"], []) == 0.0


def test_only_the_beginning_of_endless_texts_is_compared() -> None:
    assert kept_in_order(["a"] * 400 + ["b"] * 400, ["a"] * 400) == 1.0
