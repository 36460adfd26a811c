"""The stretches of a page -> lines in reading order: columns one after the other, rows of tables as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.reading.pdf_page import Box, Page, Stretch

_SAME_ROW = 0.6  # of the type size
_FEWEST_SPLIT_ROWS = 6  # lines side by side that make two columns
_FULL = 0.6  # of a column's width: lines of prose are mostly as wide, cells of a table are not
_CELL_GAP = 1.2  # of the type size
_ALIGNED = 6.0  # points
_LONGEST_LABEL = 6  # characters of a number before an item, set apart from its words

Row = list[Stretch]  # of one height, from left to right


@dataclass(slots=True)
class Line:
    """A line of prose, or a row of a table with its cells joined."""

    text: str
    ends: list[float]
    left: float
    bottom: float
    size: float
    column: int  # 0 where there is but one, else counted from 1
    is_row: bool = False

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.ends[-1]


def lines_in_order(page: Page) -> list[Line]:
    """A page's lines as they are read."""
    tables = sorted(_ruled_tables(page), key=lambda table: -table[0].top)
    free = [stretch for stretch in page.stretches if not any(_inside(stretch, box) for box, _ in tables)]
    lines: list[Line] = []
    waiting: list[Row] = []
    for row in _rows(free):
        while tables and tables[0][0].top >= row[0].middle:  # it stands above this row
            lines += _in_columns(waiting, 0) + tables.pop(0)[1]
            waiting = []
        waiting.append(row)
    lines += _in_columns(waiting, 0)
    return lines + [line for _, rows in tables for line in rows]


def _rows(stretches: Sequence[Stretch]) -> list[Row]:
    """Stretches of one height together, from the top of the page to its foot."""
    rows: list[Row] = []
    for stretch in sorted(stretches, key=lambda one: -one.middle):
        if (
            rows
            and abs(rows[-1][0].middle - stretch.middle)
            <= _SAME_ROW * max(rows[-1][0].size, stretch.size) / 1.5
        ):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _in_columns(rows: list[Row], column: int) -> list[Line]:
    """Rows as lines, the left column before the right one where text stands in columns."""
    gutter = _gutter(rows)
    if gutter is None:
        return list(_lines(rows, column))
    lines: list[Line] = []
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in [*rows, None]:
        if row is None or any(stretch.left < gutter < stretch.right for stretch in row):
            for at, side in enumerate(sides):
                lines += _in_columns(side, 2 * column + 1 + at)
            sides = ([], [])
            lines += _lines([row], column) if row else []
        else:
            for at, side in enumerate(sides):
                part = [stretch for stretch in row if (stretch.left > gutter) == bool(at)]
                if part:
                    side.append(part)
    return lines


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the room between two columns of prose is, None where there are none."""
    gaps = [
        (one.right, other.left)
        for row in rows
        for one, other in pairwise(row)
        if other.left - one.right > 0.5 * one.size
    ]
    if len(gaps) < _FEWEST_SPLIT_ROWS:
        return None
    best, most = 0.0, 0
    for left, right in gaps[:200]:
        middle = (left + right) / 2
        count = sum(gap[0] <= middle <= gap[1] for gap in gaps)
        if count > most:
            best, most = middle, count
    if most < _FEWEST_SPLIT_ROWS:
        return None
    inside = [(gap[0], gap[1]) for gap in gaps if gap[0] <= best <= gap[1]]
    best = (max(gap[0] for gap in inside) + min(gap[1] for gap in inside)) / 2
    split = [row for row in rows if _is_split(row, best)]
    crossing = sum(any(one.left < best < one.right for one in row) for row in rows)
    if len(split) < _FEWEST_SPLIT_ROWS or crossing > len(split):
        return None
    return best if all(_is_prose(split, best, right) for right in (False, True)) else None


def _is_split(row: Row, gutter: float) -> bool:
    return row[0].right <= gutter <= row[-1].left or (
        row[0].left < gutter < row[-1].right and not any(one.left < gutter < one.right for one in row)
    )


def _is_prose(split: Sequence[Row], gutter: float, right: bool) -> bool:
    """Whether the lines on one side of a gutter mostly fill their column."""
    sides = [[one for one in row if (one.left > gutter) == right] for row in split]
    extents = [(side[0].left, side[-1].right) for side in sides if side]
    width = max(end for _, end in extents) - min(start for start, _ in extents)
    return width > 0 and median(end - start for start, end in extents) >= _FULL * width


def _lines(rows: Sequence[Row], column: int) -> Iterator[Line]:
    """Rows as lines of prose or, where two rows or more have cells in line with each other, of a table."""
    cells = [_cells(row) for row in rows]
    for at, (row, own) in enumerate(zip(rows, cells, strict=True)):
        beside = [cells[near] for near in (at - 1, at + 1) if 0 <= near < len(cells)]
        is_row = len(own) > 1 and any(_in_line(own, other) for other in beside)
        yield _joined(row, own, column, is_row=is_row)


def _cells(row: Row) -> list[Row]:
    """The stretches of a row by cells: a wide gap parts them, but not a number from its item."""
    cells: list[Row] = [[row[0]]]
    for one, other in pairwise(row):
        label = len(cells) == 1 and len(cells[0]) == 1 and len(one.text.strip()) <= _LONGEST_LABEL
        numbered = label and one.text.strip()[-1:] in ".)）、．•-–" and len(row) == 2
        if other.left - one.right > _CELL_GAP * max(one.size, other.size) and not numbered:
            cells.append([other])
        else:
            cells[-1].append(other)
    return cells


def _in_line(one: Sequence[Row], other: Sequence[Row]) -> bool:
    starts = [cell[0].left for cell in other]
    ends = [cell[-1].right for cell in other]
    in_line = sum(
        any(abs(cell[0].left - start) <= _ALIGNED for start in starts)
        or any(abs(cell[-1].right - end) <= _ALIGNED for end in ends)
        for cell in one
    )
    return len(other) > 1 and in_line >= 2


def _joined(row: Row, cells: Sequence[Row], column: int, *, is_row: bool) -> Line:
    bottom, size = min(one.bottom for one in row), max(one.size for one in row)
    if is_row:
        text = " | ".join(" ".join(" ".join(one.text for one in cell).split()) for cell in cells)
        return Line(text, [row[-1].right] * len(text), row[0].left, bottom, size, column, is_row=True)
    text = ""
    ends: list[float] = []
    for one in row:
        if text and not text.endswith(" ") and one.left - ends[-1] > 0.15 * size:
            text += " "
            ends.append(one.left)
        text += one.text
        ends += one.ends
    kept = len(text.rstrip())
    return Line(text.rstrip(), ends[:kept], row[0].left, bottom, size, column)


def _ruled_tables(page: Page) -> list[tuple[Box, list[Line]]]:
    """Tables with rules around their cells, by the grid that the rules make: (its box, its rows)."""
    heights = _distinct([rule.top for rule in page.across])
    tables: list[tuple[Box, list[Line]]] = []
    for top, bottom in pairwise(heights):
        middle = (top + bottom) / 2
        borders = _distinct([rule.left for rule in page.upright if rule.bottom - 2 <= middle <= rule.top + 2])
        borders.reverse()
        if len(borders) < 3 or top - bottom < 4:
            continue
        box = Box(borders[0] - 1, bottom, borders[-1] + 1, top)
        inside = [stretch for stretch in page.stretches if _inside(stretch, box)]
        cells = [
            [one for one in inside if left - 1 <= (one.left + one.right) / 2 <= right + 1]
            for left, right in pairwise(borders)
        ]
        texts = [_cell_text(cell) for cell in cells]
        if any(texts):
            text, size = " | ".join(texts).strip(), max(one.size for one in inside)
            row = Line(text, [box.right] * len(text), box.left, bottom, size, 0, is_row=True)
            tables.append((box, [row]))
    return tables


def _cell_text(cell: Sequence[Stretch]) -> str:
    text = ""
    for row in _rows(cell):
        line = " ".join(one.text.strip() for one in row)
        wide = text[-1:] > "\u2e80" and line[:1] > "\u2e80"
        text += line if not text or wide else f" {line}"
    return " ".join(text.split())


def _distinct(values: Sequence[float]) -> list[float]:
    """Values from high to low, those within two points of each other once."""
    kept: list[float] = []
    for value in sorted(values, reverse=True):
        if not kept or kept[-1] - value > 2:
            kept.append(value)
    return kept


def _inside(stretch: Stretch, box: Box) -> bool:
    return box.holds((stretch.left + stretch.right) / 2, stretch.middle)
