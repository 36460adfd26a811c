"""Leave one topic out: how well a threshold chosen on some topics decides on a topic it has not seen."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoredCase:
    """A case as a threshold sees it; it is answered when its confidence reaches the threshold."""

    topic: str
    answerable: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class TopicLeftOut:
    """One topic decided with a threshold that was fitted on the other topics."""

    topic: str
    threshold: float
    right: int
    cases: int


@dataclass(frozen=True, slots=True)
class LeaveOneTopicOut:
    """Every topic left out once; `accuracy` is over all cases, None without cases."""

    topics: tuple[TopicLeftOut, ...]
    answerable_answered: float | None
    unanswerable_declined: float | None
    accuracy: float | None


def best_threshold(cases: Sequence[ScoredCase]) -> float:
    """The threshold with the highest balanced accuracy, in the middle of the widest gap that reaches it.

    Balanced accuracy is the mean of the share of answerable cases answered and the share of unanswerable
    ones declined. Candidates lie halfway between neighbouring confidences, so no case sits on the edge.
    Raises ValueError unless both kinds of case are there.
    """
    answerable = [case.confidence for case in cases if case.answerable]
    unanswerable = [case.confidence for case in cases if not case.answerable]
    if not answerable or not unanswerable:
        raise ValueError("A threshold needs answerable and unanswerable cases; give some of both.")
    values = sorted({*answerable, *unanswerable})

    def balanced_accuracy(threshold: float) -> float:
        answered = sum(value >= threshold for value in answerable) / len(answerable)
        declined = sum(value < threshold for value in unanswerable) / len(unanswerable)
        return (answered + declined) / 2

    gaps = list(itertools.pairwise(values)) or [(values[0], values[0])]
    low, high = max(gaps, key=lambda gap: (balanced_accuracy((gap[0] + gap[1]) / 2), gap[1] - gap[0]))
    return (low + high) / 2


def leave_one_topic_out(
    cases: Sequence[ScoredCase], fit: Callable[[Sequence[ScoredCase]], float] = best_threshold
) -> LeaveOneTopicOut:
    """For each topic, fit a threshold on the other topics and count the right decisions on this one.

    Raises what `fit` raises, for example when the other topics hold one kind of case only.
    """
    left_out: list[TopicLeftOut] = []
    decisions: list[tuple[bool, bool]] = []  # answerable, right
    for topic in sorted({case.topic for case in cases}):
        inside = [case for case in cases if case.topic == topic]
        threshold = fit([case for case in cases if case.topic != topic])
        right = [(case.confidence >= threshold) == case.answerable for case in inside]
        left_out.append(TopicLeftOut(topic, threshold, sum(right), len(inside)))
        decisions.extend(zip((case.answerable for case in inside), right, strict=True))
    return LeaveOneTopicOut(
        topics=tuple(left_out),
        answerable_answered=_share([right for answerable, right in decisions if answerable]),
        unanswerable_declined=_share([right for answerable, right in decisions if not answerable]),
        accuracy=_share([right for _, right in decisions]),
    )


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None
