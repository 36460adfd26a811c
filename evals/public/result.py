"""What measuring one public data set gives, and figures of whole sets of cases with their intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.figures.cases import BOOTSTRAP_SEED, Figure
from evals.measures.bootstrap import LEVEL

_RESAMPLES = 500  # the statistics here take milliseconds each


@dataclass(frozen=True, slots=True)
class PublicResult:
    """The figures of one data set, or of one way to ask it."""

    name: str
    figures: tuple[Figure, ...]
    curve: tuple[tuple[float, float], ...] = ()  # risk-coverage: (coverage, risk)
    seconds: float = 0.0  # wall clock, embedding of what was new included
    misses: tuple[Mapping[str, object], ...] = ()  # questions that went wrong, for the JSON record alone


def statistic_figure(name: str, statistic: Callable[..., float | None], *columns: Sequence[Any]) -> Figure:
    """A statistic of all cases together, with its percentile bootstrap interval over cases (seeded).

    `statistic` takes the columns, which hold one value a case; a resample for which it does not apply (None)
    is left out.
    """
    cases = len(columns[0])
    value = statistic(*columns) if cases else None
    if value is None:
        return Figure(name, None, None, 0)
    generator = np.random.default_rng(BOOTSTRAP_SEED)
    held = [np.asarray(column) for column in columns]
    drawn = [generator.integers(cases, size=cases) for _ in range(_RESAMPLES)]
    resampled = [statistic(*(column[places] for column in held)) for places in drawn]
    known = [one for one in resampled if one is not None]
    outside = (1 - LEVEL) / 2
    low, high = np.quantile(known, [outside, 1 - outside]) if len(known) > 1 else (value, value)
    return Figure(name, value, (float(low), float(high)) if cases > 1 else None, cases)
