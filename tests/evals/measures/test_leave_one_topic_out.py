from collections.abc import Sequence

import pytest

from evals.measures.leave_one_topic_out import ScoredCase, best_threshold, leave_one_topic_out


def scored(topic: str, answerable: Sequence[float], unanswerable: Sequence[float]) -> list[ScoredCase]:
    return [ScoredCase(topic, True, value) for value in answerable] + [
        ScoredCase(topic, False, value) for value in unanswerable
    ]


def test_the_threshold_stands_in_the_middle_of_the_widest_best_gap() -> None:
    assert best_threshold(scored("a", [0.8, 0.6], [0.2, 0.4])) == pytest.approx(0.5)


def test_the_threshold_weighs_both_kinds_alike() -> None:
    # At .7: answered 1/2, declined 3/3 -> .75. At .35: answered 2/2, declined 1/3 -> .67.
    # At .45: answered 1/2, declined 1/3 -> .42.
    cases = scored("a", [0.9, 0.4], [0.3, 0.5, 0.5])
    assert best_threshold(cases) == pytest.approx(0.7)


def test_of_two_equally_good_gaps_the_wider_one_is_taken() -> None:
    # At .35: answered 2/2, declined 1/2 -> .75. At .775: answered 1/2, declined 2/2 -> .75, in a wider gap.
    assert best_threshold(scored("a", [0.5, 0.95], [0.2, 0.6])) == pytest.approx(0.775)


def test_a_threshold_needs_both_kinds() -> None:
    with pytest.raises(ValueError, match="answerable and unanswerable"):
        best_threshold(scored("a", [0.9], []))


def test_each_topic_is_decided_with_the_threshold_of_the_others() -> None:
    # Left out a: threshold of b (.5 between .4 and .6): a's .55 answered right, a's .45 declined right.
    # Left out b: threshold of a is .5 too: .6 right, .4 right.
    two = scored("a", [0.55], [0.45]) + scored("b", [0.6], [0.4])
    found = leave_one_topic_out(two)
    assert [(one.topic, one.right, one.cases) for one in found.topics] == [("a", 2, 2), ("b", 2, 2)]
    assert [one.threshold for one in found.topics] == pytest.approx([0.5, 0.5])
    assert (found.accuracy, found.answerable_answered, found.unanswerable_declined) == (1.0, 1.0, 1.0)


def test_the_left_out_topic_does_not_choose_its_own_threshold() -> None:
    # b's own cases would be split at .85; a's threshold of .5 answers both of them.
    found = leave_one_topic_out(scored("a", [0.7], [0.3]) + scored("b", [0.9], [0.8]))
    by_topic = {one.topic: one for one in found.topics}
    assert by_topic["b"].threshold == pytest.approx(0.5)
    assert by_topic["b"].right == 1
    # a with b's threshold of .85: its answerable .7 is declined, its .3 declined.
    assert by_topic["a"].threshold == pytest.approx(0.85)
    assert by_topic["a"].right == 1
    assert found.accuracy == 0.5
    assert found.answerable_answered == 0.5
    assert found.unanswerable_declined == 0.5


def test_another_way_to_fit_is_used() -> None:
    found = leave_one_topic_out(scored("a", [0.7], []), lambda others: float(len(others)))
    assert found.topics[0].threshold == 0.0
    assert found.unanswerable_declined is None
