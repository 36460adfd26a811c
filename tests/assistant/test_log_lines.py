"""Lines of the log: what they look like in both forms, and what never gets into them."""

import json
import logging
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.log_lines import JsonLines, TextLines, open_log, told


def record(message: str, *, name: str = "assistant.x", **fields: object) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.INFO, __file__, 1, message, (), None)
    made.created = 1_767_225_600.5
    vars(made).update(told(**fields))
    return made


def test_json_has_the_named_fields_and_leaves_out_those_that_are_not_known() -> None:
    line = JsonLines().format(record("question", outcome="answered", seconds=0.25, person=None))

    assert json.loads(line) == {
        "time": "2026-01-01T00:00:00.500Z",
        "level": "info",
        "event": "question",
        "outcome": "answered",
        "seconds": 0.25,
    }


def test_text_has_the_same_in_one_line() -> None:
    line = TextLines().format(record("question\nforged", outcome="a b", steps={"search": 0.1}))

    assert line == '2026-01-01T00:00:00.500Z info question forged outcome="a b" steps="{\\"search\\": 0.1}"'


def test_what_another_library_says_carries_its_name() -> None:
    assert json.loads(JsonLines().format(record("hello", name="httpx")))["event"] == "httpx: hello"


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_of_an_error_the_kind_and_the_place_are_told_and_not_its_words(form: logging.Formatter) -> None:
    made = record("It failed.")
    try:
        dict[str, str]()["what somebody asked"]
    except KeyError:
        made.exc_info = sys.exc_info()

    line = form.format(made)

    assert "KeyError" in line
    assert "test_log_lines.py" in line
    assert "somebody" not in line


def test_a_file_gets_our_lines_from_the_level_on_and_others_from_warnings_on(tmp_path: Path) -> None:
    file = tmp_path / "page.log"
    open_log("json", "info", file)
    for name in ("assistant.web", "httpx"):
        logger = logging.getLogger(name)
        logger.debug("debug")
        logger.info("info")
        logger.warning("warning")

    events = [json.loads(line)["event"] for line in file.read_text().splitlines()]
    assert events == ["info", "warning", "httpx: warning"]


def test_a_file_that_cannot_be_written_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"log_file .*missing"):
        open_log("text", "info", tmp_path / "missing" / "page.log")
