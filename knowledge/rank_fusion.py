"""Reciprocal rank fusion: several rankings of the same things made into one.

Source: Cormack, Clarke, Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank
Learning Methods", SIGIR 2009. They use k = 60 over many long rankings; here a few short
ones are fused, so k is 10, which lets the first places count for more.
"""

from collections.abc import Mapping, Sequence

K = 10.0


def reciprocal_rank_fusion(
    rankings: Mapping[str, Sequence[str]], *, weights: Mapping[str, float] | None = None, k: float = K
) -> list[tuple[str, float]]:
    """Fuse named rankings of ids (best first) into (id, score) pairs, best first.

    score(id) = sum over rankings of weight / (k + rank), rank from 1; equal scores are ordered by id,
    so that the result never depends on the order of the rankings. Without `weights` each weighs 1; with
    them, a ranking without a weight raises KeyError.
    """
    scores: dict[str, float] = {}
    for name, ranking in rankings.items():
        weight = 1.0 if weights is None else weights[name]
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
