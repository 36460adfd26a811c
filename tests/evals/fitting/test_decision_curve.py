"""The curve of the answer threshold, counted by hand."""

import math

import numpy as np

from evals.fitting.decision_curve import CURVE_COLUMNS, decision_curve


def log_odds(*confidences: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([math.log(one / (1 - one)) for one in confidences])


def test_each_point_says_what_answering_from_there_on_gives() -> None:
    curve = decision_curve(log_odds(0.92, 0.62, 0.42, 0.22), [True, False, True, False])

    points = {point[0]: point[1:] for point in curve}
    assert CURVE_COLUMNS[1:] == ("coverage", "risk", "answerable declined", "unanswerable declined")
    assert points[0.05] == [1.0, 0.5, 0.0, 0.0]
    assert points[0.3] == [0.75, 0.333, 0.0, 0.5]  # the first three are answered, one of them in vain
    assert points[0.5] == [0.5, 0.5, 0.5, 0.5]
    assert points[0.9] == [0.25, 0.0, 0.5, 1.0]
    assert points[0.95] == [0.0, None, 1.0, 1.0]  # of no answers there is no share
    assert len(curve) == 19


def test_a_share_of_nothing_is_none() -> None:
    curve = decision_curve(log_odds(0.7), [True])

    assert curve[0] == [0.05, 1.0, 0.0, 0.0, None]
