"""The log: one line an event, as text for people or as JSON for programs, with none of the askers' words.

What a line says of an event lies in named fields: `log.info("answered", extra=told(seconds=0.2))`. Of an
error it says the kind and the place and leaves out the message, which may quote what was asked.
"""

import json
import logging
import logging.handlers
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError

_OURS = ("assistant", "knowledge", "evals")
_KEY = "told"


def told(**fields: object) -> dict[str, Any]:
    """The named fields of a line, for `extra`; those that are None are left out."""
    return {_KEY: {name: value for name, value in fields.items() if value is not None}}


def open_log(form: str, level: str, file: Path | None = None) -> None:
    """Send every line of this process to `file`, or to standard error; other libraries' from warnings on.

    `form` is "text" or "json". Raises SettingsError when the file cannot be written.
    """
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if file is not None:
        try:
            handler = logging.handlers.WatchedFileHandler(file, encoding="utf-8")
        except OSError as error:
            raise SettingsError(
                f"log_file {file} cannot be written ({error.strerror}); name another one or none."
            ) from error
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, event, its fields, and of an error its kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line = {"time": _time(record), "level": record.levelname.lower(), "event": _event(record)}
        return json.dumps({**line, **_fields(record)}, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same to be read: `2026-01-31T09:00:00.000Z info answered outcome=answered seconds=0.2`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        fields = " ".join(f"{name}={_short(value)}" for name, value in _fields(record).items())
        return f"{_time(record)} {record.levelname.lower()} {_event(record)} {fields}".rstrip()


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _event(record: logging.LogRecord) -> str:
    message = (
        record.getMessage() if record.name.startswith(_OURS) else f"{record.name}: {record.getMessage()}"
    )
    return " ".join(message.split())


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = dict(getattr(record, _KEY, {}))
    if record.exc_info and record.exc_info[0] is not None:
        fields["error"] = record.exc_info[0].__name__
        places = traceback.extract_tb(record.exc_info[2])
        fields["at"] = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(places))
    return fields


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(text, ensure_ascii=False) if not text or any(map(str.isspace, text)) else text
