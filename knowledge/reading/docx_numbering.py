"""The numbers that Word draws before paragraphs and stores nowhere in the text: "第三条", "(a)", "1.2"."""

from dataclasses import dataclass, field

from lxml import etree

from knowledge.reading.docx_names import child, value, w

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "chineseLegalSimplified", "ideographTraditional",
})  # fmt: skip
_CHINESE_DIGITS = frozenset({"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"})
_HIGHEST = 9_999  # a Chinese number above it is written in digits
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9
_SYMBOL_FONTS = ("\uf000", "\uf0ff")  # signs of Wingdings and Symbol, in the private use area


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    suffix: str  # "tab", "space" or "nothing"
    legal: bool  # all numbers in digits, whatever the levels above say


@dataclass(slots=True)
class Numbering:
    """The lists of one document; numbers are counted as paragraphs are asked for in their order."""

    _lists: dict[str, str]  # list -> the definition that it counts with
    _levels: dict[str, dict[int, _Level]]  # list -> its levels
    _starts: dict[str, dict[int, int]]  # list -> where it begins anew
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, depth: int) -> str:
        """The number before the next paragraph of a list with the space behind it, "" where there is none."""
        levels = self._levels.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        counts = self._counts.setdefault(self._lists[list_id], [None] * _LEVELS)
        restart = self._starts.get(list_id, {}).get(depth)
        if restart is not None and (list_id, depth) not in self._started:
            counts[depth] = None
        self._started.add((list_id, depth))
        first = level.start if restart is None else restart
        former = counts[depth]
        counts[depth] = first if former is None else former + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.format == "bullet":
            return _bullet(level.text)
        text = level.text
        for at in range(_LEVELS):
            if f"%{at + 1}" in text and at in levels:
                count = counts[at] if counts[at] is not None else levels[at].start
                shown = number(count or 0, "decimal" if level.legal else levels[at].format)
                text = text.replace(f"%{at + 1}", shown)
        return _spaced(text, level.suffix)


def _bullet(sign: str) -> str:
    drawn = "".join("•" if _SYMBOL_FONTS[0] <= one <= _SYMBOL_FONTS[1] else one for one in sign)
    return f"{drawn} " if drawn.strip() else ""


def _spaced(label: str, suffix: str) -> str:
    """A label with a space, unless it ends with a full-width sign that is room enough."""
    tight = suffix == "nothing" and label.endswith(("）", "、", "．", "】"))
    return label if tight or not label.strip() else f"{label.rstrip()} "


def number(count: int, style: str) -> str:
    """A count in one of Word's number formats, in digits for a format that is not known."""
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else str(count)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if style == "upperRoman" else _roman(count)
    if style in _CHINESE:
        return _chinese(count)
    if style in _CHINESE_DIGITS:
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    if style.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    return f"{count:02}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (count // worth)
        count %= worth
    return letters


def _chinese(count: int) -> str:
    if not 0 < count <= _HIGHEST:
        return str(count)
    words, skipped = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        if digit:
            words += ("〇" if skipped and words else "") + _DIGITS[digit] + sign
            skipped = False
        else:
            skipped = True
    words = words.replace("〇", "零")
    return words[1:] if words.startswith("一十") else words


def numbering(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines; none for a document without it."""
    if root is None:
        return Numbering({}, {}, {})
    abstract: dict[str, dict[int, _Level]] = {}
    for definition in root.iterfind(w("abstractNum")):
        levels = {_depth(level): _level(level) for level in definition.iterfind(w("lvl"))}
        abstract[definition.get(w("abstractNumId"), "")] = levels
    lists: dict[str, str] = {}
    levels_of: dict[str, dict[int, _Level]] = {}
    starts: dict[str, dict[int, int]] = {}
    for one in root.iterfind(w("num")):
        list_id, definition_id = one.get(w("numId"), ""), value(child(one, "abstractNumId"))
        lists[list_id] = definition_id
        levels_of[list_id] = dict(abstract.get(definition_id, {}))
        starts[list_id] = {}
        for override in one.iterfind(w("lvlOverride")):
            depth, own = _depth(override), child(override, "lvl")
            if own is not None:
                levels_of[list_id][depth] = _level(own)
            start = value(child(override, "startOverride"))
            if start.isdigit():
                starts[list_id][depth] = int(start)
    return Numbering(lists, levels_of, starts)


def _depth(level: etree._Element) -> int:
    depth = level.get(w("ilvl"), "0")
    return min(int(depth), _LEVELS - 1) if depth.isdigit() else 0


def _level(level: etree._Element) -> _Level:
    start = value(child(level, "start"))
    return _Level(
        start=int(start) if start.isdigit() else 1,
        format=value(child(level, "numFmt")) or "decimal",
        text=value(child(level, "lvlText")),
        suffix=value(child(level, "suff")) or "tab",
        legal=child(level, "isLgl") is not None,
    )
