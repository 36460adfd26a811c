"""Taking a folder's permissions away, also from the superuser, who could otherwise open anything."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Within the block this process may neither read nor write in the folder."""
    mode = folder.stat().st_mode
    user = os.geteuid()
    folder.chmod(0)
    if user == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if user == 0:
            os.seteuid(user)
        folder.chmod(mode)
