import pytest

from knowledge.rank_fusion import reciprocal_rank_fusion


def test_scores_are_sums_of_reciprocal_ranks() -> None:
    # With k = 10: a is first and third, b second and first, c third in one, d second in the other.
    fused = reciprocal_rank_fusion({"keywords": ["a", "b", "c"], "meaning": ["b", "d", "a"]})
    assert [id_ for id_, _score in fused] == ["b", "a", "d", "c"]
    assert [score for _id, score in fused] == pytest.approx(
        [
            1 / 12 + 1 / 11,  # b: .174242
            1 / 11 + 1 / 13,  # a: .167832
            1 / 12,  # d: .083333
            1 / 13,  # c: .076923
        ]
    )


def test_k_of_the_paper() -> None:
    fused = dict(reciprocal_rank_fusion({"one": ["a"], "two": ["b", "a"]}, k=60))
    assert fused == pytest.approx({"a": 1 / 61 + 1 / 62, "b": 1 / 61})  # .032522, .016393


def test_weights_multiply_a_ranking() -> None:
    rankings = {"keywords": ["a", "b"], "meaning": ["b", "a"]}
    fused = reciprocal_rank_fusion(rankings, weights={"keywords": 1, "meaning": 3})
    assert [id_ for id_, _score in fused] == ["b", "a"]
    assert dict(fused) == pytest.approx({"b": 1 / 12 + 3 / 11, "a": 1 / 11 + 3 / 12})
    with pytest.raises(KeyError, match="meaning"):
        reciprocal_rank_fusion(rankings, weights={"keywords": 1, "meanings": 3})


def test_equal_scores_are_ordered_by_id_whatever_the_order_of_the_rankings() -> None:
    rankings = {"keywords": ["b", "a"], "meaning": ["a", "b"]}
    assert [id_ for id_, _score in reciprocal_rank_fusion(rankings)] == ["a", "b"]
    assert reciprocal_rank_fusion(rankings) == reciprocal_rank_fusion(dict(reversed(rankings.items())))


def test_nothing_fuses_to_nothing() -> None:
    assert reciprocal_rank_fusion({}) == []
    assert reciprocal_rank_fusion({"keywords": [], "meaning": []}) == []
