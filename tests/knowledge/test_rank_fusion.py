"""Reciprocal rank fusion, worked out by hand."""

import pytest

from knowledge.rank_fusion import reciprocal_ranks


def test_each_rank_counts_its_weight_over_three_and_the_rank() -> None:
    fused = reciprocal_ranks([["a", "b"], ["b", "c"]], (1.0, 2.0))

    # b: 1/5 + 2/4, c: 2/5, a: 1/4
    assert [key for key, _score in fused] == ["b", "c", "a"]
    assert [score for _key, score in fused] == pytest.approx([0.7, 0.4, 0.25])


def test_equal_scores_keep_their_order_and_nothing_gives_nothing() -> None:
    assert [key for key, _score in reciprocal_ranks([["x"], ["y"]], (1.0, 1.0))] == ["x", "y"]
    assert reciprocal_ranks([[], []], (1.0, 1.0)) == []


def test_every_ranking_needs_a_weight() -> None:
    with pytest.raises(ValueError, match="zip"):
        reciprocal_ranks([["x"], ["y"]], (1.0,))
