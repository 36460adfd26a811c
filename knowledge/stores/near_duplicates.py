"""Texts that say nearly the same, found among all documents; the same words kept once among search results.

A text is compared as the set of its shingles, runs of consecutive terms; the likeness of two texts is the
share that their sets have in common (Jaccard), 1 for the same words. Candidates are found by the smallest
hashes of each set, a bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.policy import RetrievedPassage
from knowledge.terms import terms

LIKENESS = 0.9  # from here on two texts count as near-duplicates
_SHINGLE = 4  # terms; Chinese terms are pairs of characters, so this is a run of five characters there
_SKETCH = (
    64  # hashes kept of each text; two texts of likeness .9 share one of them but for one chance in 10^60
)
_COMMONEST = 50  # a hash that more texts share is a formula of its kind of document and pairs nobody


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Two texts by their names, in order, and how alike they are, from LIKENESS to 1."""

    first: str
    second: str
    likeness: float


def near_duplicates(texts: Iterable[tuple[str, str]], likeness: float = LIKENESS) -> list[NearDuplicates]:
    """Every pair of (name, text) at least so alike, the most alike first; texts are read one at a time.

    Memory is 4 bytes for each different shingle of all texts together.
    """
    shingles = {name: _shingles(text) for name, text in texts}
    holders: dict[int, list[str]] = defaultdict(list)
    for name, some in sorted(shingles.items()):
        for hash_ in some[:_SKETCH].tolist():
            holders[hash_].append(name)
    pairs = {
        pair
        for names in holders.values()
        if len(names) <= _COMMONEST
        for pair in combinations(names, 2)
        if _may_be(shingles[pair[0]], shingles[pair[1]], likeness)
    }
    alike = (NearDuplicates(*pair, _likeness(shingles[pair[0]], shingles[pair[1]])) for pair in pairs)
    found = [pair for pair in alike if pair.likeness >= likeness]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def without_repeats(retrieved: Iterable[RetrievedPassage], limit: int) -> list[RetrievedPassage]:
    """The first `limit` passages of which none has the words of a better one of another document.

    Passages that are only nearly the same all stay: what differs may be the number or the "not" that
    matters. So do those of one document: where it repeats itself, both places count.
    """
    kept: list[RetrievedPassage] = []
    holders: dict[tuple[str, ...], str] = {}
    for candidate in retrieved:
        if len(kept) >= limit:
            break
        document = candidate.passage.document.id
        if holders.setdefault(tuple(terms(candidate.passage.text)), document) == document:
            kept.append(candidate)
    return kept


def _shingles(text: str) -> NDArray[np.uint32]:
    """Hashes of the different shingles of a text, rising; a text of few terms is one shingle."""
    words = terms(text)
    runs = (" ".join(words[first : first + _SHINGLE]) for first in range(max(1, len(words) - _SHINGLE + 1)))
    return np.unique(np.fromiter((crc32(run.encode()) for run in runs), np.uint32))


def _may_be(one: NDArray[np.uint32], other: NDArray[np.uint32], likeness: float) -> bool:
    """Whether two sets of these sizes can have that share in common."""
    return min(len(one), len(other)) >= likeness * max(len(one), len(other))


def _likeness(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)
