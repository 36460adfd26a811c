"""Precision, recall and F1 of the sentences that an answer cites against the ones that people marked."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """One answer's score; all 0..1."""

    precision: float | None  # None when nothing is cited
    recall: float | None  # None when nothing is gold
    f1: float


def sentence_precision_recall(cited: AbstractSet[T], gold: AbstractSet[T]) -> SentenceScore:
    """Count the cited sentences that are gold and the gold ones that are cited.

    F1 is 1 when nothing is gold and nothing is cited, as for SQuAD 2.0's questions without an answer
    (Rajpurkar et al. 2018), and 0 when only one of the two sets is empty.
    """
    shared = len(cited & gold)
    return SentenceScore(
        precision=shared / len(cited) if cited else None,
        recall=shared / len(gold) if gold else None,
        f1=2 * shared / (len(cited) + len(gold)) if cited or gold else 1.0,
    )
