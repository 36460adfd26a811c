"""The tables under the records, their version, and what a fault of their database is told as."""

from pathlib import Path

from assistant.errors import RecordsUnusable
from knowledge.stores.database import Faults, Schema
from knowledge.stores.sqlite_database import SqliteDatabase

SCHEMA_VERSION = 1
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


def _unusable(name: str, reason: str) -> Exception:
    return RecordsUnusable(
        f"The records {name} cannot be read or written ({reason}). Free space on the disk or "
        "restore permission to write; nothing stored is lost."
    )


def _damaged(name: str, reason: str) -> Exception:
    return RecordsUnusable(
        f"The records {name} are damaged or no such file ({reason}). Bring them back from a "
        "backup, or move the file away to begin with none."
    )


def _too_new(name: str, version: int, known: int) -> Exception:
    return RecordsUnusable(
        f"The records {name} were written by a newer version of Policy Assistant (format "
        f"{version}; this version reads up to {known}). Install the newer version; nothing "
        "was touched."
    )


def _unreachable(name: str, reason: str) -> Exception:
    return RecordsUnusable(
        f"The records' database {name} does not answer ({reason}). Try again in a moment; if it goes on, "
        "start the database, or correct the setting records. Nothing stored is lost.",
        "对话记录的数据库暂无响应，请稍后再试；已保存的内容不会丢失。",
    )


RECORDS_SCHEMA = Schema("records", SCHEMA_VERSION, _SCHEMA)
RECORDS_FAULTS = Faults(_unusable, _damaged, _unreachable, _too_new)


class RecordsDatabase(SqliteDatabase):
    """The records in a file, in which nothing stays of what was deleted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, RECORDS_SCHEMA, RECORDS_FAULTS, without_traces=True)
