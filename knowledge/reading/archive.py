"""ZIP archives -> their members, each a document with a harmless path of its own."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.errors import UnreadableFile
from knowledge.reading.package import open_package, part_bytes

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 100_000_000  # bytes, unpacked

_UTF8_NAME = 0x800  # the flag of a member whose name is in UTF-8
_LONGEST_NAME = 240  # characters of one part of a path


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; `path` has no "..", no leading "/" and no sign that cannot be printed."""

    path: str
    position: int  # in the archive's directory


class Archive:
    """An archive that stays open while its members are read one by one.

    Raises UnreadableFile for an archive that is damaged, too large, or has too many members.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._package = open_package(data, name)
        self.members = tuple(self._found())
        if len(self.members) > MOST_MEMBERS:
            raise UnreadableFile(
                f"{name} has {len(self.members)} files in it, more than the {MOST_MEMBERS} that are read: "
                "split it.",
                f"{name} 内有 {len(self.members)} 个文件，超过可读取的 {MOST_MEMBERS} 个：请拆分。",
            )

    def read(self, position: int, name: str) -> bytes:
        """One member's bytes; raises UnreadableFile when it is damaged, encrypted or too large."""
        return part_bytes(self._package, self._package.infolist()[position], name, LARGEST_MEMBER)

    def _found(self) -> Iterator[Member]:
        """Every file in the archive's order, without folders and hidden files."""
        taken: set[str] = set()
        for position, entry in enumerate(self._package.infolist()):
            path = _harmless(_decoded_name(entry))
            hidden = any(part.startswith((".", "__MACOSX")) for part in path.split("/"))
            if path and not hidden and not entry.is_dir():
                yield Member(_untaken(path, taken), position)


def _decoded_name(entry: zipfile.ZipInfo) -> str:
    """A member's name; Chinese programs write GBK where the format knows code page 437 alone."""
    if entry.flag_bits & _UTF8_NAME or entry.filename.isascii():
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _harmless(path: str) -> str:
    """A relative path below the archive, whatever the archive's directory says."""
    printable = "".join(sign if sign.isprintable() else "_" for sign in path.replace("\\", "/"))
    parts = [part.strip() for part in printable.split("/")]
    return "/".join(
        part[-_LONGEST_NAME:] for part in parts if part not in ("", ".", "..") and part[1:] != ":"
    )


def _untaken(path: str, taken: set[str]) -> str:
    """The path, with a number where another member has it already."""
    wanted, number = PurePosixPath(path), 2
    while path in taken:
        path = str(wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}"))
        number += 1
    taken.add(path)
    return path
