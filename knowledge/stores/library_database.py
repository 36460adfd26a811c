"""The tables under the library, its version, and what a fault of its database is told as."""

from pathlib import Path

from knowledge.errors import DataFolderUnusable, LibraryTooNew, ServerUnreachable
from knowledge.stores.database import Faults, Schema
from knowledge.stores.sqlite_database import SqliteDatabase

SCHEMA_VERSION = 4
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
# Where several processes share the library, each finds here which documents its own indexes have to follow.
_CHANGED_DOCUMENTS = """
CREATE TABLE changed_documents (document_id TEXT COLLATE "C" PRIMARY KEY, revision BIGINT NOT NULL);
CREATE INDEX changed_documents_by_revision ON changed_documents (revision);
CREATE FUNCTION note_changed_document() RETURNS trigger LANGUAGE plpgsql
    SET search_path = policy_library AS $$ BEGIN
    INSERT INTO changed_documents SELECT coalesce(NEW.id, OLD.id), number FROM revision
    ON CONFLICT (document_id) DO UPDATE SET revision = excluded.revision;
    RETURN NULL;
END $$;
CREATE TRIGGER documents_changed AFTER INSERT OR DELETE OR UPDATE OF state ON documents
    FOR EACH ROW EXECUTE FUNCTION note_changed_document();
"""
# What makes a file of each earlier version one of the next.
_UPGRADES = {
    1: "ALTER TABLE documents ADD COLUMN layout TEXT NOT NULL DEFAULT '{}';",
    2: _ADDED_IN_3,
    3: _ADDED_IN_4,
}


def _unusable(name: str, reason: str) -> Exception:
    return DataFolderUnusable(
        f"The library {name} cannot be read or written ({reason}). Free space on the disk or "
        "restore permission to write, then run the command again; nothing stored is lost."
    )


def _damaged(name: str, reason: str) -> Exception:
    return DataFolderUnusable(
        f"The library {name} is damaged or is not a library ({reason}). Move the file away and "
        "run `policy-assistant index` on your documents again."
    )


def _too_new(name: str, version: int, known: int) -> Exception:
    return LibraryTooNew(
        f"The library {name} was written by a newer version of Policy Assistant (format "
        f"{version}; this version reads up to {known}). Install the newer version, or set "
        "POLICY_ASSISTANT_HOME to another folder; the library was not touched."
    )


def _unreachable(name: str, reason: str) -> Exception:
    return ServerUnreachable(
        f"The library's database {name} does not answer ({reason}). Try again in a moment; if it goes on, "
        "start the database, or correct the setting library. Nothing stored is lost."
    )


LIBRARY_SCHEMA = Schema(
    "library", SCHEMA_VERSION, _SCHEMA + _ADDED_IN_3 + _ADDED_IN_4, _UPGRADES, _CHANGED_DOCUMENTS
)
LIBRARY_FAULTS = Faults(_unusable, _damaged, _unreachable, _too_new)


class LibraryDatabase(SqliteDatabase):
    """The library in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, LIBRARY_SCHEMA, LIBRARY_FAULTS)
