"""The library in one file that can be carried elsewhere, and back from it.

A backup is a ZIP of the databases that cannot be rebuilt, and of named files that lie beside them, with a
manifest that holds the sha256 of each.
Indexes and caches are left out, since they are rebuilt from the library.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Any

from knowledge.data_folder import DataFolder
from knowledge.errors import BackupUnusable, DataFolderUnusable
from knowledge.stores.library_database import SCHEMA_VERSION

_DATABASE = ".sqlite"
_MANIFEST = "manifest.json"
_KIND = "Policy Assistant backup"
_FORMAT = 1
_LARGEST_MANIFEST = 1_000_000  # bytes
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    documents: int
    made: str  # ISO 8601, UTC
    files: tuple[str, ...]


def back_up(folder: DataFolder, target: Path, beside: Sequence[str] = ()) -> BackedUp:
    """Write a backup of a held data folder; what another thread of this process writes meanwhile is no harm.

    `beside` are name patterns such as "audit.*" of further files, which are taken as they are.

    It is the state of one moment, and `target` appears only when it is whole. Raises BackupUnusable when
    there is a file already or it cannot be written, DataFolderUnusable when a database is damaged.
    """
    if target.exists():
        raise BackupUnusable(f"{target} is there already; name a file that is not, or remove it first.")
    if not folder.library.is_file():
        raise BackupUnusable(f"There is no library in {folder.path} yet, so there is nothing to back up.")
    draft = target.with_name(f"{target.name}.part")
    with _naming(target), tempfile.TemporaryDirectory(dir=folder.path, prefix="backup-") as scratch:
        try:
            copies = [_copied(path, Path(scratch)) for path in sorted(folder.path.glob("*.sqlite"))]
            copies += [Path(shutil.copy2(path, scratch)) for path in _beside(folder, beside)]
            done = _write(draft, copies)
            os.replace(draft, target)  # noqa: PTH105
        finally:
            draft.unlink(missing_ok=True)
    return done


def restore(source: Path, folder: DataFolder, beside: Sequence[str] = ()) -> BackedUp:
    """Put a backup's files into a held data folder that has no library; the indexes are then rebuilt.

    Everything is checked against the manifest before anything is put in place, and nothing is put there that
    is neither a database nor of one of the names `beside`. Raises BackupUnusable.
    """
    if folder.library.exists():
        raise BackupUnusable(
            f"The data folder {folder.path} has a library already; restore into an empty one, by setting "
            "POLICY_ASSISTANT_HOME to another folder. Nothing was changed."
        )
    with _naming(source), tempfile.TemporaryDirectory(dir=folder.path, prefix="restore-") as scratch:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source, beside)
            for name, told in manifest["files"].items():
                _take_out(archive, name, told, Path(scratch), source)
        for name in manifest["files"]:
            if name.endswith(_DATABASE):
                _check_database(Path(scratch, name), source)
        for name in sorted(manifest["files"], key=lambda name: name == folder.library.name):
            os.replace(Path(scratch, name), folder.path / name)  # noqa: PTH105
    return BackedUp(manifest["documents"], manifest["made"], tuple(sorted(manifest["files"])))


def _copied(path: Path, scratch: Path) -> Path:
    copy = scratch / path.name
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            _check(target, str(path))
    except sqlite3.DatabaseError as error:
        raise DataFolderUnusable(
            f"{path} cannot be backed up ({error}); see what is wrong with: policy-assistant library doctor"
        ) from error
    return copy


def _beside(folder: DataFolder, patterns: Sequence[str]) -> list[Path]:
    found = {path for pattern in patterns for path in folder.path.glob(pattern) if path.is_file()}
    return sorted(
        path for path in found if _DATABASE not in path.name
    )  # which has files of its own beside it


def _write(draft: Path, copies: list[Path]) -> BackedUp:
    with closing(sqlite3.connect(next(copy for copy in copies if copy.name == "library.sqlite"))) as library:
        (documents,) = library.execute("SELECT count(*) FROM documents WHERE state = 'current'").fetchone()
        (schema,) = library.execute("PRAGMA user_version").fetchone()
    files = {copy.name: {"sha256": _sha256(copy), "bytes": copy.stat().st_size} for copy in copies}
    made = datetime.now(UTC).isoformat(timespec="seconds")
    told = {
        "kind": _KIND,
        "format": _FORMAT,
        "made": made,
        "schema": schema,
        "documents": documents,
        "files": files,
    }
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, json.dumps(told, indent=2))
        for copy in copies:
            archive.write(copy, copy.name)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    return BackedUp(documents, made, tuple(sorted(files)))


def _manifest(archive: zipfile.ZipFile, source: Path, beside: Sequence[str]) -> dict[str, Any]:
    names = archive.namelist()
    if names.count(_MANIFEST) != 1 or archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise BackupUnusable(f"{source} is no backup of Policy Assistant: it has no manifest.")
    told = json.loads(archive.read(_MANIFEST))
    if not isinstance(told, dict) or told.get("kind") != _KIND or told.get("format") != _FORMAT:
        raise BackupUnusable(f"{source} is no backup that this version of Policy Assistant knows.")
    if told["schema"] > SCHEMA_VERSION:
        raise BackupUnusable(
            f"{source} was made by a newer version of Policy Assistant (format {told['schema']}; this "
            f"version reads up to {SCHEMA_VERSION}). Install the newer version."
        )
    files = told["files"]
    plain = all(Path(name).name == name and _is_known(name, beside) for name in files)
    if not plain or "library.sqlite" not in files or sorted(names) != sorted([_MANIFEST, *files]):
        raise BackupUnusable(f"{source} does not hold the files that its manifest names; use another backup.")
    return told


def _is_known(name: str, beside: Sequence[str]) -> bool:
    return name.endswith(_DATABASE) or any(fnmatchcase(name, pattern) for pattern in beside)


def _take_out(archive: zipfile.ZipFile, name: str, told: dict[str, Any], scratch: Path, source: Path) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as packed, (scratch / name).open("wb") as out:
        for piece in _pieces(packed):
            digest.update(piece)
            size += len(piece)
            if size > told["bytes"]:
                break
            out.write(piece)
    if size != told["bytes"] or digest.hexdigest() != told["sha256"]:
        raise BackupUnusable(f"{name} in {source} is damaged; use another backup. Nothing was changed.")


def _check_database(path: Path, source: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            _check(database, path.name)
    except sqlite3.DatabaseError as error:
        raise BackupUnusable(f"{path.name} in {source} is damaged ({error}); use another backup.") from error


def _check(database: sqlite3.Connection, name: str) -> None:
    ((answer,), *_rest) = database.execute("PRAGMA integrity_check(1)").fetchall()
    if answer != "ok":
        raise sqlite3.DatabaseError(f"{name}: {answer}")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turns what can be wrong with a backup's file into one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError, NotImplementedError) as error:
        raise BackupUnusable(f"{path} is no whole backup ({error}); use another one.") from error
    except OSError as error:
        raise BackupUnusable(
            f"{path} cannot be read or written ({error.strerror or error}); check the path, its permissions "
            "and the free space of its disk and of the data folder's."
        ) from error
