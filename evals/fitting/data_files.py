"""The files that a fit reads: whether they are there, and their hashes, so that one can tell what it saw."""

import hashlib
from collections.abc import Sequence
from pathlib import Path


def absent(folder: Path, names: Sequence[str]) -> list[str]:
    """Those of the files and folders that are not there."""
    return [name for name in names if not (folder / name).exists()]


def data_sha256(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Name -> sha256, 64 hex digits; of a folder, over its Markdown files' names and contents in order."""
    return {name: _sha256(folder / name) for name in names}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
        if path.is_dir():
            digest.update(file.relative_to(path).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
