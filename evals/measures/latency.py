"""How long answers took: the median and the 95th percentile."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Wall-clock seconds of one answer, over a number of cases."""

    p50: float
    p95: float
    cases: int


def latency(seconds: Sequence[float]) -> Latency | None:
    """Percentiles by linear interpolation between the nearest two values; None without values."""
    if not seconds:
        return None
    p50, p95 = np.percentile(np.asarray(seconds, dtype=np.float64), [50, 95])
    return Latency(p50=float(p50), p95=float(p95), cases=len(seconds))
