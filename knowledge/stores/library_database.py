"""The SQLite file under the library: its tables, its version, its transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.errors import DataFolderUnusable, LibraryTooNew

Transaction = sqlite3.Connection  # inside one: what `LibraryDatabase.transaction` gives

SCHEMA_VERSION = 4
_BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, facts TEXT NOT NULL, language TEXT NOT NULL,
    sha256 TEXT NOT NULL, text TEXT NOT NULL,
    layout TEXT NOT NULL DEFAULT '{}');
CREATE INDEX documents_by_state ON documents (state);
CREATE TABLE files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE);
CREATE INDEX files_by_document ON files (document_id);
CREATE TABLE arriving_files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE);
CREATE INDEX arriving_files_by_document ON arriving_files (document_id);
CREATE TABLE sections (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    heading_path TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document_id, ordinal)) WITHOUT ROWID;
CREATE TABLE passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    section INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX passages_by_document ON passages (document_id, "start");
"""
# `unprepared`: documents whose sentences have not been embedded ahead of questions; see quote_preparation.
_ADDED_IN_3 = """
CREATE TABLE file_stamps (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unprepared (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE) WITHOUT ROWID;
"""
# What maintainers do with single documents; see `shelves`. What `replaced_files` leads to is replaced by the
# document named there once that can be found. `corrections` hold what a maintainer stated of a file while it
# has those bytes.
_ADDED_IN_4 = """
CREATE TABLE waiting_files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    by TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE removed_files (
    path TEXT NOT NULL, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    by TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (path, document_id)) WITHOUT ROWID;
CREATE TABLE replaced_files (
    path TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE) WITHOUT ROWID;
CREATE TABLE corrections (
    path TEXT NOT NULL, sha256 TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (path, sha256)) WITHOUT ROWID;
"""
# What makes a file of each earlier version one of the next.
_UPGRADES = {
    1: "ALTER TABLE documents ADD COLUMN layout TEXT NOT NULL DEFAULT '{}';",
    2: _ADDED_IN_3,
    3: _ADDED_IN_4,
}


class LibraryDatabase:
    """One connection for all threads of the process, one statement or transaction at a time.

    Every method raises DataFolderUnusable when the file is damaged, locked or cannot grow.
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
    def unchanged(self) -> Iterator[None]:
        """No other thread changes anything between the queries of the block."""
        with self._lock:
            yield

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

    def _prepare(self) -> None:
        version = int(self.all("PRAGMA user_version")[0][0])
        if version > SCHEMA_VERSION:
            raise LibraryTooNew(
                f"The library {self._path} was written by a newer version of Policy Assistant (format "
                f"{version}; this version reads up to {SCHEMA_VERSION}). Install the newer version, or set "
                "POLICY_ASSISTANT_HOME to another folder; the library was not touched."
            )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            steps = (
                _SCHEMA + _ADDED_IN_3 + _ADDED_IN_4
                if version == 0
                else "".join(_UPGRADES[old] for old in range(version, SCHEMA_VERSION))
            )
            self._connection.executescript(f"BEGIN; {steps} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # a bug of ours, not a fault of the file
            raise
        except sqlite3.OperationalError as error:
            raise DataFolderUnusable(
                f"The library {self._path} cannot be read or written ({error}). Free space on the disk or "
                "restore permission to write, then run the command again; nothing stored is lost."
            ) from error
        except sqlite3.DatabaseError as error:
            raise DataFolderUnusable(
                f"The library {self._path} is damaged or is not a library ({error}). Move the file away and "
                "run `policy-assistant index` on your documents again."
            ) from error
