"""JSON objects, one a line, read field by field so that an error names the file, the line and the field."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar, cast

from assistant.answer import Conversation, Turn
from assistant.errors import AssistantError

_ROLES = ("user", "assistant")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Identified = TypeVar("Identified", bound=_HasId)


class TaskFileError(AssistantError):
    """A file of tasks that cannot be used; the message names file, line, field and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object of a file and the place it stands at. Its methods raise TaskFileError."""

    fields: Mapping[str, object]
    where: str  # "tasks.jsonl, line 3"

    def text(self, name: str, *, default: str | None = None) -> str:
        """A text, which may be empty; `default` when the field is not there."""
        if default is not None and self.fields.get(name) is None:
            return default
        value = self._present(name)
        if not isinstance(value, str):
            raise self.wrong(name, "be a text in quotation marks")
        return self._utf8(name, value)

    def identity(self, name: str) -> str:
        """An id: a text that is not empty, or a whole number, which is read as its digits."""
        value = self._present(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "be a text that is not empty")
        return self._utf8(name, value)

    def records(self, name: str) -> list["Record"]:
        """A list of objects, which may be empty."""
        value = self._present(name)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(name, "be a list of objects")
        return [Record(one, f"{self.where}, {name} {number}") for number, one in enumerate(value, start=1)]

    def conversation(self, name: str = "conversation") -> Conversation:
        """The turns before a question, each with "role" and "text"; none when the field is not there."""
        if self.fields.get(name) is None:
            return ()
        return tuple(turn._turn() for turn in self.records(name))

    def wrong(self, name: str, rule: str) -> TaskFileError:
        """The error that a field breaks a rule, to be raised."""
        return TaskFileError(f"{self.where}: field {name!r} must {rule}; correct the line.")

    def _turn(self) -> Turn:
        role = self.text("role")
        if role not in _ROLES:
            raise self.wrong("role", "be 'user' or 'assistant'")
        return Turn("user" if role == "user" else "assistant", self.text("text"))

    def _present(self, name: str) -> object:
        if name not in self.fields:
            raise TaskFileError(f"{self.where}: field {name!r} is missing; add it.")
        return self.fields[name]

    def _utf8(self, name: str, value: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:  # half of a surrogate pair, written as an escape
            raise self.wrong(name, "hold only characters that have an encoding in UTF-8") from None
        return value


def read_json_lines(path: Path) -> Iterator[Record]:
    """Every object of a JSONL file, in order; blank lines are passed over.

    Raises TaskFileError when the file cannot be read as UTF-8, or at the first line that is no JSON object.
    """
    for number, line in numbered_lines(path):
        where = f"{path}, line {number}"
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise TaskFileError(f"{where}: not JSON ({error}); write one JSON object on the line.") from error
        if not isinstance(value, dict):
            raise TaskFileError(
                f"{where}: a {type(value).__name__} instead of an object; write one JSON object on the line."
            )
        yield Record(cast("dict[str, object]", value), where)


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number from 1, line) of every line that is not blank."""
    try:
        # Some editors begin a UTF-8 file with a byte order mark, which is no part of the first line.
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TaskFileError(
            f"{path} cannot be read as UTF-8 text ({error}); check its path, permissions and encoding."
        ) from error


def unique(read: Iterable[tuple[Identified, str]], kind: str) -> tuple[Identified, ...]:
    """The things read, in order, each once; `read` pairs each with where it stands.

    Raises TaskFileError when two that differ have the same id: results could not tell them apart.
    """
    seen: dict[str, tuple[Identified, str]] = {}
    for thing, where in read:
        first, place = seen.setdefault(thing.id, (thing, where))
        if first != thing:
            raise TaskFileError(
                f"{where}: another {kind} has the id {thing.id!r} already ({place}); give each its own id."
            )
    return tuple(thing for thing, _where in seen.values())
