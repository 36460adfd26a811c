"""Risk-coverage curve: how often one is wrong when only the most confident share is answered.

Source: Y. Geifman and R. El-Yaniv, Selective Classification for Deep Neural Networks (NeurIPS 2017).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The curve and the area under it; lower is better, 0 is never wrong."""

    points: tuple[tuple[float, float], ...]  # (coverage, risk), both 0..1, by rising coverage up to 1
    area: float  # mean risk over the coverages


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> RiskCoverage:
    """The curve from the most confident case to all of them.

    Cases of equal confidence come in together, so that their order in the file changes nothing; without
    ties the area is the mean of the risk at coverage 1/n, 2/n, … n/n. Raises ValueError without cases, as
    there is no curve then, and when the lengths differ.
    """
    if len(confidences) != len(right):
        raise ValueError(f"{len(confidences)} confidences for {len(right)} cases; give one for each.")
    if not confidences:
        raise ValueError("A risk-coverage curve needs at least one case.")
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points: list[tuple[float, float]] = []
    covered = wrong = 0
    area = 0.0
    for _confidence, tied in groupby(ordered, key=lambda pair: pair[0]):
        marks = [is_right for _, is_right in tied]
        covered += len(marks)
        wrong += marks.count(False)
        points.append((covered / len(ordered), wrong / covered))
        area += len(marks) / len(ordered) * wrong / covered
    return RiskCoverage(tuple(points), area)
