"""Files -> text: checks that hold for every format, then the reader of the file's own format."""

import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.errors import UnreadableFile
from knowledge.policy import Layout
from knowledge.reading.plain_text import decoded

READABLE_SUFFIXES = (".txt", ".md", ".markdown")
# A book of 3,000 pages has about 10 MB; a larger text file is a dump of many documents.
LARGEST_FILE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class ReadText:
    """A file's text as it is stored, without a leading BOM and with "\\n" for every line break."""

    text: str = field(repr=False)
    sha256: str  # of the file's bytes, 64 hex digits
    layout: Layout = field(default=Layout(), repr=False)
    facts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict, repr=False)  # that it states


def _shown(path: Path) -> str:
    """A path that can be printed anywhere, whatever bytes its name holds."""
    return "".join(character if character.isprintable() else "?" for character in str(path))


def _bytes_of(path: Path) -> bytes:
    """The bytes of a regular file of a size that is read."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFile(f"{_shown(path)} is not a file: name a text file or a folder of them.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1) if facts.st_size <= LARGEST_FILE_BYTES else b""
    except PermissionError as error:
        raise UnreadableFile(
            f"{_shown(path)} cannot be opened, permission is denied: give yourself the right to read it."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = getattr(error, "strerror", None) or "its name is not possible here"
        raise UnreadableFile(f"{_shown(path)} cannot be read ({reason}): check the path.") from error
    largest = max(facts.st_size, len(data))  # a file may grow while it is read
    if largest > LARGEST_FILE_BYTES:
        size, limit = largest / 1e6, LARGEST_FILE_BYTES / 1e6
        raise UnreadableFile(
            f"{_shown(path)} has {size:.1f} MB, more than the {limit:.0f} MB that are read:"
            " split it into smaller files."
        )
    return data


def read_file(path: Path) -> ReadText:
    """The text of one file.

    Raises UnreadableFile, with one sentence that names the file and the remedy, for a file that is missing,
    closed to us, too large, empty, binary, or in an encoding other than UTF-8, UTF-16 and GB18030.
    """
    if path.suffix.lower() not in READABLE_SUFFIXES:
        known = ", ".join(READABLE_SUFFIXES)
        raise UnreadableFile(f"{_shown(path)} is not of a known format ({known}): save it as one of them.")
    data = _bytes_of(path)
    text = decoded(data, _shown(path))
    return ReadText(text, hashlib.sha256(data).hexdigest())
