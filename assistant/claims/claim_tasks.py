"""Files of claims: JSONL, one claim with its passages a line, in the format of other programs.

{"id", "claim", "passages": [{"id", "text"}]}; other fields are passed over. What comes back is
{"id", "score", "supported", "sentences": [{"text", "supported", "score", "reason", "evidence": […]}]}.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.claims.claim_alignment import SourceText
from assistant.claims.claim_support import ClaimChecker, ClaimSupport, SentenceSupport
from assistant.json_lines import Record, TaskFileError, read_json_lines, unique
from knowledge.embedder import Embedder

_TASKS_TOGETHER = 256  # whose sentences are embedded in one go
_EMBEDDED_TOGETHER = 512  # texts


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """A claim and the passages that are said to support it."""

    id: str
    claim: str
    passages: tuple[SourceText, ...]


def read_claim_tasks(path: Path) -> tuple[ClaimTask, ...]:
    """Every claim of a file, in order.

    Raises TaskFileError, naming file, line and field, at the first line that is none, for an id that two
    different claims have, and for a file without claims.
    """
    tasks = unique(((_claim_task(record), record.where) for record in read_json_lines(path)), "claim")
    if not tasks:
        raise TaskFileError(f"{path} holds no claim; write one JSON object a line.")
    return tasks


def check_claims(
    tasks: Sequence[ClaimTask], *, checker: ClaimChecker, embedder: Embedder
) -> Iterator[tuple[ClaimTask, ClaimSupport]]:
    """Every claim with its judgement, in order.

    `embedder` is the checker's own, one that remembers: texts are embedded ahead, many at once.
    """
    for first in range(0, len(tasks), _TASKS_TOGETHER):
        together = tasks[first : first + _TASKS_TOGETHER]
        texts = {text for task in together for text in checker.texts_compared(task.claim, task.passages)}
        ordered = sorted(texts, key=lambda text: (len(text), text))
        for start in range(0, len(ordered), _EMBEDDED_TOGETHER):
            embedder.embed_passages(ordered[start : start + _EMBEDDED_TOGETHER])
        for task in together:
            yield task, checker.check(task.claim, task.passages)


def as_json(task: ClaimTask, support: ClaimSupport) -> dict[str, Any]:
    """The judgement in the format of claim checks."""
    return {
        "id": task.id,
        "score": round(support.score, 6),
        "supported": support.supported,
        "sentences": [_sentence(sentence) for sentence in support.sentences],
    }


def _claim_task(record: Record) -> ClaimTask:
    passages = unique(
        ((SourceText(one.identity("id"), one.text("text")), one.where) for one in record.records("passages")),
        "passage",
    )
    return ClaimTask(record.identity("id"), record.text("claim"), passages)


def _sentence(sentence: SentenceSupport) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "score": round(sentence.score, 6),
        "reason": sentence.reason,
        "evidence": [
            {"passage_id": one.source.id, "quote": one.text, "start": one.start, "end": one.end}
            for one in sentence.evidence
        ],
    }
