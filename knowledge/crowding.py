"""One document must not take every place among the passages that an answer is looked for in.

A long document that says a thing ten times would leave no room for the one that contradicts it once.
"""

from collections import Counter
from collections.abc import Sequence

from knowledge.policy import RetrievedPassage

_MATTERS = 0.5  # of the best score, for a second document to matter; chosen on our questions on 150 laws


def without_crowding(
    found: Sequence[RetrievedPassage], a_document: int, *, within: int
) -> list[RetrievedPassage]:
    """The passages, best first, with at most `a_document` of each document, unless only one matters.

    Only one matters when no other document has a passage among the first `within` that scores at least 0.5
    of the best.
    """
    others = (one for one in found[:within] if one.passage.document.id != found[0].passage.document.id)
    if not any(one.score >= _MATTERS * found[0].score for one in others):
        return list(found)
    taken: Counter[str] = Counter()
    kept = []
    for one in found:
        taken[one.passage.document.id] += 1
        if taken[one.passage.document.id] <= a_document:
            kept.append(one)
    return kept
