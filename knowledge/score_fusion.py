"""Score fusion: several rankings of the same things, each with scores of its own kind, made into one.

A convex combination of standardised scores keeps what ranks throw away: by how much the first is ahead.
Source: Bruch, Gai, Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023. A little of the
reciprocal rank is added, which speaks where a ranking is too short to have a spread; and in a ranking of
matches (words), which leaves out what does not match, being in it at all counts.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

_RANK_SHARE = 5.0  # of 1 / (_RANK_OFFSET + rank), beside standard deviations
_RANK_OFFSET = 10.0
_MATCH = 1.0  # standard deviations that a match counts for itself
_LEAST_SPREAD = 0.15  # of the highest score: matches that are all alike do not differ by chance


def fused_scores(
    rankings: Mapping[str, Sequence[tuple[str, float]]],
    weights: Mapping[str, float],
    *,
    of_matches: AbstractSet[str] = frozenset(),
) -> list[tuple[str, float]]:
    """Fuse named rankings of (id, score), best first, into (id, score) pairs, best first; scores > 0.

    In each ranking a score counts by how many standard deviations it lies above the ranking's lowest;
    `of_matches` names the rankings that leave out what does not match, with scores above 0. Equal scores are
    ordered by id, so the result does not depend on the order of the rankings. A ranking without a weight
    raises KeyError.
    """
    found: dict[str, float] = {}
    for name, ranking in rankings.items():
        scores = np.array([score for _id, score in ranking])
        if name in of_matches and ranking:
            above = _MATCH + (scores - scores.min()) / max(scores.std(), _LEAST_SPREAD * scores.max())
        elif ranking:
            above = (scores - scores.min()) / max(scores.std(), 1e-9)
        else:
            above = scores
        for rank, ((id_, _score), deviations) in enumerate(zip(ranking, above, strict=True), start=1):
            share = float(deviations) + _RANK_SHARE / (_RANK_OFFSET + rank)
            found[id_] = found.get(id_, 0.0) + weights[name] * share
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
