"""Files that people send: kept in a folder of their own, each under the sha256 of its bytes.

A name that came with a file is words beside it and never a path. A document that was read from such a file
has the path "upload:<sha256>/<name>", with "/<member>" behind it for a file of an archive. The stored files
have no suffix, so that an index run over the data folder takes none of them for a document.
"""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from knowledge.errors import DataFolderUnusable, UnreadableFile
from knowledge.files.document_reading import document_of
from knowledge.policy import Document
from knowledge.reading import ARCHIVE_SUFFIX, READABLE_SUFFIXES, FileReader

LARGEST_UPLOAD = 20_000_000  # bytes of one file
_LONGEST_NAME = 120  # characters, suffix included
_PREFIX = "upload:"
_STORED = re.compile(r"upload:([0-9a-f]{64})/")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is kept; `name` is what whoever sent it calls it."""

    sha256: str
    name: str

    @property
    def path(self) -> str:
        """The path of the document that is read from it."""
        return f"{_PREFIX}{self.sha256}/{self.name}"


@dataclass(frozen=True, slots=True)
class UnreadUpload:
    """A file, or a file of an archive, that gave no document, and the sentence that says why."""

    name: str
    told: str
    chinese: str


class Uploads:
    """The folder of the files that were sent. It is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: BinaryIO) -> Upload:
        """Store the bytes of a file; durable on return.

        Raises UnreadableFile for more than LARGEST_UPLOAD bytes, DataFolderUnusable for a full disk.
        """
        plain = plain_name(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix="arriving-", delete=False) as file:
                try:
                    sha256 = _copied(data, file, plain)
                    Path(file.name).replace(self._folder / sha256)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise DataFolderUnusable(
                f"{plain} cannot be stored in {self._folder} ({error.strerror or error}); free space on the "
                "disk or give this user permission to write there.",
                f"{plain} 无法存入 {self._folder}（{error.strerror or error}）："
                "请清理磁盘空间，或授予写入权限。",
            ) from error
        return Upload(sha256, plain)

    def file_of(self, path: str) -> Path | None:
        """The stored file that a document's path stands for; None for the path of any other document."""
        stored = _STORED.match(path)
        return self._folder / stored[1] if stored else None

    def drop_all_but(self, paths: Iterable[str]) -> int:
        """Delete the stored files to which none of these paths leads; returns how many."""
        needed = {file for path in paths if (file := self.file_of(path))}
        gone = [file for file in self._folder.glob("*") if file not in needed and file.is_file()]
        for file in gone:
            file.unlink(missing_ok=True)
        return len(gone)


def read_upload(upload: Upload, uploads: Uploads, reader: FileReader) -> Iterator[Document | UnreadUpload]:
    """The documents that a stored file holds, as indexing would make them: one, or those of an archive."""
    file = uploads.file_of(upload.path)
    assert file is not None  # noqa: S101 (its own path)
    before = upload.path.removesuffix(upload.name)
    if PurePosixPath(upload.name).suffix.lower() != ARCHIVE_SUFFIX:
        try:
            yield document_of(reader.read(file, called=upload.name), upload.path, None)
        except UnreadableFile as error:
            yield UnreadUpload(upload.name, str(error), error.chinese)
        return
    try:
        members = list(reader.members(file, called=upload.name))
    except UnreadableFile as error:
        yield UnreadUpload(upload.name, str(error), error.chinese)
        return
    for member in members:
        if member.suffix not in READABLE_SUFFIXES:
            told = f"{member.path} is of no format that is read."
            yield UnreadUpload(member.path, told, f"{member.path} 的格式不受支持。")
            continue
        try:
            yield document_of(reader.read_member(member), f"{before}{member.path}", None)
        except UnreadableFile as error:
            yield UnreadUpload(member.path, str(error), error.chinese)


def _copied(data: BinaryIO, file: IO[bytes], name: str) -> str:
    """Copy the bytes, durably; returns their sha256."""
    digest, size = hashlib.sha256(), 0
    while chunk := data.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST_UPLOAD:
            raise UnreadableFile(
                f"{name} has more than {LARGEST_UPLOAD // 1_000_000} MB: divide it.",
                f"{name} 超过 {LARGEST_UPLOAD // 1_000_000} MB：请拆分。",
            )
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest()


def plain_name(name: str) -> str:
    """The last part of a name that was sent, of signs that can be printed, no longer than can be shown."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(sign if sign.isprintable() else "_" for sign in last).strip(" .")
    if not printable:
        return "document"
    stem, dot, suffix = printable.rpartition(".")
    if not dot or len(suffix) > 10:
        return printable[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
