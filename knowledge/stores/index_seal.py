"""A seal over an index's files: how they were when Policy Assistant last closed them.

It is broken before the first write and renewed at a clean close. So an index with an unbroken seal was not
being written when its process died, was not changed by anyone else, and can be opened without a closer look.
"""

import hashlib
import json
import os
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Literal

_NAME = "seal.json"
# whole: as it was left; unknown: a writer died, or there is no seal; changed: somebody else wrote there.
State = Literal["whole", "unknown", "changed"]
_Sealed = dict[str, tuple[int, int, str]]  # file -> bytes, time of change in ns, blake2b of its content


class IndexSeal:
    """The seal of one index folder; `unsteady` says which files merely opening the index changes.

    Unsteady files are compared by size and time and have no hash: one that differs makes the state unknown.
    """

    def __init__(self, folder: Path, *, unsteady: Callable[[], Collection[str]] = tuple) -> None:
        self._folder = folder
        self._file = folder / _NAME
        self._unsteady = unsteady

    @property
    def is_broken(self) -> bool:
        """Whether there is no seal: something was written since the last clean close, or never sealed."""
        return not self._file.exists()

    def broken(self) -> None:
        """Break the seal; called before every write, and costs nothing when it is broken already."""
        self._file.unlink(missing_ok=True)

    def renew(self) -> None:
        """Seal the files as they are now; without room or right to write, the seal stays broken."""
        with suppress(OSError):
            before = self._sealed() or {}
            sealed, loose = {}, self._unsteady()
            for name, (size, time) in self._present().items():
                known = before.get(name)
                same = known is not None and known[:2] == (size, time) and (known[2] or name in loose)
                sealed[name] = (size, time, known[2] if known and same else self._hash(name, loose))
            if sealed != before:
                draft = self._file.with_name(f"{_NAME}.part")
                draft.write_text(json.dumps(sealed), "utf-8")
                os.replace(draft, self._file)  # noqa: PTH105 (says more plainly that it replaces)

    def state(self, *, thorough: bool = False) -> State:
        """What the seal says of the folder now; `thorough` also hashes files that look untouched."""
        sealed = self._sealed()
        if sealed is None:
            return "unknown"
        present, loose = self._present(), self._unsteady()
        names = {*sealed, *present}
        for name in names.difference(loose):
            if name not in sealed or name not in present or sealed[name][0] != present[name][0]:
                return "changed"
            touched = sealed[name][1] != present[name][1]
            if (touched or thorough) and self._hash(name, loose) != sealed[name][2]:
                return "changed"
        for name in names.intersection(loose):
            if name not in sealed or present.get(name) != sealed[name][:2]:
                return "unknown"
        return "whole"

    def _present(self) -> dict[str, tuple[int, int]]:
        found = {}
        for path in sorted(self._folder.rglob("*")):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and not name.startswith((_NAME, ".")):  # hidden ones are locks
                status = path.stat()
                found[name] = (status.st_size, status.st_mtime_ns)
        return found

    def _sealed(self) -> _Sealed | None:
        try:
            stored = json.loads(self._file.read_text("utf-8"))
            return {
                str(name): (int(size), int(time), str(hash_)) for name, (size, time, hash_) in stored.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return None  # none, or not one that we wrote: as good as broken

    def _hash(self, name: str, loose: Collection[str]) -> str:
        if name in loose:
            return ""
        with (self._folder / name).open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
