"""Files -> documents: each file's text with its facts, and every file of an archive as one of its own."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from knowledge.errors import UnreadableFile
from knowledge.facts.document_facts import facts_of
from knowledge.files.file_finding import FoundFile
from knowledge.language import language_of
from knowledge.policy import Document, DocumentFacts
from knowledge.reading import READABLE_SUFFIXES, ArchiveMember, FileReader, ReadText
from knowledge.stores.stored_document import stored


@dataclass(slots=True)
class Unread:
    """What gave no document: by path the sentence that says why, and how many are of which other format."""

    failed: dict[str, str] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    archives: dict[Path, set[str]] = field(default_factory=dict)  # that could be opened -> what is in them


def read_documents(files: Iterable[FoundFile], unread: Unread) -> Iterator[Document]:
    """The documents that indexing makes of files, in their order; what gives none is noted in `unread`.

    A file that cannot be read costs no other.
    """
    with FileReader() as reader:
        for path, read in _readings(files, reader, unread):
            try:
                yield read()
            except UnreadableFile as error:
                unread.failed[path] = str(error)


def read_document(file: FoundFile, reader: FileReader | None = None) -> Document:
    """The document that indexing makes of one file; raises UnreadableFile.

    Whoever reads many gives a reader, so that they share its parsing process.
    """
    if reader is None:
        with FileReader() as own:
            return read_document(file, own)
    path = str(file.path)
    try:
        path.encode()
    except UnicodeEncodeError as error:
        name = path.encode(errors="backslashreplace").decode()
        raise UnreadableFile(
            f"The name of {name} is not text in UTF-8; rename the file.",
            f"{name} 的文件名不是 UTF-8 文字：请重新命名。",
        ) from error
    return document_of(reader.read(file.path), path, file.facts)


def _readings(
    files: Iterable[FoundFile], reader: FileReader, unread: Unread
) -> Iterator[tuple[str, Callable[[], Document]]]:
    """The path of every file and of every file in an archive, with what makes its document."""
    for file in files:
        if not file.is_archive:
            yield str(file.path), partial(read_document, file, reader)
            continue
        try:
            members = list(reader.members(file.path))
        except UnreadableFile as error:
            unread.failed[str(file.path)] = str(error)
            continue
        unread.archives[file.path] = {member.path for member in members}
        for member in members:
            if member.suffix in READABLE_SUFFIXES:
                yield member.path, partial(_member_document, member, reader)
            else:
                unread.passed_over[member.suffix or Path(member.path).name] += 1


def _member_document(member: ArchiveMember, reader: FileReader) -> Document:
    return document_of(reader.read_member(member), member.path, None)


def document_of(read: ReadText, path: str, catalogued: DocumentFacts | None) -> Document:
    """The document of a text that was read, with the facts that its catalogue, its file or its words give."""
    facts = facts_of(catalogued, read.stated, read.text, Path(path))
    language = facts.language or language_of(read.text)
    unnamed = Document("", facts, read.text, language, read.sha256, path, read.layout)
    return with_facts(unnamed, facts)


def with_facts(document: Document, facts: DocumentFacts) -> Document:
    """The document with these facts, and with the id that it then has."""
    named = json.dumps([document.sha256, stored(facts)], ensure_ascii=False)
    id_ = hashlib.sha256(named.encode()).hexdigest()[:16]
    return replace(document, id=id_, facts=facts)
