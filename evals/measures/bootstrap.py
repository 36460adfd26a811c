"""Percentile bootstrap: how far a mean, or another statistic, could move with other cases of the same kind.

Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
RESAMPLES_OF_A_STATISTIC = 500  # each is a pass over the cases in Python
LEVEL = 0.95
DRAWS_AT_ONCE = 1_000_000  # 16 MB of indices and values: large sets of cases are resampled block by block


def mean_interval(
    values: Sequence[float],
    generator: np.random.Generator,
    *,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> tuple[float, float] | None:
    """Low and high end of the percentile interval of the mean; None for fewer than two values.

    The same values and a generator with the same seed give the same interval.
    """
    if len(values) < 2:
        return None
    sample = np.asarray(values, dtype=np.float64)
    block = max(1, DRAWS_AT_ONCE // len(sample))
    means = np.empty(resamples)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        drawn = generator.integers(len(sample), size=(rows, len(sample)))
        means[start : start + rows] = sample[drawn].mean(axis=1)
    outside = (1 - level) / 2
    low, high = np.quantile(means, [outside, 1 - outside])
    return float(low), float(high)


def statistic_interval(
    cases: int,
    statistic: Callable[[NDArray[np.int64]], float | None],
    generator: np.random.Generator,
    *,
    resamples: int = RESAMPLES_OF_A_STATISTIC,
    level: float = LEVEL,
) -> tuple[float, float] | None:
    """The same for a statistic of the cases at the given places (0-based, drawn with replacement).

    Resamples to which the statistic does not apply (it gives None) are left out; None when that is half of
    them or more, and for fewer than two cases.
    """
    if cases < 2:
        return None
    drawn = (statistic(generator.integers(cases, size=cases)) for _ in range(resamples))
    values = [value for value in drawn if value is not None]
    if 2 * len(values) <= resamples:
        return None
    outside = (1 - level) / 2
    low, high = np.quantile(values, [outside, 1 - outside])
    return float(low), float(high)
