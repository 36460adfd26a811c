"""The audit log: who did what and when, each record with the hash of the one before.

One JSON object a line, only ever appended. A second file, the head, holds the number and the hash of the last
record, so that cutting off the end is found as well; `audit_chain` checks both. No question, password or
token is ever written here. Who can write the data folder can forge both files: note the head elsewhere.
"""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from assistant.people.private_file import only_writer, write_private

LOG, HEAD = "audit.jsonl", "audit.head.json"  # in the data folder
BEGINNING = "0" * 64  # what stands before the first record
_LONGEST = 500  # characters of a name or an object
_LONGEST_LINE = 8_000  # bytes; a character is at most six of them, as \u0000


class Action(StrEnum):
    """What is written down; other parts may have names of their own for what they do."""

    LOGGED_IN = "logged in"
    LOG_IN_FAILED = "log-in failed"
    LOGGED_OUT = "logged out"
    USER_ADDED = "user added"
    USER_REMOVED = "user removed"
    PASSWORD_SET = "password set"  # noqa: S105 (no password)
    TOKEN_MADE = "token made"  # noqa: S105
    TOKEN_REVOKED = "token revoked"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the log."""

    number: int  # 1-based
    at: str  # ISO 8601, UTC
    person: str
    action: str
    object: str
    before: str  # the hash of the record before
    hash: str = ""

    def sealed(self) -> "Record":
        """The record with the hash over all the rest."""
        held = {name: value for name, value in asdict(self).items() if name != "hash"}
        plain = json.dumps(held, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return replace(self, hash=sha256(plain.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log ends."""

    number: int = 0
    hash: str = BEGINNING


class Audit(Protocol):
    """Where it is written down who did what."""

    def record(self, person: str, action: str, what: str = "") -> None:
        """Write it down; `person` is a name. When this returns, it is on the disk."""
        ...


class Unrecorded:
    """An audit that keeps nothing, for a page without a data folder."""

    def record(self, person: str, action: str, what: str = "") -> None:
        """Keep nothing."""


class AuditLog:
    """The audit log of a data folder. Safe to use from several threads and processes, and against kills."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.log, self.head = folder / LOG, folder / HEAD
        self._clock = clock
        self._lock = threading.Lock()

    def record(self, person: str, action: str, what: str = "") -> None:
        """Append a record and move the head. May raise OSError."""
        at = self._clock().isoformat(timespec="milliseconds")
        with self._lock, only_writer(self.log):
            head = self._end()
            number, who, what = head.number + 1, _plain(person), _plain(what)
            record = Record(number, at, who, _plain(action), what, head.hash).sealed()
            self._append(line_of(record))
            write_private(self.head, json.dumps(asdict(Head(number, record.hash))))

    def _end(self) -> Head:
        """What the next record follows: the head, or the one record that a kill kept the head from naming.

        When the log ends with anything else, somebody has changed it: the next record follows the head all
        the same, so that the break stays to be found.
        """
        head = read_head(self.head)
        last = self._last_line()
        record = record_of(last) if last else None
        if record is not None and record.before == head.hash and record.number == head.number + 1:
            return Head(record.number, record.hash)
        return head

    def _last_line(self) -> str:
        """The last whole line; what a kill left of one that was not finished is cut off."""
        try:
            file = self.log.open("r+b")
        except FileNotFoundError:
            return ""
        with file:
            size = file.seek(0, os.SEEK_END)
            start = max(0, size - _LONGEST_LINE)
            file.seek(start)
            tail = file.read()
            whole = tail.rfind(b"\n") + 1
            if whole < len(tail):
                file.truncate(start + whole)
            lines = tail[:whole].splitlines()
            return lines[-1].decode("utf-8", "replace") if lines else ""

    def _append(self, line: str) -> None:
        handle = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab", buffering=0) as file:
            file.write(f"{line}\n".encode())
            os.fsync(file.fileno())


def read_head(path: Path) -> Head:
    """The head that a file holds; that of an empty log when there is none or it is damaged."""
    try:
        held = json.loads(path.read_text("utf-8"))
        return Head(int(held["number"]), str(held["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Head()


def line_of(record: Record) -> str:
    """The one way in which a record is written."""
    return json.dumps(asdict(record), ensure_ascii=False)


def record_of(line: str) -> Record | None:
    """The record in a line; None unless each character of it is as it was written."""
    try:
        record = Record(**json.loads(line))
        whole = record.hash == record.sealed().hash and line_of(record) == line.rstrip("\n")
    except (ValueError, TypeError):
        return None
    return record if whole else None


def _plain(text: str) -> str:
    return str(text)[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
