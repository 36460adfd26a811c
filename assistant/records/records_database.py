"""The SQLite file under the records: its tables, its version, its transactions, deletion without a trace."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import RecordsUnusable

Transaction = sqlite3.Connection  # inside one: what `RecordsDatabase.transaction` gives

SCHEMA_VERSION = 1
_BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, title TEXT NOT NULL, begun TEXT NOT NULL,
    changed TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX conversations_by_person ON conversations (person, changed);
CREATE INDEX conversations_by_change ON conversations (changed);
CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    asked TEXT NOT NULL, question TEXT NOT NULL, filters TEXT NOT NULL, answer TEXT NOT NULL);
CREATE INDEX exchanges_by_conversation ON exchanges (conversation, number);
CREATE TABLE feedback (
    exchange TEXT PRIMARY KEY REFERENCES exchanges(id) ON DELETE CASCADE,
    rating TEXT NOT NULL, reason TEXT, comment TEXT NOT NULL, given TEXT NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
"""


class RecordsDatabase:
    """One connection for all threads of the process, one statement or transaction at a time.

    What a transaction has written is on the disk when it has ended: it outlives `kill -9` and a power cut.
    Every method raises RecordsUnusable when the file is damaged, locked or cannot grow.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        with self._named_faults():
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, self._named_faults():
            return self._connection.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        rows = self.all(query, *values)
        return rows[0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything in the block is written, or nothing; durable when the block has ended."""
        with self._lock, self._named_faults():
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def leave_no_trace(self) -> None:
        """What has been deleted stands in none of the bytes of the file any more, nor in its log.

        `secure_delete` overwrites what it deletes, but SQLite leaves copies of rows behind where it has moved
        them from one page to another; only writing the file anew is sure to drop these.
        """
        with self._lock, self._named_faults():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        version = int(self.all("PRAGMA user_version")[0][0])
        if version > SCHEMA_VERSION:
            raise RecordsUnusable(
                f"The records {self._path} were written by a newer version of Policy Assistant (format "
                f"{version}; this version reads up to {SCHEMA_VERSION}). Install the newer version; nothing "
                "was touched."
            )
        for pragma in (
            "secure_delete = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",  # so that writing the file anew leaves no copy beside it
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        if version < SCHEMA_VERSION:
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # a bug of ours, not a fault of the file
            raise
        except sqlite3.OperationalError as error:
            raise RecordsUnusable(
                f"The records {self._path} cannot be read or written ({error}). Free space on the disk or "
                "restore permission to write; nothing stored is lost."
            ) from error
        except sqlite3.DatabaseError as error:
            raise RecordsUnusable(
                f"The records {self._path} are damaged or no such file ({error}). Bring them back from a "
                "backup, or move the file away to begin with none."
            ) from error
