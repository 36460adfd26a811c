"""Reciprocal rank fusion: rankings of different questions, whose scores cannot be compared, made into one.

Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
Methods", SIGIR 2009. The paper's offset of 60 suits rankings of a thousand; ours are of ten.
"""

from collections.abc import Hashable, Sequence
from typing import TypeVar

_OFFSET = 3.0

_Key = TypeVar("_Key", bound=Hashable)


def reciprocal_ranks(
    rankings: Sequence[Sequence[_Key]], weights: Sequence[float]
) -> list[tuple[_Key, float]]:
    """Fuse rankings, best first, into (key, score) pairs, best first; score = Σ weight / (3 + rank).

    Equal scores keep the order in which the keys are first met.
    """
    found: dict[_Key, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, key in enumerate(ranking, start=1):
            found[key] = found.get(key, 0.0) + weight / (_OFFSET + rank)
    return sorted(found.items(), key=lambda pair: -pair[1])
