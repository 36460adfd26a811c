"""Lines of a PDF -> paragraphs: running heads dropped, wrapped lines joined, large type told as headings."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.reading.content import PAGE_BREAK
from knowledge.reading.pdf_order import Line

_LARGE = 1.12  # of the body's size: type of a heading
_SMALL = 0.9  # of the body's size: type of a running head
_LONGEST_HEADING = 200  # characters
_MOST_HEADING_SIZES = 6
_INDENT = 0.8  # of the type size
_WIDER_GAP = 1.35  # of the usual distance of lines: a new paragraph
_SAME_SIZE = 0.08
_FEWEST_PAGES_OF_HEAD = 3
_LINES_AT_EDGE = 3  # where running heads and page numbers stand

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—~·\s]*(?:\d{1,5}|[ivxlc]{1,7})[-–—~·\s]*|第\s*\d+\s*页(?:[\s,，/]*共\s*\d+\s*页)?"
    r"|(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*(?:/|of)\s*\d+",
    re.IGNORECASE,
)
_WIDE = re.compile(
    "[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\u201c\u201d\u2018\u2019\u2026\u2014]"
)
# What may not be parted at the end of a line: opening signs, a word or one Chinese character, closing signs.
_FIRST_UNIT = re.compile(
    r"[（《〈“‘「『【〔(\[]*(?:[^\W\u2e80-\uffff]+|.)[，。；：、！？）》〉”’」』】〕,.;:!?)\]%…]*"
)
_STARTS_ITEM = re.compile(
    r"第[〇零一二三四五六七八九十百千0-9]+[编章节条](?:之[一二三四五六七八九十]+)?[\s\u3000]"
    r"|[（(](?:[一二三四五六七八九十百]+|\d{1,3}|[a-z]|[ivx]+)[）)]|[一二三四五六七八九十]+、"
    r"|\d{1,3}(?:\.\d{1,3})*[.)、]?\s|(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER)\s+[\dIVXLC]|[•·●○▪◦‣–]\s"
)
_ENDS_SENTENCE = "。；：！？.;:!?”）)"


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[str, int | None]]:
    """(words with a page break where each page begins, heading level) for every paragraph of a document."""
    body = _body_size(pages)
    kept = without_running_heads(pages, body)
    levels = _heading_levels(kept, body)
    right = _right_edges(kept, body)
    usual = _usual_distance(kept)
    words = _Words(line.text for page in kept for line in page)
    lines: list[Line] = []  # of the paragraph that is open
    breaks = ""

    def level() -> int | None:
        text = "".join(line.text for line in lines)
        is_heading = not lines[0].is_row and len(text) <= _LONGEST_HEADING
        return levels.get(_rounded(lines[0].size)) if is_heading else None

    opened = ""  # its words
    for page in kept:
        breaks += PAGE_BREAK
        for at, line in enumerate(page):
            former = lines[-1] if lines else None
            first = len(lines) == 1
            if former and _continues(former, line, first, right, usual, same_page=at > 0):
                opened = words.joined(opened, line.text, breaks)
                lines.append(line)
            else:
                if lines:
                    yield opened, level()
                opened, lines = breaks + line.text, [line]
            breaks = ""
    if lines:
        yield opened + breaks, level()


def without_running_heads(pages: Sequence[Sequence[Line]], body: float) -> list[list[Line]]:
    """Pages without page numbers, and without lines at their edges that come back from page to page.

    A line comes back when its words are the same on three pages or more, or differ by a number that grows
    with the pages: "Article 5" at the top of one page and "Article 9" at the top of another do not. Two pages
    are enough for type that is smaller than the body's.
    """
    edges: list[dict[int, str]] = []
    for page in pages:
        inner = range(_LINES_AT_EDGE, len(page) - _LINES_AT_EDGE)
        ranked = sorted(range(len(page)), key=lambda at: -page[at].bottom)
        edges.append(
            {ranked[at]: page[ranked[at]].text.strip() for at in range(len(page)) if at not in inner}
        )
    seen: Counter[str] = Counter()
    for number, edge in enumerate(edges):
        seen.update({key for text in edge.values() for key in _keys(text, number)})
    of_small_type = 2 if len(pages) == 2 else _FEWEST_PAGES_OF_HEAD
    kept = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        dropped = {
            at
            for at, text in edge.items()
            if max(seen[key] for key in _keys(text, number))
            >= (of_small_type if page[at].size < _SMALL * body else _FEWEST_PAGES_OF_HEAD)
            or (_PAGE_NUMBER.fullmatch(text) and _is_outermost(page, at))
        }
        kept.append([line for at, line in enumerate(page) if at not in dropped])
    return kept


def _keys(text: str, page: int) -> set[str]:
    """What a running head has in common with those of other pages."""
    keys = {text}
    for match in list(_NUMBER.finditer(text))[:3]:
        if len(match[0]) < 6:
            keys.add(f"{text[: match.start()]}\0{int(match[0]) - page}\0{text[match.end() :]}")
    return keys


def _is_outermost(page: Sequence[Line], at: int) -> bool:
    heights = [line.bottom for line in page]
    return page[at].bottom in (max(heights), min(heights)) and len(page) > 1


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[_rounded(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _heading_levels(pages: Sequence[Sequence[Line]], body: float) -> dict[float, int]:
    """The level of each type size that is larger than the body's, the largest 1."""
    sizes = {_rounded(line.size) for page in pages for line in page if not line.is_row}
    large = sorted((size for size in sizes if size > body * _LARGE), reverse=True)[:_MOST_HEADING_SIZES]
    return {size: level for level, size in enumerate(large, start=1)}


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _right_edges(pages: Sequence[Sequence[Line]], body: float) -> dict[int, float]:
    """How far the lines of each column reach that are of the body's size."""
    edges: dict[int, float] = {}
    for page in pages:
        for line in page:
            if not line.is_row and _rounded(line.size) == body:
                edges[line.column] = max(edges.get(line.column, 0.0), line.right)
    return edges


def _usual_distance(pages: Sequence[Sequence[Line]]) -> float:
    """The distance of lines within a paragraph, in type sizes: the most common one."""
    distances: Counter[float] = Counter()
    for page in pages:
        for one, other in pairwise(page):
            if one.column == other.column and 0 < one.bottom - other.bottom < 3 * one.size:
                distances[round((one.bottom - other.bottom) / one.size, 1)] += 1
    if not distances:
        return 1.5
    most = max(distances.values())
    return min(distance for distance, count in distances.items() if count >= most / 3)


def _continues(
    former: Line, line: Line, first: bool, right: dict[int, float], usual: float, *, same_page: bool
) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if former.is_row or line.is_row or abs(former.size - line.size) > _SAME_SIZE * former.size:
        return False
    if same_page and former.column == line.column:
        distance = former.bottom - line.bottom
        if distance > _WIDER_GAP * usual * former.size or distance < -former.size:
            return False
        indent = line.left - former.left
        hangs = first and _STARTS_ITEM.match(former.text)
        if indent > _INDENT * line.size and not hangs:
            return False
        if indent < -_INDENT * line.size and not first:
            return False
    if _STARTS_ITEM.match(line.text) and former.text[-1] in _ENDS_SENTENCE:
        return False
    return not _had_room(former, line, right.get(former.column, former.right))


def _had_room(former: Line, line: Line, right: float) -> bool:
    """Whether what a line begins with would have fitted on the line before: it was broken on purpose."""
    unit = _FIRST_UNIT.match(line.text)
    width = line.ends[unit.end() - 1] - line.left if unit and unit.end() else line.size
    space = 0.0 if _WIDE.match(former.text[-1]) else 0.25 * former.size
    return former.right + space + width + 0.35 * former.size < right


class _Words:
    """Joins wrapped lines; a hyphen between them goes unless the document writes the word with it."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._seen = Counter(
            word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line)
        )

    def joined(self, text: str, line: str, between: str) -> str:
        """Text with a line behind it; `between` holds the page breaks."""
        last = text[-1:]
        if last in "-\u2010\u00ad" and line[:1].islower() and text[-2:-1].isalpha():
            left = re.search(r"[^\W\d_]+$", text[:-1])
            right = re.match(r"[^\W\d_]+", line)
            whole = f"{left[0]}{right[0]}".lower() if left and right else ""
            with_hyphen = f"{left[0]}-{right[0]}".lower() if left and right else ""
            keeps = self._seen[with_hyphen] > self._seen[whole]
            return (text if keeps else text[:-1]) + between + line
        if last == "-" or (_WIDE.match(last) or _WIDE.match(line[:1])):
            return text + between + line
        return f"{text} {between}{line}"
