"""One page of a PDF as a picture, with words of its text marked on it.

The words are looked for among the lines that reading the page gives, without white space and hyphens, because
paragraphs were joined from wrapped lines when the text was stored.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium

from knowledge.errors import UnreadableFile
from knowledge.reading.pdf_order import Line, lines_in_order
from knowledge.reading.pdf_page import Box, read_page
from knowledge.reading.squeezing import squeezed

_WIDTH, _HIGHEST = 1_240, 4_000  # pixels: A4 at 150 to the inch, and a limit for pages of other shapes
_BELOW, _ABOVE = 0.25, 0.9  # of the type size, from the line that the characters stand on
# What is white and is marked becomes the yellow of a marker: red, green, blue.
_MARKER = (255, 229, 138)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, and where the marked words stand on it: boxes in pixels from the upper left corner."""

    png: bytes
    width: int
    height: int
    marked: tuple[tuple[int, int, int, int], ...]  # left, top, right, bottom, one a line


class _Place(NamedTuple):
    line: int
    left: float
    right: float


def picture_of(data: bytes, number: int, words: str, earlier: int, name: str) -> Picture:
    """Page `number`, from 1, with the words marked after `earlier` places with the same words.

    Raises UnreadableFile for a damaged file and for a page that is not there or cannot be drawn.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(
            f"{name} is damaged or no PDF: save or download it again.",
            f"{name} 已损坏或不是 PDF：请重新保存或下载。",
        ) from error
    try:
        if not 1 <= number <= len(document):
            raise UnreadableFile(
                f"{name} has no page {number}: it has {len(document)}.",
                f"{name} 没有第 {number} 页：共 {len(document)} 页。",
            )
        page = document[number - 1]
        try:
            return _drawn(page, words, earlier)
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise UnreadableFile(
            f"Page {number} of {name} is damaged: save or download the file again.",
            f"{name} 第 {number} 页已损坏：请重新保存或下载该文件。",
        ) from error
    finally:
        document.close()


def _drawn(page: pdfium.PdfPage, words: str, earlier: int) -> Picture:
    read = read_page(page)
    scale = min(_WIDTH / max(read.width, 1.0), _HIGHEST / max(read.height, 1.0))
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    channels = bitmap.n_channels
    buffer = bytes(bitmap.buffer)
    bitmap.close()
    rows = [bytearray(buffer[at * stride : at * stride + width * channels]) for at in range(height)]
    if channels != 3:
        rows = [bytearray(_three_of(row, channels)) for row in rows]
    marked = tuple(
        (
            max(0, int(box.left * scale)),
            max(0, int((read.height - box.top) * scale)),
            min(width, round(box.right * scale) + 1),
            min(height, round((read.height - box.bottom) * scale) + 1),
        )
        for box in _boxes(lines_in_order(read), words, earlier)
    )
    for left, top, right, bottom in marked:
        for row in rows[top:bottom]:
            _mark(row, left, right)
    return Picture(_png(rows, width, height), width, height, marked)


def _three_of(row: bytearray, channels: int) -> bytes:
    """Red, green and blue of a row with one channel or four."""
    kept = bytearray(3 * (len(row) // channels))
    for channel in range(3):
        kept[channel::3] = row[min(channel, channels - 1) :: channels]
    return bytes(kept)


def _boxes(lines: Sequence[Line], words: str, earlier: int) -> Iterator[Box]:
    """A box around the words in each line that holds some of them; none where they are not found."""
    wanted = squeezed(words)
    if not wanted:
        return
    signs: list[str] = []
    places: list[_Place] = []
    for number, line in enumerate(lines):
        left = line.left
        for sign, right in zip(line.text, line.ends, strict=True):
            if squeezed(sign):
                signs.append(sign)
                places.append(_Place(number, line.left if line.is_row else left, right))
            left = right
    text = "".join(signs)
    start = text.find(wanted)
    for _ in range(earlier):
        further = text.find(wanted, start + 1)
        start = start if further < 0 else further
    if start < 0:
        return
    found = places[start : start + len(wanted)]
    for number in dict.fromkeys(place.line for place in found):
        line = lines[number]
        own = [place for place in found if place.line == number]
        bottom, top = line.bottom - _BELOW * line.size, line.bottom + _ABOVE * line.size
        yield Box(min(place.left for place in own), bottom, max(place.right for place in own), top)


def _mark(row: bytearray, left: int, right: int) -> None:
    """Multiply a stretch of a row of pixels by the marker's colour: white turns yellow, black stays black."""
    for channel, full in enumerate(_MARKER):
        stretch = slice(3 * left + channel, 3 * right, 3)
        row[stretch] = row[stretch].translate(_TABLES[full])


_TABLES = {full: bytes(value * full // 255 for value in range(256)) for full in _MARKER}


def _png(rows: Sequence[bytearray], width: int, height: int) -> bytes:
    """Eight bits a channel, no interlace; see the PNG specification, third edition, section 11."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
