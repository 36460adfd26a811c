"""How well scores agree with human labels: AUROC, balanced accuracy, expected calibration error.

Used for the claim checker against people's labels and for the confidence of answers.
"""

from collections.abc import Sequence

import numpy as np


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """The chance (0..1) that a true one scores above a false one, a tie counting half; 0.5 is guessing.

    The area under the ROC curve as the Mann-Whitney statistic (Hanley and McNeil 1982). None unless both
    labels are there; ValueError when the lengths differ.
    """
    value, true = _paired(scores, labels)
    positives, negatives = np.sort(value[true]), np.sort(value[~true])
    if not len(positives) or not len(negatives):
        return None
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return float((below + not_above).sum() / (2 * len(positives) * len(negatives)))


def balanced_accuracy(predicted: Sequence[bool], labels: Sequence[bool]) -> float | None:
    """Mean (0..1) of the share of true ones predicted true and of false ones predicted false.

    None unless both labels are there; ValueError when the lengths differ.
    """
    said, true = _paired(predicted, labels)
    if true.all() or not true.any():
        return None
    right = (said != 0) == true
    return float((right[true].mean() + right[~true].mean()) / 2)


def expected_calibration_error(
    scores: Sequence[float], labels: Sequence[bool], bins: int = 10
) -> float | None:
    """Mean distance (0..1) between the scores of a bin and its share of true labels, weighted by bin size.

    `scores` are probabilities, 0..1, put into `bins` bins of equal width, each open below but the first
    (Guo et al. 2017, ICML). None without scores; ValueError for a score outside 0..1 or different lengths.
    """
    points = calibration_points(scores, labels, bins)
    if not points:
        return None
    size = sum(count for _score, _share, count in points)
    return sum(count * abs(score - share) for score, share, count in points) / size


def calibration_points(
    scores: Sequence[float], labels: Sequence[bool], bins: int = 10
) -> list[tuple[float, float, int]]:
    """For each bin that holds a score: its mean score, its share of true labels and its size, in order."""
    value, true = _paired(scores, labels)
    if not ((value >= 0) & (value <= 1)).all():
        raise ValueError("A calibration needs scores from 0 to 1; turn them into probabilities first.")
    # The digits of 0.3 * 10 lie above 3: rounding keeps a score that is an edge in the bin that it ends.
    places = np.clip(np.ceil(np.round(value * bins, 9)).astype(int) - 1, 0, bins - 1)
    sizes = np.bincount(places, minlength=bins)
    scored = np.bincount(places, weights=value, minlength=bins)
    held = np.bincount(places, weights=true, minlength=bins)
    return [
        (float(scored[place] / sizes[place]), float(held[place] / sizes[place]), int(sizes[place]))
        for place in np.flatnonzero(sizes)
    ]


def _paired(
    values: Sequence[float], labels: Sequence[bool]
) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
    if len(values) != len(labels):
        raise ValueError(f"{len(values)} values for {len(labels)} labels; give one for each.")
    return np.asarray(values, dtype=np.float64), np.asarray(labels, dtype=np.bool_)
