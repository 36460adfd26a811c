"""Files that people send: kept in a folder of their own, each under the sha256 of its bytes and nothing else.

A name that came with a file is words beside it and never a path. A document that was read from such a file has
the path "upload:<sha256>/<name>", with "/<member>" behind it for a file of an archive. The stored files have
no suffix, so that an index run over the data folder takes none of them for a document.
"""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

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


class Uploads:
    """The folder of the files that were sent. It is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: BinaryIO) -> Upload:
        """Store the bytes of a file; durable on return.

        Raises UnreadableFile for more than LARGEST_UPLOAD bytes, DataFolderUnusable when they cannot be written.
        """
        upload_name, digest, size = plain_name(name), hashlib.sha256(), 0
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix="arriving-", delete=False) as file:
                try:
                    while chunk := data.read(_CHUNK):
                        size += len(chunk)
                        if size > LARGEST_UPLOAD:
                            raise UnreadableFile(
                                f"{upload_name} has more than {LARGEST_UPLOAD // 1_000_000} MB: divide it."
                            )
                        digest.update(chunk)
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
                    Path(file.name).replace(self._folder / digest.hexdigest())
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise DataFolderUnusable(
                f"{upload_name} cannot be stored in {self._folder} ({error.strerror or error}); free space on "
                "the disk or give this user permission to write there."
            ) from error
        return Upload(digest.hexdigest(), upload_name)

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
    """The documents that a stored file holds, as indexing would make them; one, or one a file of an archive."""
    file = uploads.file_of(upload.path)
    assert file is not None  # noqa: S101 (its own path)
    before = upload.path.removesuffix(upload.name)
    if PurePosixPath(upload.name).suffix.lower() != ARCHIVE_SUFFIX:
        try:
            yield document_of(reader.read(file, called=upload.name), upload.path, None)
        except UnreadableFile as error:
            yield UnreadUpload(upload.name, str(error))
        return
    try:
        members = list(reader.members(file, called=upload.name))
    except UnreadableFile as error:
        yield UnreadUpload(upload.name, str(error))
        return
    for member in members:
        try:
            if member.suffix not in READABLE_SUFFIXES:
                raise UnreadableFile(f"{member.path} is of no format that is read.")
            yield document_of(reader.read_member(member), f"{before}{member.path}", None)
        except UnreadableFile as error:
            yield UnreadUpload(member.path, str(error))


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
