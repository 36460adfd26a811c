"""Files of reading tasks: JSONL, one task a line, in the format of other programs.

{"id", "question", "conversation"?: [{"role", "text"}], "passages": [{"id", "text", "title"?}]}; other fields
are passed over. Files of claims are read by `assistant.claims.claim_tasks`.
"""

from pathlib import Path

from assistant.json_lines import Record, TaskFileError, read_json_lines, unique
from evals.datasets.tasks import ReadingTask, TaskPassage


def read_reading_tasks(path: Path) -> tuple[ReadingTask, ...]:
    """Every reading task of a file, in order.

    Raises TaskFileError, naming file, line and field, at the first line that is none, for an id that two
    different tasks have, and for a file without tasks.
    """
    tasks = unique(((_reading_task(record), record.where) for record in read_json_lines(path)), "task")
    if not tasks:
        raise TaskFileError(f"{path} holds no task; write one JSON object a line.")
    return tasks


def _reading_task(record: Record) -> ReadingTask:
    return ReadingTask(
        record.identity("id"), record.text("question"), _passages(record), record.conversation()
    )


def _passages(record: Record) -> tuple[TaskPassage, ...]:
    return unique(((_passage(one), one.where) for one in record.records("passages")), "passage")


def _passage(record: Record) -> TaskPassage:
    return TaskPassage(record.identity("id"), record.text("text"), record.text("title", default=""))
