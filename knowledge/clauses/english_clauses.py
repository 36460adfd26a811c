"""The paragraphs and items of an English section: 1. or 1.1 or (1), then (a), (i) and deeper."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.clauses.clause_labels import INSIDE_CLAUSE, Path, Step
from knowledge.clauses.clause_numbers import letter_number, roman_number
from knowledge.paragraphs import Span

Start = tuple[int, Path]  # (where a stretch begins, its levels below the section)

_MARK = re.compile(
    r"""[\s*]*(?:
      (?P<digits>\d{1,3}(?:\.\d{1,3})*)(?:[.)](?=\s|$)|(?=\t)|(?<=\.\d)(?=\s+[“"(]?[A-Z])
        |(?<=\.\d\d)(?=\s+[“"(]?[A-Z]))
    | \((?P<bracketed>\d{1,3})\) | \((?P<letters>[A-Za-z]{1,5})\) | (?P<bare>[a-z])\)(?=\s)
    )\s*""",
    re.VERBOSE,
)
_BEFORE_A_MARK = re.compile(r"[.;:,—–][”\"’)]?\s+(?:(?:and|or|and/or)\s+)?(?=[(\d])")
_SUCCESSOR_WITHIN = 20_000  # characters in which "(b)" must follow an "(a)" inside a line
_NOT_A_PARAGRAPH = re.compile(r"\||[-*+•·●○▪◦‣]\s|[a-z]")  # a table row, a list item, a sentence that goes on
_LONGEST_TITLE = 100
# "paragraph" at the end of a line, and the number on the next one.
_RUNS_ON = re.compile(r"(?:\w|[,(])\Z")


class _Mark(NamedTuple):
    kind: str  # digits, bracketed, or the form of a letter: "a", "i", "A", "I", "aa"
    number: tuple[int, ...]
    label: str


def english_clauses(text: str, paragraphs: list[Span]) -> list[Start]:
    """The stretches of a section in order, from its paragraphs behind the label."""
    starts, open_, counted = list[Start](), list[_Mark](), 0
    numbered = _is_numbered(text, paragraphs)
    for index, (start, end) in enumerate(paragraphs):
        if index == 0 and len(paragraphs) > 1 and _is_title(text[start:end]):
            continue
        position, at_start = start, True
        while mark := _MARK.match(text, position, end):
            found = _placed(_readings(mark), open_, text, mark.end(), at_line_start=True)
            if found is None:
                break
            open_, at_start = found, False
            starts.append((position, _path(open_, numbered, counted)))
            position = mark.end()
        if at_start:
            if not numbered and not (starts and _NOT_A_PARAGRAPH.match(text, start, end)):
                counted, open_ = counted + 1, []
            else:
                open_ = open_[:1] if numbered else []
            starts.append((start, _path(open_, numbered, counted)))
        for inline, mark in _inside_line(text, position, end):
            found = _placed(_readings(mark), open_, text, mark.end(), at_line_start=False)
            if found is not None:
                open_ = found
                starts.append((inline, _path(open_, numbered, counted)))
    single = not numbered and counted <= 1
    return [(start, path[1:] if single and _is_counted(path) else path) for start, path in starts]


def _inside_line(text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    for before in _BEFORE_A_MARK.finditer(text, start, end):
        mark = _MARK.match(text, before.end(), end)
        # "Article 3. 2. The Parties" begins a paragraph, "in 5. or 6." does not.
        if mark and not (mark["digits"] and not text[mark.end() : mark.end() + 1].isupper()):
            yield before.end(), mark


def _readings(mark: re.Match[str]) -> list[_Mark]:
    """What a mark may be: "(i)" is the ninth letter or the first Roman number."""
    if mark["digits"]:
        return [_Mark("digits", tuple(map(int, mark["digits"].split("."))), mark["digits"])]
    if mark["bracketed"]:
        return [_Mark("bracketed", (int(mark["bracketed"]),), f"({mark['bracketed']})")]
    letters = mark["letters"] or mark["bare"]
    capital = letters.isupper()
    letter, roman = letter_number(letters), roman_number(letters)
    readings = []
    if letter is not None:
        form = "A" if capital else "a"
        readings.append(_Mark(form, (letter,), f"({letters})"))
    if roman is not None:
        readings.append(_Mark("I" if capital else "i", (roman,), f"({letters})"))
    return readings if len(letters) == 1 else readings[::-1]  # "(ii)" is seldom the letter after "(hh)"


def _placed(
    readings: list[_Mark], open_: list[_Mark], text: str, position: int, *, at_line_start: bool
) -> list[_Mark] | None:
    """The levels that hold from this mark on, None where it is none: what follows must be its successor."""
    for depth in range(len(open_) - 1, -1, -1):
        for mark in readings:
            follows = mark.kind == open_[depth].kind and _follows(mark.number, open_[depth].number)
            ninth = mark.kind == "a" and mark.label == "(i)"
            if follows and not (ninth and _begins_roman(text, position)):
                return [*open_[:depth], mark]
    for mark in readings:
        if all(mark.kind != held.kind for held in open_) and mark.number in ((1,), (1, 1)):
            if not at_line_start and (mark.kind == "digits" or not _has_successor(mark, text, position)):
                continue
            return [mark] if mark.kind == "digits" else [*open_, mark]
    if not at_line_start or not readings:
        return None
    mark = readings[0]
    kinds = [held.kind for held in open_]
    if mark.kind == "digits":
        return [mark] if not open_ or mark.number > open_[0].number or len(mark.number) > 1 else None
    return [*open_[: kinds.index(mark.kind)], mark] if mark.kind in kinds else [*open_, mark]


def _begins_roman(text: str, position: int) -> bool:
    """Whether an "(i)" after an "(h)" is a Roman number: "(ii)" comes, and no "(j)" before it."""
    second = text.find("(ii)", position, position + _SUCCESSOR_WITHIN)
    return second >= 0 and text.find("(j)", position, second) < 0


def _follows(number: tuple[int, ...], former: tuple[int, ...]) -> bool:
    """Whether 2 follows 1, 1.2 follows 1.1, 2 follows 1.4 and 1.1 follows 1."""
    common = min(len(number), len(former))
    if len(number) > len(former):
        return number[:common] == former and number[common:] == (1,) * (len(number) - common)
    return number[:-1] == former[: common - 1] and number[-1] == former[common - 1] + 1


def _has_successor(mark: _Mark, text: str, position: int) -> bool:
    successor = {"a": "(b)", "i": "(ii)", "A": "(B)", "I": "(II)", "bracketed": "(2)"}[mark.kind]
    return text.find(successor, position, position + _SUCCESSOR_WITHIN) >= 0


def _path(open_: list[_Mark], numbered: bool, counted: int) -> Path:
    if not numbered:
        base = (Step("paragraph", (counted,)),) if counted else ()
        units = INSIDE_CLAUSE[1:]
    else:
        base, units = (), INSIDE_CLAUSE
    below = (
        Step(units[min(depth, len(units) - 1)], mark.number, mark.label) for depth, mark in enumerate(open_)
    )
    return (*base, *below)


def _is_numbered(text: str, paragraphs: list[Span]) -> bool:
    """Whether paragraphs carry numbers: the first mark at the start of one is a number, not a letter."""
    for start, end in paragraphs:
        mark = _MARK.match(text, start, end)
        if mark:
            return bool(mark["digits"] or mark["bracketed"])
    return False


def _is_title(words: str) -> bool:
    """Whether the first paragraph of an article is the title on a line of its own."""
    short = len(words) <= _LONGEST_TITLE and words[:1].isupper()
    return short and words[-1] not in ".;:,!?。；：" and not _MARK.match(words)


def _is_counted(path: Path) -> bool:
    return bool(path) and path[0].unit == "paragraph" and not path[0].label
