"""Files that only the program's own user may read, written whole or not at all, one writer at a time."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

_WAIT_SECONDS = 10.0  # for another process that is writing; a write takes milliseconds


def write_private(path: Path, text: str) -> None:
    """Replace the file's content in one step, readable and writable by its owner alone. May raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes it with mode 0600, so there is no moment at which others could read it.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold back every other writer of the file, in this process and others, until the block ends.

    The commands write while the page is being served, so the lock of the data folder does not do. A process
    that is killed lets go of it. Raises TimeoutError when another keeps it for seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock"), timeout=_WAIT_SECONDS, mode=0o600):
        yield
