"""Rights that a test takes away must bind it, also where tests run as root."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_NOBODY = 65534


@contextmanager
def ordinary_user_folder() -> Iterator[Path]:
    """A folder of a user without privileges, who the process is until the block ends."""
    if os.name != "posix":
        pytest.skip("there are no such permissions here")
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp())
    try:
        if root:
            os.chown(folder, _NOBODY, -1)
            os.seteuid(_NOBODY)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
