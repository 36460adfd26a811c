"""Reciprocal rank: how far down the list the first passage with a gold sentence stands."""

from collections.abc import Sequence

from evals.cases.case import Case
from evals.measures.recall_at_k import holds_sentence
from knowledge.policy import RetrievedPassage


def reciprocal_rank(case: Case, considered: Sequence[RetrievedPassage]) -> float | None:
    """1 over the rank of the first passage that covers a gold sentence, 0 if none does; None without gold."""
    if not case.gold:
        return None
    for rank, retrieved in enumerate(considered, start=1):
        if any(holds_sentence(case, retrieved, sentence) for sentence in case.gold):
            return 1 / rank
    return 0.0
