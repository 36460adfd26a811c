"""Files -> text: checks that hold for every format, then the reader of the file's own format."""

import hashlib
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from knowledge.errors import UnreadableFile
from knowledge.policy import Layout
from knowledge.reading.content import Content
from knowledge.reading.markdown import read_markdown
from knowledge.reading.plain_text import read_text
from knowledge.reading.process import SECONDS, SECONDS_FOR_PAGES, ParsingProcess

_TEXT_SUFFIXES = (".txt", ".md", ".markdown")  # read without a parser, in this process
ARCHIVE_SUFFIX = ".zip"
READABLE_SUFFIXES = (
    *_TEXT_SUFFIXES, ".pdf", ".docx", ".html", ".htm", ".xml", ".csv", ".xlsx", ARCHIVE_SUFFIX,
)  # fmt: skip
# A book of 3,000 pages has about 10 MB of text; a larger text file is a dump of many documents.
LARGEST_FILE_BYTES = 20_000_000
LARGEST_PARSED_BYTES = 100_000_000  # other formats hold pictures and fonts


@dataclass(frozen=True, slots=True)
class ReadText:
    """A file's text as it is stored, without a leading BOM and with "\\n" for every line break."""

    text: str = field(repr=False)
    sha256: str  # of the file's bytes, 64 hex digits
    layout: Layout = field(default=Layout(), repr=False)
    # Fields of DocumentFacts by their names: what the file states beside its text.
    stated: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file in an archive; its `path` is the archive's with the member's own behind it."""

    archive: Path
    path: str
    position: int

    @property
    def suffix(self) -> str:
        """The suffix of the member's name, in small letters."""
        return PurePosixPath(self.path).suffix.lower()


class FileReader:
    """Reads files one after another; used as a context, because a parsing process belongs to it.

    The process starts with the first file that needs it, and anew after one that it did not survive.
    """

    def __init__(self) -> None:
        self._process = ParsingProcess()

    def __enter__(self) -> Self:
        self._process.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.__exit__(kind, error, trace)

    def read(self, path: Path, *, called: str | None = None) -> ReadText:
        """The text of one file; `called` is its name where it is stored under another one.

        Raises UnreadableFile, with one sentence that names the file and the remedy, for a file that is
        missing, closed to us, too large, empty, damaged, encrypted or of another format than its name says.
        """
        name = shown(called or path)
        suffix = PurePosixPath(called or path).suffix.lower()
        if suffix not in READABLE_SUFFIXES or suffix == ARCHIVE_SUFFIX:
            known = ", ".join(READABLE_SUFFIXES)
            raise UnreadableFile(
                f"{name} is not of a known format ({known}): save it as one of them.",
                f"{name} 的格式不受支持（支持 {known}）：请另存为其中一种。",
            )
        if suffix in _TEXT_SUFFIXES:
            data = _bytes_of(path)
            content: Content = (read_text if suffix == ".txt" else read_markdown)(data, name)
            return ReadText(content.text, hashlib.sha256(data).hexdigest(), content.layout, content.stated)
        _check(path, LARGEST_PARSED_BYTES)
        seconds = SECONDS_FOR_PAGES if suffix == ".pdf" else SECONDS
        return _read_text(self._process.ask("file", path, name=name, suffix=suffix, seconds=seconds))

    def members(self, archive: Path, *, called: str | None = None) -> Iterator[ArchiveMember]:
        """The files of an archive; raises UnreadableFile for one that is damaged, encrypted or too large.

        `called` is the archive's name where it is stored under another one.
        """
        _check(archive, LARGEST_PARSED_BYTES)
        name = shown(called or archive)
        answer = self._process.ask("members", archive, name=name, archive=name)
        for member, position in answer["members"]:
            yield ArchiveMember(archive, f"{called or archive}/{member}", position)

    def read_member(self, member: ArchiveMember) -> ReadText:
        """The text of one file of an archive; raises UnreadableFile as `read` does."""
        name = shown(member.path)
        if member.suffix == ARCHIVE_SUFFIX:
            raise UnreadableFile(
                f"{name} is an archive in an archive, which is not opened: unpack it.",
                f"{name} 是压缩包内的压缩包，不予打开：请先解压。",
            )
        answer = self._process.ask(
            "member",
            member.archive,
            name=name,
            archive=name,
            position=member.position,
            suffix=member.suffix,
        )
        return _read_text(answer)


def read_file(path: Path) -> ReadText:
    """The text of one file, as `FileReader.read` gives it."""
    with FileReader() as reader:
        return reader.read(path)


def shown(path: Path | str) -> str:
    """A path that can be printed anywhere, whatever bytes its name holds."""
    return "".join(character if character.isprintable() else "?" for character in str(path))


def _read_text(answer: Mapping[str, Any]) -> ReadText:
    layout = Layout(
        tuple((start, level) for start, level in answer["headings"]),
        tuple(answer["pages"]),
        tuple(answer["hidden"]),
    )
    stated = {
        name: tuple(value) if isinstance(value, list) else value for name, value in answer["stated"].items()
    }
    return ReadText(answer["text"], answer["sha256"], layout, stated)


def _check(path: Path, most: int) -> int:
    """The size of a regular file that may be opened, of a size that is read."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFile(
                f"{shown(path)} is not a file: name a text file or a folder of them.",
                f"{shown(path)} 不是文件：请指定文本文件或其所在文件夹。",
            )
        with path.open("rb"):
            pass
    except PermissionError as error:
        raise UnreadableFile(
            f"{shown(path)} cannot be opened, permission is denied: give yourself the right to read it.",
            f"{shown(path)} 无法打开，没有读取权限：请先取得读取权限。",
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = getattr(error, "strerror", None) or "its name is not possible here"
        raise UnreadableFile(
            f"{shown(path)} cannot be read ({reason}): check the path.",
            f"{shown(path)} 无法读取（{reason}）：请检查路径。",
        ) from error
    if facts.st_size > most:
        raise _too_large(path, facts.st_size, most)
    return facts.st_size


def _bytes_of(path: Path) -> bytes:
    """The bytes of a text file."""
    _check(path, LARGEST_FILE_BYTES)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            f"{shown(path)} cannot be read ({error.strerror}): check the path.",
            f"{shown(path)} 无法读取（{error.strerror}）：请检查路径。",
        ) from error
    if len(data) > LARGEST_FILE_BYTES:  # it grew while it was read
        raise _too_large(path, len(data), LARGEST_FILE_BYTES)
    return data


def _too_large(path: Path, size: int, most: int) -> UnreadableFile:
    return UnreadableFile(
        f"{shown(path)} has {size / 1e6:.1f} MB, more than the {most / 1e6:.0f} MB that are read:"
        " split it into smaller files.",
        f"{shown(path)} 有 {size / 1e6:.1f} MB，超过可读取的 {most / 1e6:.0f} MB：请拆分为较小的文件。",
    )
