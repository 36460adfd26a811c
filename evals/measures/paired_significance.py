"""Is the difference between two systems on the same cases more than chance?

Sources: paired bootstrap, B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993); sign-flip
permutation test, E. Noreen, Computer-Intensive Methods for Testing Hypotheses (1989).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.measures.bootstrap import DRAWS_AT_ONCE, mean_interval

FLIPS = 9_999  # random sign flips; up to 13 pairs that differ, all of their flips are tried instead


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """Mean of b minus a over the pairs, with its 95 % interval and the chance of one as large by luck."""

    mean: float
    low: float | None  # None with a single pair, which has no interval
    high: float | None
    p_value: float  # two-sided, 0..1; 1 when no pair differs
    pairs: int


def paired_difference(
    a: Sequence[float], b: Sequence[float], generator: np.random.Generator
) -> PairedDifference:
    """Compare two lists of values of the same cases in the same order; positive when b is larger.

    The same values and a generator with the same seed give the same result. Raises ValueError when the
    lengths differ or there is no pair.
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} values against {len(b)}; give one of each case.")
    if not len(a):
        raise ValueError("A paired difference needs at least one pair.")
    differences = np.asarray(b, dtype=np.float64) - np.asarray(a, dtype=np.float64)
    interval = mean_interval([float(one) for one in differences], generator)
    low, high = interval or (None, None)
    return PairedDifference(
        mean=float(differences.mean()),
        low=low,
        high=high,
        p_value=_p_value(differences[differences != 0], generator),
        pairs=len(differences),
    )


def _p_value(
    differing: "np.ndarray[tuple[int], np.dtype[np.float64]]", generator: np.random.Generator
) -> float:
    # A pair without a difference has none with either sign, so it is left out: fewer flips are exact then.
    if len(differing) < 2:
        return 1.0  # of one pair, both flips are as far from zero
    from scipy.stats import permutation_test  # type: ignore[import-untyped]

    found = permutation_test(
        (differing,),
        lambda sample, axis: sample.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=FLIPS,
        batch=max(1, DRAWS_AT_ONCE // len(differing)),
        rng=generator,
    )
    return float(found.pvalue)
