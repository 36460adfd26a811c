"""Check claims against given passages with the product's own checker."""

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.claims.claim_alignment import SourceText
from assistant.claims.claim_support import ClaimChecker, ClaimSupport, SentenceSupport
from evals.datasets.tasks import ClaimTask
from knowledge.embedder import Embedder

_TASKS_TOGETHER = 256  # whose sentences are embedded in one go
_EMBEDDED_TOGETHER = 512  # texts


def check_claims(
    tasks: Sequence[ClaimTask], *, checker: ClaimChecker, embedder: Embedder
) -> Iterator[tuple[ClaimTask, ClaimSupport]]:
    """Every claim with its judgement, in order.

    `embedder` is the checker's own, one that remembers: texts are embedded ahead, many at once.
    """
    for first in range(0, len(tasks), _TASKS_TOGETHER):
        together = [(task, sources_of(task)) for task in tasks[first : first + _TASKS_TOGETHER]]
        texts = {text for task, sources in together for text in checker.texts_compared(task.claim, sources)}
        ordered = sorted(texts, key=lambda text: (len(text), text))
        for start in range(0, len(ordered), _EMBEDDED_TOGETHER):
            embedder.embed_passages(ordered[start : start + _EMBEDDED_TOGETHER])
        for task, sources in together:
            yield task, checker.check(task.claim, sources)


def sources_of(task: ClaimTask) -> list[SourceText]:
    """The passages of a task as the checker takes them, so that offsets are those into a passage's text."""
    return [SourceText(passage.id, passage.text) for passage in task.passages]


def as_json(task: ClaimTask, support: ClaimSupport) -> dict[str, Any]:
    """The judgement in the format of claim checks."""
    return {
        "id": task.id,
        "score": round(support.score, 6),
        "supported": support.supported,
        "sentences": [_sentence(sentence) for sentence in support.sentences],
    }


def _sentence(sentence: SentenceSupport) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "score": round(sentence.score, 6),
        "reason": sentence.reason.value,
        "evidence": [
            {"passage_id": one.source.id, "quote": one.text, "start": one.start, "end": one.end}
            for one in sentence.evidence
        ],
    }
