"""A file of SQLite behind the library or the records: its version, its transactions, its faults."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.stores.database import Faults, Schema, Transaction

_BUSY_SECONDS = 5.0
# What is deleted is overwritten, and writing the file anew leaves no copy beside it.
_WITHOUT_TRACES = ("secure_delete = ON", "temp_store = MEMORY")


class SqliteDatabase:
    """One connection for all threads of the process, one statement or transaction at a time.

    What a transaction has written is on the disk when it has ended: it outlives `kill -9` and, where
    `without_traces` asks for more than SQLite's own care of a log, a power cut as well.
    """

    def __init__(self, path: Path, schema: Schema, faults: Faults, *, without_traces: bool = False) -> None:
        self.name = str(path)
        self._schema = schema
        self._faults = faults
        self._pragmas = ["journal_mode = WAL", "foreign_keys = ON"]
        if without_traces:
            self._pragmas += ["synchronous = FULL", *_WITHOUT_TRACES]
        self._changes = 0
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

    @property
    def changes(self) -> int:
        """How many transactions there were since the file was opened, of this process, which alone has it."""
        return self._changes

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
    def unchanged(self) -> Iterator[int]:
        """No other thread changes anything between the queries of the block."""
        with self._lock:
            yield self._changes

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything in the block is written, or nothing; durable when the block has ended."""
        with self._lock, self._named_faults():
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
                self._changes += 1
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
        schema = self._schema
        version = int(self.all("PRAGMA user_version")[0][0])
        if version > schema.version:
            raise self._faults.too_new(self.name, version, schema.version)
        for pragma in self._pragmas:
            self._connection.execute(f"PRAGMA {pragma}")
        if version < schema.version:
            steps = (
                schema.tables
                if version == 0
                else "".join(schema.upgrades[old] for old in range(version, schema.version))
            )
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {schema.version}; COMMIT;"
            )

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # a bug of ours, not a fault of the file
            raise
        except sqlite3.OperationalError as error:
            raise self._faults.unusable(self.name, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise self._faults.damaged(self.name, str(error)) from error
