import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.json_lines import TaskFileError
from evals.datasets.task_files import read_reading_tasks
from evals.datasets.tasks import ReadingTask, TaskPassage

TASK = {"id": "1", "question": "Who?", "passages": [{"id": "p", "text": "She."}]}


def written(folder: Path, *objects: object) -> Path:
    path = folder / "tasks.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in objects), "utf-8")
    return path


def test_tasks_are_read_with_their_conversation_and_titles(tmp_path: Path) -> None:
    talk = [{"role": "user", "text": "Hello"}, {"role": "assistant", "text": "Yes?"}]
    titled = [{"id": 7, "text": "", "title": "Rules", "score": 0.5}]
    path = written(
        tmp_path, TASK | {"conversation": talk}, "", {"id": "2", "question": "", "passages": titled}
    )
    assert read_reading_tasks(path) == (
        ReadingTask(
            "1", "Who?", (TaskPassage("p", "She."),), (Turn("user", "Hello"), Turn("assistant", "Yes?"))
        ),
        ReadingTask("2", "", (TaskPassage("7", "", "Rules"),)),
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(TASK).encode() + b"\r\n\r\n")
    assert [task.id for task in read_reading_tasks(path)] == ["1"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "2", ', r"line 2: not JSON"),
        ("[" * 100_000, r"line 2: not JSON"),
        ('"text"', r"line 2: a str instead of an object"),
        (TASK | {"id": " "}, r"line 2: field 'id' must be a text that is not empty"),
        ({"id": "2", "question": "?"}, r"line 2: field 'passages' is missing"),
        (TASK | {"id": "2", "question": None}, r"line 2: field 'question' must be a text"),
        (TASK | {"id": "2", "passages": ["p"]}, r"line 2: field 'passages' must be a list of objects"),
        (TASK | {"id": "2", "passages": [{"id": "p"}]}, r"line 2, passages 1: field 'text' is missing"),
        (TASK | {"question": "What?"}, r"line 2: another task has the id '1' already \(.*line 1\)"),
    ],
)
def test_a_broken_line_is_told_with_file_line_and_field(tmp_path: Path, line: object, message: str) -> None:
    path = written(tmp_path, TASK, line)
    with pytest.raises(TaskFileError, match=message) as error:
        read_reading_tasks(path)
    assert str(path) in str(error.value)


def test_two_passages_of_one_task_with_the_same_id_are_refused(tmp_path: Path) -> None:
    twice = [{"id": "p", "text": "one"}, {"id": "p", "text": "two"}]
    with pytest.raises(TaskFileError, match=r"line 1, passages 2: another passage has the id 'p'"):
        read_reading_tasks(written(tmp_path, TASK | {"passages": twice}))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"])
def test_a_file_without_tasks_or_not_in_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_bytes(content)
    with pytest.raises(TaskFileError, match=r"holds no task|cannot be read as UTF-8"):
        read_reading_tasks(path)
