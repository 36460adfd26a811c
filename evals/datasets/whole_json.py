"""A data set's JSON file, read whole; for files whose shape their makers fixed."""

import json
from pathlib import Path
from typing import Any

from assistant.json_lines import TaskFileError


def read_json(path: Path) -> Any:
    """What the file holds. Raises TaskFileError when it cannot be read or is no JSON in UTF-8."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TaskFileError(
            f"{path} cannot be read as JSON in UTF-8 ({error}); fetch the data set again."
        ) from error


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file with one a line. Raises TaskFileError as `read_json`, naming the line."""
    rows = []
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise TaskFileError(f"{path} cannot be read as UTF-8 ({error}); fetch the data set again.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise TaskFileError(
                    f"{path}, line {number}: not JSON ({error}); fetch the data set again."
                ) from error
    return rows
