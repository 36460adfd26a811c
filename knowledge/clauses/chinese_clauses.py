"""The 款, 项 and 目 of a Chinese clause: unnumbered paragraphs, （一）… items, and 1. … below them."""

import re
from collections.abc import Iterator

from knowledge.clauses.clause_labels import INSIDE_CLAUSE, Path, Step
from knowledge.clauses.clause_numbers import chinese_number
from knowledge.paragraphs import Span

Start = tuple[int, Path]  # (where a stretch begins, its levels below the article)

_MARK = re.compile(
    r"""\*{0,2}(?:
      (?P<item>[（(](?P<item_number>[〇零一二三四五六七八九十百]{1,5})[）)])(?![、和至项])
    | (?P<listed>(?P<listed_number>[一二三四五六七八九十]{1,3})、)
    | (?P<bracketed>[（(](?P<bracketed_number>[0-9０-９]{1,3})[）)])(?![、和至项])
    | (?P<digits>(?P<digits_number>[0-9０-９]{1,3})[.．、])(?![0-9０-９])
    | (?P<circled>(?P<circled_number>[①-⑳]))
    )""",
    re.VERBOSE,
)
_NOT_A_PARAGRAPH = re.compile(r"\||[-*+•·●○▪◦‣]\s")  # a table row or a list item belongs to what is above it
_SENTENCE_MARK = re.compile("[。；：，;:,]")
_LONGEST_TITLE = 30
_AFTER_A_MARK = re.compile(r"[：:；;。]\s*(?=[（(])")


class _Levels:
    """Which 款, 项 and 目 hold at this point."""

    def __init__(self) -> None:
        self.paragraph: Step | None = None
        self.below: list[tuple[str, Step]] = []  # (kind of mark, step)
        self.counted = 0
        self.numbered = False  # the 款 are numbered, as in treaties: 一、 or 1.

    def path(self) -> Path:
        base = (self.paragraph,) if self.paragraph else ()
        return (*base, *(step for _, step in self.below))

    def next_paragraph(self) -> None:
        self.below = []
        if not self.numbered:
            self.counted += 1
            self.paragraph = Step("paragraph", (self.counted,))

    def mark(self, kind: str, label: str, number: int, *, introduced: bool) -> None:
        heads = kind in ("listed", "digits") and not self.below and not introduced
        if heads and (self.numbered or self.counted == 0):
            self.numbered, self.paragraph = True, Step("paragraph", (number,), label)
            return
        if self.numbered and self.paragraph and _kind(self.paragraph.label) == kind:
            self.below, self.paragraph = [], Step("paragraph", (number,), label)
            return
        kinds = [held for held, _ in self.below]
        depth = kinds.index(kind) if kind in kinds else len(kinds)
        unit = INSIDE_CLAUSE[min(depth + 1, len(INSIDE_CLAUSE) - 1)]
        self.below = [*self.below[:depth], (kind, Step(unit, (number,), label))]


def chinese_clauses(text: str, paragraphs: list[Span]) -> list[Start]:
    """The stretches of a clause in order, from its paragraphs behind the label."""
    levels, starts = _Levels(), list[Start]()
    introduced = False  # by a colon: what is numbered after it are items
    for index, (start, end) in enumerate(paragraphs):
        words = text[start:end]
        if index == 0 and len(paragraphs) > 1 and _is_title(words):
            continue  # "第一条 定义" and the text below it
        mark = _MARK.match(words)
        if mark:
            levels.mark(*_read(mark), introduced=introduced)
        elif _NOT_A_PARAGRAPH.match(words) or " | " in words:
            continue
        else:
            levels.next_paragraph()
        starts.append((start, levels.path()))
        introduced = words.endswith(("：", ":")) or (introduced and mark is not None)
        own = chinese_number(mark["item_number"]) if mark and mark["item"] else None
        for inline in _inline(words, own or 0):
            levels.mark(*_read(inline), introduced=True)
            starts.append((start + inline.start(), levels.path()))
    single = not levels.numbered and levels.counted <= 1
    return [(start, path[1:] if single and _is_counted(path) else path) for start, path in starts]


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and not _SENTENCE_MARK.search(words)


def _inline(words: str, own: int) -> Iterator[re.Match[str]]:
    """The items that follow one another on a line behind its `own` one, 0 for none: "：（一）…；（二）…"."""
    found: list[re.Match[str]] = []
    for after in _AFTER_A_MARK.finditer(words):
        mark = _MARK.match(words, after.end())
        if mark and mark["item"] and chinese_number(mark["item_number"]) == own + len(found) + 1:
            found.append(mark)
    if own or len(found) > 1:
        yield from found


def _read(mark: re.Match[str]) -> tuple[str, str, int]:
    kind = mark.lastgroup.removesuffix("_number") if mark.lastgroup else ""
    written = mark[f"{kind}_number"]
    number = ord(written) - ord("①") + 1 if kind == "circled" else chinese_number(written)
    return kind, mark[kind], number or 0


def _kind(label: str) -> str:
    mark = _MARK.match(label)
    return _read(mark)[0] if mark else ""


def _is_counted(path: Path) -> bool:
    return bool(path) and path[0].unit == "paragraph" and not path[0].label
