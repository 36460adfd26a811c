import numpy as np
import pytest

from evals.measures.paired_significance import PairedDifference, paired_difference


def seeded() -> np.random.Generator:
    return np.random.default_rng(3)


def test_five_improvements_of_five_have_two_flips_of_thirty_two_as_far_from_zero() -> None:
    found = paired_difference([0.0] * 5, [1.0] * 5, seeded())
    assert found == PairedDifference(mean=1.0, low=1.0, high=1.0, p_value=2 / 32, pairs=5)


def test_pairs_that_do_not_differ_change_the_mean_and_not_the_flips() -> None:
    found = paired_difference([0, 0, 0, 0, 1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 1, 1, 1, 1, 1, 0], seeded())
    assert found.mean == pytest.approx(0.4)
    assert found.p_value == pytest.approx(2 / 16)  # four pairs that differ, all one way
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.4 < found.high < 1


def test_three_against_one_is_chance() -> None:
    # Sums of four signs: |sum| >= 2 for 10 of 16.
    assert paired_difference([0, 0, 0, 1], [1, 1, 1, 0], seeded()).p_value == pytest.approx(10 / 16)


def test_the_sign_says_which_is_larger() -> None:
    assert paired_difference([1.0, 0.5], [0.5, 0.25], seeded()).mean == pytest.approx(-0.375)


def test_many_pairs_are_flipped_at_random_with_the_same_seed_to_the_same_end() -> None:
    generator = np.random.default_rng(5)
    a = generator.normal(size=300)
    near, far = a + generator.normal(scale=1.0, size=300), a + generator.normal(0.5, 1.0, size=300)
    chance, real = (paired_difference(list(a), list(b), seeded()) for b in (near, far))
    assert chance.p_value > 0.05
    assert real.p_value < 0.001
    assert paired_difference(list(a), list(near), seeded()) == chance


def test_equal_lists_and_one_pair_say_nothing() -> None:
    assert paired_difference([0.5, 1.0], [0.5, 1.0], seeded()) == PairedDifference(0.0, 0.0, 0.0, 1.0, 2)
    assert paired_difference([0.0], [1.0], seeded()) == PairedDifference(1.0, None, None, 1.0, 1)


def test_lists_that_cannot_be_paired_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values against 1"):
        paired_difference([1.0, 2.0], [1.0], seeded())
    with pytest.raises(ValueError, match="at least one pair"):
        paired_difference([], [], seeded())
