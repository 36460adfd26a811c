import pytest

from knowledge.score_fusion import fused_scores

EVEN = {"one": 1.0, "two": 1.0}


def test_a_score_counts_in_standard_deviations_above_the_lowest_and_a_little_by_rank() -> None:
    fused = dict(fused_scores({"one": [("a", 7.0), ("b", 5.0), ("c", 3.0)]}, {"one": 0.5}))

    spread = (8 / 3) ** 0.5  # of 7, 5 and 3
    assert fused["a"] == pytest.approx(0.5 * (4 / spread + 5 / 11))
    assert fused["b"] == pytest.approx(0.5 * (2 / spread + 5 / 12))
    assert fused["c"] == pytest.approx(0.5 * (0 + 5 / 13))


def test_scores_of_any_scale_weigh_the_same() -> None:
    small = fused_scores({"one": [("a", 0.9), ("b", 0.8)], "two": [("b", 2.0), ("a", 1.0)]}, EVEN)
    large = fused_scores({"one": [("a", 900), ("b", 800)], "two": [("b", 2.0), ("a", 1.0)]}, EVEN)

    assert [id_ for id_, _score in small] == [id_ for id_, _score in large]
    assert dict(small) == pytest.approx(dict(large))


def test_being_far_ahead_in_one_ranking_beats_being_just_ahead_in_the_other() -> None:
    far = [("a", 30.0), ("b", 11.0), ("c", 10.0)]
    close = [("b", 0.90), ("a", 0.89), ("c", 0.10)]

    assert fused_scores({"one": far, "two": close}, EVEN)[0][0] == "a"


def test_weights_decide_between_rankings_that_disagree() -> None:
    rankings = {"one": [("a", 2.0), ("b", 1.0)], "two": [("b", 2.0), ("a", 1.0)]}

    assert fused_scores(rankings, {"one": 1.0, "two": 3.0})[0][0] == "b"
    assert fused_scores(rankings, {"one": 3.0, "two": 1.0})[0][0] == "a"


def test_a_single_find_counts_though_it_has_no_spread() -> None:
    ((found, score),) = fused_scores({"one": [("a", 4.2)], "two": []}, EVEN)

    assert found == "a"
    assert score == pytest.approx(5 / 11)


def test_matching_a_word_beats_a_small_lead_in_meaning() -> None:
    rankings = {"words": [("b", 3.1)], "meaning": [("a", 0.84), ("b", 0.83), ("c", 0.79)]}
    weights = {"words": 0.5, "meaning": 0.5}

    assert fused_scores(rankings, weights)[0][0] == "a"
    assert fused_scores(rankings, weights, of_matches={"words"})[0][0] == "b"


def test_matches_that_are_all_but_alike_keep_their_small_difference_small() -> None:
    fused = dict(fused_scores({"words": [("a", 4.0), ("b", 3.96)]}, {"words": 1.0}, of_matches={"words"}))

    assert fused["a"] - fused["b"] == pytest.approx(0.04 / 0.6 + 5 / 11 - 5 / 12)


def test_equal_scores_are_ordered_by_id_whatever_the_order_of_the_rankings() -> None:
    rankings = {"one": [("b", 1.0)], "two": [("a", 1.0)]}

    assert [id_ for id_, _score in fused_scores(rankings, EVEN)] == ["a", "b"]
    assert fused_scores(rankings, EVEN) == fused_scores(dict(reversed(rankings.items())), EVEN)


def test_nothing_fuses_to_nothing() -> None:
    assert fused_scores({}, EVEN) == []
    assert fused_scores({"one": [], "two": []}, EVEN) == []


def test_a_ranking_without_a_weight_is_an_error() -> None:
    with pytest.raises(KeyError):
        fused_scores({"three": [("a", 1.0)]}, EVEN)
