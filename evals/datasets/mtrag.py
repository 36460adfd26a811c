"""MTRAG-UN: conversations with follow-ups over passages; some last questions have no answer there.

Source: Y. Katsis et al., "MTRAG: A Multi-Turn Conversational Benchmark for Evaluating Retrieval-Augmented
Generation Systems" (2025), and its second part. A task's contexts are its right passages.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from assistant.answer import Conversation, Turn
from evals.datasets.tasks import RetrievalQuery, RetrievalSet, TaskPassage
from evals.datasets.whole_json import read_rows

Answerability = Literal["ANSWERABLE", "PARTIAL", "UNANSWERABLE", "UNDERSPECIFIED"]


@dataclass(frozen=True, slots=True)
class MtragSet:
    """The retrieval set, queries with their conversations, and what can be answered of each query."""

    retrieval: RetrievalSet
    answerability: dict[str, Answerability]  # query id -> label

    def last_turn_alone(self) -> RetrievalSet:
        """The same queries without what was said before them."""
        queries = tuple(replace(query, conversation=()) for query in self.retrieval.queries)
        return replace(self.retrieval, name="mtrag_un last turn", queries=queries)


def mtrag_un(folder: Path) -> MtragSet:
    """All tasks over the pool of passages; right passages count for the answerable and partial ones."""
    rows = read_rows(folder / "tasks.jsonl")
    labels: dict[str, Answerability] = {row["task_id"]: row["answerability"][0] for row in rows}
    judged = [row for row in rows if labels[row["task_id"]] in ("ANSWERABLE", "PARTIAL")]
    return MtragSet(
        RetrievalSet(
            "mtrag_un conversation",
            tuple(TaskPassage(row["id"], row["text"]) for row in read_rows(folder / "passages.jsonl")),
            tuple(
                RetrievalQuery(row["task_id"], row["input"][-1]["text"], _before(row["input"]))
                for row in rows
            ),
            {row["task_id"]: {right["document_id"]: 1 for right in row["contexts"]} for row in judged},
        ),
        labels,
    )


def _before(said: list[dict[str, Any]]) -> Conversation:
    return tuple(Turn("user" if one["speaker"] == "user" else "assistant", one["text"]) for one in said[:-1])
