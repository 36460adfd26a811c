"""CSV and XLSX -> one line a row, each value with the header of its column: "Fee: 20 | Since: 2021-04-29"."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.errors import UnreadableFile
from knowledge.reading.content import Content, ContentBuilder
from knowledge.reading.package import open_package, part_bytes
from knowledge.reading.plain_text import decoded

_DELIMITERS = ",;\t|"
_SNIFFED = 20_000  # characters that the delimiter is told from
_LONGEST_FIELD = 1_000_000  # characters of one cell
_MOST_COLUMNS = 500  # a sheet that is formatted to its last column has 16,384 of them
_MOST_EMPTY_ROWS = 10_000  # and one that is formatted to its last row a million
_HAS_LETTERS = re.compile(r"[^\W\d_]")


def read_csv(data: bytes, name: str) -> Content:
    """The rows of a CSV file; raises UnreadableFile as for a text file, and for quotes that never end."""
    text = decoded(data, name)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS)
    except csv.Error:  # one column, or lines of uneven length
        dialect = csv.excel
    csv.field_size_limit(_LONGEST_FIELD)
    builder = ContentBuilder(name)
    try:
        _add_table(csv.reader(io.StringIO(text, newline=""), dialect), builder)
    except csv.Error as error:
        raise UnreadableFile(
            f"{name} is no sound CSV ({error}): save it again as CSV in UTF-8.",
            f"{name} 的 CSV 不完整：请以 UTF-8 编码重新保存为 CSV。",
        ) from error
    return builder.finished()


def read_xlsx(data: bytes, name: str) -> Content:
    """The rows of every sheet that is shown, formulas by their values; raises UnreadableFile."""
    with open_package(data, name) as package:
        for part in package.infolist():
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part_bytes(package, part, name):
                raise UnreadableFile(
                    f"{name} has a DTD in {part.filename[:80]}, as no spreadsheet does: save it again.",
                    f"{name} 的 {part.filename[:80]} 中含有电子表格不应有的 DTD：请重新保存。",
                )
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=False
        )
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        reason = str(error).strip("'\"").partition("\n")[0]
        raise UnreadableFile(
            f"{name} is no sound spreadsheet ({reason}): open it in an office program and save it again.",
            f"{name} 的电子表格不完整：请用办公软件打开后重新保存。",
        ) from error
    builder = ContentBuilder(name)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in book.worksheets:
        rows = (tuple(_shown(value) for value in row) for row in _rows(sheet))
        if sheet not in shown:
            builder.left_out("A hidden sheet", " ".join(" ".join(row) for row in rows)[:200])
            continue
        if len(shown) > 1:
            builder.paragraph(sheet.title, level=1)
        _add_table(rows, builder)
    return builder.finished()


def _rows(sheet: "openpyxl.worksheet._read_only.ReadOnlyWorksheet") -> Iterable[tuple[object, ...]]:
    empty = 0
    for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
        empty = 0 if any(value is not None for value in row) else empty + 1
        if empty > _MOST_EMPTY_ROWS:
            return
        yield row


def _shown(value: object) -> str:
    """A cell's value as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _add_table(rows: Iterable[Sequence[str]], builder: ContentBuilder) -> None:
    """Lines above the header as they are, then a line a row with its headers."""
    header: list[str] | None = None
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        filled = [cell for cell in cells if cell]
        if header is None and _is_header(filled):
            header = cells
        elif header is None or len(filled) < 2:
            builder.row(filled)
        elif cells != header:
            builder.row(
                f"{header[at]}: {cell}" if at < len(header) and header[at] else cell
                for at, cell in enumerate(cells)
                if cell
            )
    if header is not None and builder.is_empty():
        builder.row(header)


def _is_header(filled: Sequence[str]) -> bool:
    """Whether a row names columns: two names or more, all of them words and none twice."""
    return len(filled) > 1 and len(set(filled)) == len(filled) and all(map(_HAS_LETTERS.search, filled))
