from math import log2

import pytest

from evals.measures.ranking import RANKING_MEASURES, ranking_measures

# Two relevant passages, found at places 2 and 4 of the ranking.
RUN = {"q": ["x", "a", "y", "b"]}
QRELS = {"q": {"a": 1, "b": 1, "x": 0}}
IDEAL = 1 + 1 / log2(3)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("R@1", 0.0),
        ("R@5", 1.0),
        ("R@10", 1.0),
        ("MRR@10", 1 / 2),
        ("nDCG@5", (1 / log2(3) + 1 / log2(5)) / IDEAL),
        ("nDCG@10", (1 / log2(3) + 1 / log2(5)) / IDEAL),
        ("MAP@10", (1 / 2 + 2 / 4) / 2),
    ],
)
def test_two_relevant_passages_at_places_two_and_four(measure: str, value: float) -> None:
    assert ranking_measures(RUN, QRELS)[measure]["q"] == pytest.approx(value, abs=1e-6)


def test_what_comes_after_the_depth_does_not_count() -> None:
    late = {"q": [*(f"x{i}" for i in range(10)), "a"]}
    values = ranking_measures(late, {"q": {"a": 1}})
    assert {name: value["q"] for name, value in values.items()} == dict.fromkeys(RANKING_MEASURES, 0.0)
    tenth = {"q": [*(f"x{i}" for i in range(9)), "a"]}
    values = ranking_measures(tenth, {"q": {"a": 1}})
    assert (values["R@5"]["q"], values["R@10"]["q"]) == (0.0, 1.0)
    assert values["MRR@10"]["q"] == pytest.approx(0.1)


def test_a_higher_relevance_gains_more() -> None:
    values = ranking_measures({"q": ["low", "high"]}, {"q": {"low": 1, "high": 3}})
    assert values["nDCG@5"]["q"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)), abs=1e-6)


def test_the_order_of_the_ranking_counts_and_not_the_names() -> None:
    assert ranking_measures({"q": ["a", "z"]}, {"q": {"a": 1}})["R@1"]["q"] == 1.0
    assert ranking_measures({"q": ["z", "a"]}, {"q": {"z": 1}})["R@1"]["q"] == 1.0


def test_a_passage_that_comes_twice_counts_at_its_first_place() -> None:
    values = ranking_measures({"q": ["a", "x", "a", "y"]}, {"q": {"a": 1, "y": 1}})
    assert values["MRR@10"]["q"] == 1.0
    assert values["MAP@10"]["q"] == pytest.approx((1 + 2 / 3) / 2)


def test_a_query_without_relevant_passages_has_no_value_and_one_that_found_nothing_has_zero() -> None:
    qrels = {"none": {"a": 0}, "empty": {"a": 1}, "absent": {"a": 1}, "found": {"a": 1}}
    values = ranking_measures({"none": ["a"], "empty": [], "found": ["a"], "not judged": ["a"]}, qrels)
    assert values["R@5"] == {"empty": 0.0, "absent": 0.0, "found": 1.0}


def test_nothing_to_measure_gives_every_measure_without_values() -> None:
    assert ranking_measures({}, {}) == {name: {} for name in RANKING_MEASURES}
    assert ranking_measures({}, {"q": {"a": 1}})["MAP@10"] == {"q": 0.0}
