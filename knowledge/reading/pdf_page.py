"""One page of a PDF -> the stretches of text on it that a reader sees, and the rules drawn around them.

Coordinates are points from the lower left corner of the page as it is shown, upright.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c_api

_WIDEST_GAP = 1.0  # of the type size: what is farther apart is another column or cell
_OTHER_LINE = 0.5  # of the type size: what is higher or lower by more stands in another line
_SMALLEST = 2.0  # points: nobody reads smaller type
_WHITE = 235  # of 255 in each channel: nobody sees it on white
_THICKEST_RULE, _SHORTEST_RULE = 3.0, 8.0  # points
_OBJECTS_DEPTH = 4  # of forms in forms
# Of the type size: a wider gap is a space that is meant. Between Chinese and Latin signs programs leave up to
# a third of the size of their own accord, between Chinese characters nothing.
_SPACE_IN_CHINESE, _SPACE_BETWEEN_SCRIPTS, _SPACE_IN_LATIN = 0.2, 0.55, 0.05
_TWICE = 0.1  # of the type size: what stands this close to the same sign is the same sign drawn again
_FIRST_WIDE = "\u2e80"
# Spaces of other widths, and pdfium's marks for a hyphen that divides a word.
_SIGNS = {**dict.fromkeys("\u00a0\u2002\u2003\u2009", " "), **dict.fromkeys("\x02\ufffe", "-")}

Point = tuple[float, float]
Upright = Callable[[float, float], Point]


class Box(NamedTuple):
    """Left, bottom, right and top."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(slots=True)
class Stretch:
    """Characters of one line that stand close together."""

    text: str
    ends: list[float]  # where each character ends
    left: float
    bottom: float  # the line that the characters stand on
    size: float  # of its type, in points

    @property
    def right(self) -> float:
        """Where the last character ends."""
        return self.ends[-1]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.bottom + self.size / 3


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text in the file's order, its rules, and (why, words) of what is not seen."""

    stretches: list[Stretch]
    across: list[Box]  # horizontal rules
    upright: list[Box]  # vertical rules
    unseen: list[tuple[str, str]]
    width: float
    height: float


class _Drawn(NamedTuple):
    size: float
    unseen: str


def read_page(page: pdfium.PdfPage) -> Page:
    """What a reader sees of a page."""
    shown = Box(*page.get_bbox())
    turn = _turn(page, shown)
    shapes = _shapes(page, turn)
    across = [box for box, _ in shapes if box.top - box.bottom <= _THICKEST_RULE and _long(box)]
    upright = [box for box, _ in shapes if box.right - box.left <= _THICKEST_RULE and _long(box)]
    corners = [turn(shown.left, shown.bottom), turn(shown.right, shown.top)]
    width, height = (max(corner[at] for corner in corners) for at in (0, 1))
    characters = _Characters(page, turn, Box(0, 0, width, height), [box for box, dark in shapes if dark])
    stretches = list(_stretches(characters, sorted({rule.left for rule in upright})))
    unseen = [(why, "".join(words)) for why, words in characters.unseen.items()]
    return Page(stretches, across, upright, unseen, width, height)


def _long(box: Box) -> bool:
    return max(box.right - box.left, box.top - box.bottom) >= _SHORTEST_RULE


def _turn(page: pdfium.PdfPage, shown: Box) -> Upright:
    """How a point of the file becomes one of the page as it is shown."""
    left, bottom, right, top = shown
    return {
        90: lambda x, y: (y - bottom, right - x),
        180: lambda x, y: (right - x, top - y),
        270: lambda x, y: (top - y, x - left),
    }.get(page.get_rotation(), lambda x, y: (x - left, y - bottom))


def _turned(box: tuple[float, float, float, float], turn: Upright) -> Box:
    (x, y), (u, v) = turn(box[0], box[1]), turn(box[2], box[3])
    return Box(min(x, u), min(y, v), max(x, u), max(y, v))


def _shapes(page: pdfium.PdfPage, turn: Upright) -> list[tuple[Box, bool]]:
    """Boxes around drawings and pictures, and whether white text can be read on them."""
    shapes: list[tuple[Box, bool]] = []
    kinds = [c_api.FPDF_PAGEOBJ_PATH, c_api.FPDF_PAGEOBJ_IMAGE, c_api.FPDF_PAGEOBJ_SHADING]
    for drawn in page.get_objects(filter=kinds, max_depth=_OBJECTS_DEPTH):
        box = _turned(drawn.get_bounds(), turn)
        dark = drawn.type != c_api.FPDF_PAGEOBJ_PATH
        if not dark:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            c_api.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
            dark = fill.value != 0 and not _is_white(drawn.raw)
            if stroke.value and not fill.value:  # a frame is four rules
                left, bottom, right, top = box
                shapes += [(Box(left, y, right, y), False) for y in (bottom, top)]
                shapes += [(Box(x, bottom, x, top), False) for x in (left, right)]
        shapes.append((box, dark))
    return shapes


def _is_white(drawn: "ctypes._Pointer[c_api.fpdf_pageobject_t__]") -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not c_api.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        return False
    return alpha.value < 20 or min(red.value, green.value, blue.value) >= _WHITE


class _Characters:
    """A page's characters with their boxes; what is not seen is collected apart."""

    def __init__(self, page: pdfium.PdfPage, turn: Upright, paper: Box, dark: list[Box]) -> None:
        self._text = page.get_textpage()
        self._turn = turn
        self._paper = paper
        self._dark = dark
        self._drawn: dict[int, _Drawn] = {}
        self.unseen: dict[str, list[str]] = {}

    def __iter__(self) -> Iterator[tuple[str, Box, float]]:
        """(character, box, type size); a space that pdfium puts in has an empty box."""
        raw, rectangle = self._text.raw, c_api.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        for at in range(self._text.count_chars()):
            code = c_api.FPDFText_GetUnicode(raw, at)
            if code in (0, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                continue
            sign = chr(code)
            if sign in "\r\n" or (sign == " " and c_api.FPDFText_IsGenerated(raw, at)):
                yield sign, Box(0, 0, 0, 0), 0
                continue
            if not c_api.FPDFText_GetLooseCharBox(raw, at, rectangle):
                continue
            box = _turned((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top), self._turn)
            # The box of "一" or of a quotation mark may be as low or as high as the sign itself.
            if c_api.FPDFText_GetCharOrigin(raw, at, x, y):
                box = box._replace(bottom=self._turn(x.value, y.value)[1])
            drawn = self._look(at, box)
            why = drawn.unseen
            if why == "White text" and any(
                ground.holds((box.left + box.right) / 2, (box.bottom + box.top) / 2) for ground in self._dark
            ):
                why = ""
            if not self._paper.holds((box.left + box.right) / 2, (box.bottom + box.top) / 2):
                why = "Text outside the page"
            if why:
                self.unseen.setdefault(why, []).append(sign)
            else:
                yield sign, box, drawn.size

    def _look(self, at: int, box: Box) -> _Drawn:
        drawn = c_api.FPDFText_GetTextObject(self._text.raw, at)
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if address not in self._drawn:
            self._drawn[address] = _Drawn(*self._measured(at, drawn, box))
        return self._drawn[address]

    def _measured(
        self, at: int, drawn: "ctypes._Pointer[c_api.fpdf_pageobject_t__]", box: Box
    ) -> tuple[float, str]:
        matrix = c_api.FS_MATRIX()
        size = float(c_api.FPDFText_GetFontSize(self._text.raw, at))
        if c_api.FPDFText_GetMatrix(self._text.raw, at, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        if not 0 < size < 2_000:
            size = max(box.top - box.bottom, 0.1)
        mode = c_api.FPDFTextObj_GetTextRenderMode(drawn)
        if mode in (c_api.FPDF_TEXTRENDERMODE_INVISIBLE, c_api.FPDF_TEXTRENDERMODE_CLIP):
            # Behind a scan that fills the page, such text is what the scanner has read.
            scanned = any(
                (ground.right - ground.left) * (ground.top - ground.bottom)
                > 0.5 * self._paper.right * self._paper.top
                for ground in self._dark
            )
            return size, "" if scanned else "Invisible text"
        if size < _SMALLEST:
            return size, "Text of no size"
        fills = mode in (c_api.FPDF_TEXTRENDERMODE_FILL, c_api.FPDF_TEXTRENDERMODE_FILL_CLIP)
        return size, "White text" if fills and _is_white(drawn) else ""


def _stretches(characters: _Characters, rules: list[float]) -> Iterator[Stretch]:
    """Characters of one height from left to right, gathered while each goes on where the one before ends.

    Where they stand counts and not when they are drawn: programs draw all signs of one font in a row.
    """
    row: list[_Character] = []
    for character in sorted(_placed(characters), key=lambda one: -one.box.bottom):
        if row and row[0].box.bottom - character.box.bottom > _OTHER_LINE * max(row[0].size, character.size):
            yield from _stretches_of(row, rules)
            row = []
        row.append(character)
    yield from _stretches_of(row, rules)


class _Character(NamedTuple):
    sign: str
    box: Box
    size: float
    spaced: bool  # pdfium sees a space behind it


def _placed(characters: _Characters) -> list[_Character]:
    placed: list[_Character] = []
    for sign, box, size in characters:
        if size:
            placed.append(_Character(_SIGNS.get(sign, sign), box, size, spaced=False))
        elif placed and sign == " ":
            placed[-1] = placed[-1]._replace(spaced=True)
    return placed


def _stretches_of(row: list[_Character], rules: list[float]) -> Iterator[Stretch]:
    now: Stretch | None = None
    former: _Character | None = None
    for one in sorted(row, key=lambda character: character.box.left):
        if former and one.sign == former.sign and one.box.left - former.box.left < _TWICE * one.size:
            continue  # drawn twice, to look bold
        if now is not None and former is not None and _goes_on(now, one.box, one.size, rules):
            gap = one.box.left - now.right
            if (
                former.spaced
                and " " not in (one.sign, now.text[-1])
                and _is_space(now.text[-1], one.sign, gap, one.size)
            ):
                now.text += " "
                now.ends.append(one.box.left)
            now.text += one.sign
            now.ends.append(max(one.box.right, now.right))
            now.size = max(now.size, one.size)
            now.bottom = min(now.bottom, one.box.bottom)
        elif one.sign.strip():
            if now is not None:
                yield now
            now = Stretch(one.sign, [one.box.right], one.box.left, one.box.bottom, one.size)
        former = one
    if now is not None:
        yield now


def _goes_on(now: Stretch, box: Box, size: float, rules: list[float]) -> bool:
    if box.left - now.right > _WIDEST_GAP * max(now.size, size):
        return False
    return not any(now.right - 1 <= rule <= box.left + 1 for rule in rules)


def _is_space(before: str, after: str, gap: float, size: float) -> bool:
    """Whether a gap is a space that is meant, and not room that a program leaves between scripts."""
    wide = (before >= _FIRST_WIDE) + (after >= _FIRST_WIDE)
    return gap > (_SPACE_IN_LATIN, _SPACE_BETWEEN_SCRIPTS, _SPACE_IN_CHINESE)[wide] * size
