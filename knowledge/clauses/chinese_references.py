"""References in Chinese text: 本法第十二条第二款, 第三条至第五条, 前款第（三）项, 《海关法》第二十四条."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.clauses.clause_labels import CHINESE_UNITS, Path, Step
from knowledge.clauses.clause_numbers import chinese_number
from knowledge.clauses.reference import Reference
from knowledge.paragraphs import CHINESE_NUMBER

_KINDS = "法典|法|条例|办法|规定|细则|规则|规程|决定|协定|条约|公约|章程|准则"
_NAMED = re.compile(
    rf"""(?:
      《(?P<title>[^《》\n]{{2,60}})》(?:[（(][^（）()\n]{{1,40}}[）)])?
    | (?P<own>(?<![基日])本(?:{_KINDS}|[编章节条]))
    )\s?\Z""",
    re.VERBOSE,
)
# Where a law's name begins when no 《》 are around it: behind the last of these words.
_LEAD = re.compile("依照|按照|根据|依据|违反|适用|执行|参照|符合|属于|以及|[，。；：、（“与或及\n]|(?<!共)和")
_BARE_NAME = re.compile(rf"([\u4e00-\u9fff]{{1,25}}(?:{_KINDS}))\s?")
_LONGEST_NAME = 110  # characters in which the name of a document before its clause is looked for
# Some document or clause is named here, but not by a name that can be looked up: 该法, 同条.
_FOREIGN = re.compile(rf"(?:{_KINDS}|[》）)]|[该同其原此]条|上述)\s?\Z")

_STEP = re.compile(
    rf"第(?P<number>{CHINESE_NUMBER})(?P<unit>编|分编|章|节|条|款|项|目)(?:之(?P<inserted>{CHINESE_NUMBER}))?"
    rf"|第?[（(](?P<item>{CHINESE_NUMBER})[）)]项?"
    rf"|前(?P<before>[一二两三四五]?)(?P<former>款|条|项)"
)
_BEGIN = re.compile(
    rf"第{CHINESE_NUMBER}(?:条|款|项|章|节|编)|第[（(]{CHINESE_NUMBER}[）)]项?|前[一二两三四五]?[款条项]"
)
_JOINER = re.compile(r"\s?(?:、|以及|至|到|和|与|或者|或|及|，)\s?(?=第|[（(])")
_OUTERMOST_FIRST = ("part", "subpart", "chapter", "section", "article", "paragraph", "item", "subitem")


def chinese_references(text: str, start: int, end: int) -> Iterator[Reference]:
    """The references in a stretch of a text, in order."""
    position = start
    while begin := _BEGIN.search(text, position, end):
        position = begin.end()
        first, document, readable = _document_before(text, start, begin.start())
        for index, found in enumerate(_list(text, begin.start(), end)):
            if readable:
                yield replace(found, start=found.start if index else first, document=document)
            position = max(position, found.end)


def _document_before(text: str, start: int, end: int) -> tuple[int, str | None, bool]:
    """(where the reference begins, the other document named before it, whether it can be told which)."""
    start = max(start, end - _LONGEST_NAME)
    named = _NAMED.search(text, start, end)
    if named:
        return named.start(), named["title"], True
    leads = [lead.end() for lead in _LEAD.finditer(text, start, end)]
    bare = _BARE_NAME.fullmatch(text, leads[-1] if leads else start, end)
    if bare and bare[1][0] not in "该同其原此":
        return bare.start(), bare[1], True
    return end, None, not _FOREIGN.search(text, start, end)


def _list(text: str, start: int, end: int) -> Iterator[Reference]:
    """The members of "第三条第一款、第二款和第五条", each with what it shares with the one before it."""
    path: Path = ()
    position = start
    while True:
        steps, after = _chain(text, position, end)
        if not steps:
            return
        if path and position != start:
            depth = _OUTERMOST_FIRST.index(steps[0].unit)
            shared = tuple(step for step in path if _OUTERMOST_FIRST.index(step.unit) < depth)
            steps = (*shared, *steps)
        path = steps
        yield Reference(position, after, path)
        joiner = _JOINER.match(text, after, end)
        if not joiner:
            return
        position = joiner.end()


def _chain(text: str, start: int, end: int) -> tuple[Path, int]:
    """The levels that stand one behind another from `start` on, and where they end."""
    steps: list[Step] = []
    while match := _STEP.match(text, start, end):
        step = _step(match)
        ranks = [_OUTERMOST_FIRST.index(one.unit) for one in steps]
        if step is None or (ranks and _OUTERMOST_FIRST.index(step.unit) <= ranks[-1]):
            break
        steps.append(step)
        start = match.end()
    return tuple(steps), start


def _step(match: re.Match[str]) -> Step | None:
    if match["former"]:
        back = chinese_number(match["before"]) if match["before"] else 1
        return Step(CHINESE_UNITS[match["former"]], (-(back or 1),), match[0])
    unit = CHINESE_UNITS[match["unit"] or "项"]
    numbers = (match["item"] or match["number"], match["inserted"])
    read = tuple(number for one in numbers if one and (number := chinese_number(one)) is not None)
    return Step(unit, read, match[0]) if read else None
