"""Percentile bootstrap: how far a mean could move with other cases of the same kind.

Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
"""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2000
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
