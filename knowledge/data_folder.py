"""The data folder: one place for all state, held by one process at a time.

Chroma answers from stale data when two processes share its folder, so a second process is refused
at once, with the name of the one that holds it.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from knowledge.errors import DataFolderBusy, DataFolderUnusable

_WAIT_SECONDS = 0.7  # covers a holder that is just closing; refused in 2 s, start of Python included


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where each kind of state lies; `keyword`, `vectors` and `cache` can be deleted and rebuilt."""

    path: Path

    @property
    def library(self) -> Path:
        """The SQLite file that is the source of truth."""
        return self.path / "library.sqlite"

    @property
    def records(self) -> Path:
        """The SQLite file of what else is kept, if anything is."""
        return self.path / "records.sqlite"

    @property
    def keyword(self) -> Path:
        """The folder of the keyword index."""
        return self.path / "keyword"

    @property
    def vectors(self) -> Path:
        """The folder of the vector index."""
        return self.path / "vectors"

    @property
    def uploads(self) -> Path:
        """The folder of the files that people sent."""
        return self.path / "uploads"

    @property
    def cache(self) -> Path:
        """The folder of everything that only saves time."""
        return self.path / "cache"


@contextmanager
def hold_data_folder(path: Path, purpose: str) -> Iterator[DataFolder]:
    """Create the folder if needed and hold it against every other process until the block ends.

    Raises DataFolderUnusable when it cannot be written, DataFolderBusy within 2 s when it is held.
    """
    folder = DataFolder(path)
    holder = path / "lock.holder.json"
    with _writing(path):
        folder.cache.mkdir(parents=True, exist_ok=True)
    lock = _locked(path, holder)
    try:
        with _writing(path):
            since = time.strftime("%Y-%m-%d %H:%M:%S")
            holder.write_text(json.dumps({"pid": os.getpid(), "purpose": purpose, "since": since}), "utf-8")
        yield folder
    finally:
        with suppress(OSError):  # a name that is left behind misleads nobody: only the lock counts
            holder.unlink()
        lock.release()


def _locked(path: Path, holder: Path) -> BaseFileLock:
    lock = FileLock(path / "lock", timeout=_WAIT_SECONDS)
    try:
        with _writing(path):
            lock.acquire()
    except Timeout:
        raise DataFolderBusy(
            f"The data folder {path} is in use by {_holder_name(holder)}. "
            "Stop that process first, or set POLICY_ASSISTANT_HOME to another folder."
        ) from None
    return lock


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turns what the system says against writing in the folder into one sentence."""
    try:
        yield
    except Timeout:  # an OSError too, but of a folder that is fine
        raise
    except OSError as error:
        remedy = "set POLICY_ASSISTANT_HOME to another folder on a local disk"
        if isinstance(error, NotADirectoryError):
            raise DataFolderUnusable(
                f"{path} cannot be the data folder, because it or a part of its path is a file; {remedy}."
            ) from error
        raise DataFolderUnusable(
            f"The data folder {path} cannot be written ({error.strerror or error}); free space on the disk, "
            f"give this user permission to write there, or {remedy}."
        ) from error


def _holder_name(holder: Path) -> str:
    try:
        named = json.loads(holder.read_text("utf-8"))
        return f"`policy-assistant {named['purpose']}` (process {named['pid']}, since {named['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"  # it has the lock but has not written its name yet
