"""Pages of an original PDF as pictures, with the quoted words marked: drawn in the bounded parsing process.

The original is where it was read from, and may be gone or changed by now; what was stored of it is not.
"""

import base64
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Semaphore
from typing import Literal

from knowledge.errors import UnreadableFile
from knowledge.policy import Document
from knowledge.reading import ARCHIVE_SUFFIX, LARGEST_PARSED_BYTES, shown
from knowledge.reading.process import ParsingProcess
from knowledge.reading.squeezing import squeezed

_SECONDS = 20
_AT_ONCE = 2  # processes of up to 512 MB
_KEPT = 64  # pictures, of about 0.2 MB each

# Why there is no picture: the original is not there, is not the file that was read, or cannot be drawn.
Missing = Literal["gone", "changed", "failed"]
Span = tuple[int, int]  # character offsets into the document's text, end exclusive


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, and boxes around the marked words in pixels: left, top, right, bottom."""

    png: bytes
    width: int
    height: int
    marked: tuple[tuple[int, int, int, int], ...]


def has_pages(document: Document) -> bool:
    """Whether a document was read from a PDF, whose pages can be looked at."""
    return bool(document.layout.pages) and document.path.lower().endswith(".pdf")


class PagePictures:
    """Draws pages and keeps the latest; safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, Span | None], PagePicture] = OrderedDict()
        self._lock = Lock()
        self._drawing = Semaphore(_AT_ONCE)

    def picture(self, document: Document, page: int, quote: Span | None) -> PagePicture | Missing:
        """Page `page`, from 1, of a document that has pages, with what stands on it of the quote marked."""
        file, member = _original(document)
        if not _is_there(file):
            return "gone"
        key = (document.id, page, quote)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        with self._drawing:
            drawn = _drawn(document, file, member, page, quote)
        if isinstance(drawn, PagePicture):
            with self._lock:
                self._kept[key] = drawn
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return drawn


def page_of(document: Document, offset: int) -> int:
    """The page, from 1, on which a character of the text stands."""
    return max(1, sum(start <= offset for start in document.layout.pages))


def _is_there(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= LARGEST_PARSED_BYTES
    except (OSError, ValueError):
        return False


def _original(document: Document) -> tuple[Path, str]:
    """The file that was read, and the path inside it where that is an archive."""
    path = Path(document.path)
    for folder in path.parents:
        if folder.suffix.lower() == ARCHIVE_SUFFIX and _is_there(folder):
            return folder, path.relative_to(folder).as_posix()
    return path, ""


def _drawn(
    document: Document, file: Path, member: str, page: int, quote: Span | None
) -> PagePicture | Missing:
    words, earlier = _words_on(document, page, quote) if quote else ("", 0)
    try:
        with ParsingProcess() as process:
            answer = process.ask(
                "picture",
                file,
                member=member,
                name=shown(document.path),
                seconds=_SECONDS,
                sha256=document.sha256,
                page=page,
                words=words,
                earlier=earlier,
            )
    except UnreadableFile:
        return "failed"
    if "changed" in answer:
        return "changed"
    marked = tuple((left, top, right, bottom) for left, top, right, bottom in answer["marked"])
    return PagePicture(base64.b64decode(answer["png"]), answer["width"], answer["height"], marked)


def _words_on(document: Document, page: int, quote: Span) -> tuple[str, int]:
    """What stands of a quote on a page, and how often the same stands on that page before it."""
    starts = (*document.layout.pages, len(document.text))
    if not 1 <= page < len(starts):
        return "", 0
    first, last = max(quote[0], starts[page - 1]), min(quote[1], starts[page])
    if first >= last:
        return "", 0
    words, before = squeezed(document.text[first:last]), squeezed(document.text[starts[page - 1] : first])
    return document.text[first:last], sum(before.startswith(words, at) for at in range(len(before)))
