"""Which files need not be read again, because nothing about them has changed since they were.

A stamp is what the system says of a file (size, both times in nanoseconds, inode), what the catalogue says,
and the code that reads. Writing to a file moves its second time (ctime) even when the first is set back.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

from knowledge.files.file_finding import FoundFile
from knowledge.stores.stored_document import stored

# A file that was written to so recently may be written to once more within the same tick of its clock (4 ms
# on Linux, 2 s on FAT), which nobody could see afterwards; it is read again next time.
_SETTLED_NS = 3_000_000_000


def stamp_of(file: FoundFile) -> str | None:
    """The stamp of a file now, None for one that cannot be looked at or was written to just now."""
    try:
        status = os.stat(file.path)  # noqa: PTH116 (10,000 of them)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < _SETTLED_NS:
        return None
    said = hashlib.blake2b((stored(file.facts) if file.facts else "").encode(), digest_size=8).hexdigest()
    parts = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, said, _reading_code())
    return " ".join(map(str, parts))


def documents_by_file(files: Sequence[FoundFile], known: Iterable[str]) -> dict[str, list[str]]:
    """Which of the known document paths each file holds: its own, or those of an archive's members."""
    held: dict[str, list[str]] = {str(file.path): [] for file in files}
    for path in known:
        for place in (path, *map(str, PurePosixPath(path).parents)):
            if place in held:
                held[place].append(path)
                break
    return held


def untouched(stamps: Mapping[str, str | None], recorded: Mapping[str, str]) -> set[str]:
    """Paths of the files whose stamp is the recorded one."""
    return {path for path, stamp in stamps.items() if stamp is not None and stamp == recorded.get(path)}


def settled(
    read: Sequence[FoundFile], stamps: Mapping[str, str | None], unread: Mapping[str, str]
) -> dict[str, str]:
    """Stamps of the files that were read whole and did not change meanwhile."""
    whole = {}
    for file in read:
        path, stamp = str(file.path), stamps[str(file.path)]
        if stamp is not None and stamp_of(file) == stamp:
            whole[path] = stamp
    for failed in unread:
        for place in (failed, *map(str, PurePosixPath(failed).parents)):  # itself, or the archive it is in
            whole.pop(place, None)
    return whole


@cache
def _reading_code() -> str:
    """The code of this package: another version may read the same bytes otherwise."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
