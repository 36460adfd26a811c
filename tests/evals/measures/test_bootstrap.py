import math

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.measures import bootstrap
from evals.measures.bootstrap import mean_interval, statistic_interval


def test_two_values_give_the_whole_range() -> None:
    # Resamples of (0, 1) have means 0, 1/2, 1 with chances 1/4, 1/2, 1/4: both tails hold more than 2.5 %.
    assert mean_interval([0.0, 1.0], np.random.default_rng(1)) == (0.0, 1.0)
    # The middle half of that distribution is 1/2 at its lower end or 0: at level .4 both ends are 1/2.
    assert mean_interval([0.0, 1.0], np.random.default_rng(1), level=0.4) == (0.5, 0.5)


def test_the_interval_of_a_share_is_near_its_normal_approximation() -> None:
    values = [1.0] * 80 + [0.0] * 20
    half = 1.96 * math.sqrt(0.8 * 0.2 / 100)  # .0784
    interval = mean_interval(values, np.random.default_rng(1))
    assert interval is not None
    assert interval == pytest.approx((0.8 - half, 0.8 + half), abs=0.011)


def test_equal_values_have_an_interval_without_width() -> None:
    assert mean_interval([0.25, 0.25, 0.25], np.random.default_rng(1)) == (0.25, 0.25)


def test_the_seed_decides_and_resampling_in_blocks_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [0.1, 0.5, 0.7, 0.9, 0.2]
    once = mean_interval(values, np.random.default_rng(7))
    assert once == mean_interval(values, np.random.default_rng(7))
    assert once != mean_interval(values, np.random.default_rng(8))
    monkeypatch.setattr(bootstrap, "DRAWS_AT_ONCE", 17)
    assert once == mean_interval(values, np.random.default_rng(7))


def test_one_value_has_no_interval() -> None:
    assert mean_interval([0.5], np.random.default_rng(1)) is None
    assert mean_interval([], np.random.default_rng(1)) is None


def test_the_interval_of_a_mean_is_the_same_asked_as_a_statistic() -> None:
    values = np.array([0.1, 0.5, 0.7, 0.9, 0.2])
    drawn = statistic_interval(
        5, lambda places: float(values[places].mean()), np.random.default_rng(7), resamples=2000
    )
    assert drawn == pytest.approx(mean_interval(list(values), np.random.default_rng(7)), abs=0.02)


def test_resamples_that_a_statistic_does_not_apply_to_are_left_out_unless_they_are_most() -> None:
    def place_of_the_first(places: NDArray[np.int64]) -> float | None:
        return 0.25 if 0 in places else None  # among two, drawn three times of four

    assert statistic_interval(2, place_of_the_first, np.random.default_rng(1)) == (0.25, 0.25)
    assert statistic_interval(2, lambda _: None, np.random.default_rng(1)) is None
    assert statistic_interval(1, lambda _: 1.0, np.random.default_rng(1)) is None
