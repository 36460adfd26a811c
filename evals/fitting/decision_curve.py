"""What answering from another confidence on would have given: coverage and risk, a point a threshold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CURVE_COLUMNS = ("confidence from", "coverage", "risk", "answerable declined", "unanswerable declined")
_THRESHOLDS = [round(0.05 * step, 2) for step in range(1, 20)]

Point = list[float | None]


def decision_curve(
    log_odds: NDArray[np.float64], answerable: Sequence[bool] | NDArray[np.bool_]
) -> list[Point]:
    """Points as CURVE_COLUMNS names them, for confidences from 0.05 to 0.95.

    Coverage is the share of questions answered, risk the share of these that have no answer; the other two
    are over the questions of their kind. None where there is nothing to take a share of.
    """
    confidence = 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))
    can_be = np.asarray(answerable, dtype=bool)
    points = []
    for least in _THRESHOLDS:
        answered = confidence >= least
        shares = (answered, ~can_be[answered], ~answered[can_be], ~answered[~can_be])
        points.append([least, *(_mean(share) for share in shares)])
    return points


def _mean(values: NDArray[np.bool_]) -> float | None:
    return round(float(values.mean()), 3) if len(values) else None
