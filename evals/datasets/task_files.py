"""Files of reading tasks and of claims: JSONL, one task a line, in the format of other programs.

{"id", "question", "conversation"?: [{"role", "text"}], "passages": [{"id", "text", "title"?}]} and
{"id", "claim", "passages": […]}. Other fields are passed over.
"""

from collections.abc import Callable
from pathlib import Path

from evals.datasets.json_lines import Identified, Record, TaskFileError, read_json_lines, unique
from evals.datasets.tasks import ClaimTask, ReadingTask, TaskPassage


def read_reading_tasks(path: Path) -> tuple[ReadingTask, ...]:
    """Every reading task of a file, in order.

    Raises TaskFileError, naming file, line and field, at the first line that is none, for an id that two
    different tasks have, and for a file without tasks.
    """
    return _tasks(path, _reading_task, "task")


def read_claim_tasks(path: Path) -> tuple[ClaimTask, ...]:
    """Every claim of a file, in order; raises as `read_reading_tasks` does."""
    return _tasks(path, _claim_task, "claim")


def _tasks(path: Path, read: Callable[[Record], Identified], kind: str) -> tuple[Identified, ...]:
    tasks = unique(((read(record), record.where) for record in read_json_lines(path)), kind)
    if not tasks:
        raise TaskFileError(f"{path} holds no {kind}; write one JSON object a line.")
    return tasks


def _reading_task(record: Record) -> ReadingTask:
    return ReadingTask(
        record.identity("id"), record.text("question"), _passages(record), record.conversation()
    )


def _claim_task(record: Record) -> ClaimTask:
    return ClaimTask(record.identity("id"), record.text("claim"), _passages(record))


def _passages(record: Record) -> tuple[TaskPassage, ...]:
    return unique(((_passage(one), one.where) for one in record.records("passages")), "passage")


def _passage(record: Record) -> TaskPassage:
    return TaskPassage(record.identity("id"), record.text("text"), record.text("title", default=""))
