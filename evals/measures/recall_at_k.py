"""Recall at k: how many of the gold sentences search brought back among its first k passages."""

from collections.abc import Sequence

from evals.cases.case import Case
from evals.measures.gold_spans import belongs, covers, spans_of
from knowledge.policy import RetrievedPassage


def recall_at_k(case: Case, considered: Sequence[RetrievedPassage], k: int) -> float | None:
    """Share (0..1) of gold sentences covered by one of the first k passages; None without gold.

    A sentence that is cut in two between passages is covered by neither: that is search's fault too.
    """
    if not case.gold:
        return None
    found = sum(
        any(holds_sentence(case, retrieved, sentence) for retrieved in considered[:k])
        for sentence in case.gold
    )
    return found / len(case.gold)


def holds_sentence(case: Case, retrieved: RetrievedPassage, sentence: str) -> bool:
    """Whether the passage covers the sentence, in a document that the case names."""
    passage = retrieved.passage
    if not belongs(case, passage.document):
        return False
    spans = spans_of(sentence, passage.document.text)
    return any(covers((passage.start, passage.end), span) for span in spans)
