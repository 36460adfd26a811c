"""References in English text: Articles 3 and 4, paragraph 2(a) of Article 7, Section 2 of the Trade Act."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.clauses.clause_labels import ENGLISH_UNITS, Path, Step, Unit
from knowledge.clauses.clause_numbers import (
    NUMBER_WORDS,
    english_number,
    letter_number,
    roman_number,
)
from knowledge.clauses.reference import Reference

_UNITS: dict[str, Unit] = {
    **ENGLISH_UNITS, "sec": "section", "§§": "section", "annexes": "annex", "appendice": "appendix",
    "paragraph": "paragraph", "subparagraph": "item", "item": "item",
}  # fmt: skip
_MARKS = r"(?:\s?\((?:\d{1,3}|[a-z]{1,5}|[A-Z])\))"
_WORDS = "|".join(word.capitalize() for word in NUMBER_WORDS)
_MEMBER = (
    rf"(?:(?:\d{{1,5}}[A-Z]?|[IVXLC]{{1,8}}|[A-Z]\d{{0,3}}|{_WORDS})(?:[.-](?:\d{{1,4}}|[A-Z]\d{{0,3}}|[IVX]{{1,6}})){{0,3}}"
    rf"(?::\d{{1,3}})?(?:\s?(?:bis|ter))?(?![\w]){_MARKS}{{0,4}}|{_MARKS}{{1,4}})"
)
_AND = r"(?:\s+(?:and|or|to|through)\s+|[–—-](?=\())"
_JOIN = r"(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and/or|and|or|to|through)\s+|\s?[–—]\s?|-(?=\())"
_GROUP = re.compile(
    rf"""(?:\b(?P<unit>Article|Section|Sec\.|Chapter|Part|Title|Annex|Appendix|Schedule|[Pp]aragraph|[Ss]ub-?paragraph
            |[Ii]tem)|(?P<sign>§))\s?(?P<one>{_MEMBER}(?:{_AND}{_MEMBER}){{0,3}})
    |\b(?P<units>Article|Section|Chapter|Part|Title|Annexe|Appendice|Schedule|[Pp]aragraph|[Ss]ub-?paragraph|[Ii]tem)s
        \s(?P<many>{_MEMBER}(?:{_JOIN}{_MEMBER}){{0,30}})""",
    re.VERBOSE,
)
_MEMBERS = re.compile(_MEMBER)
_NUMBER_AND_MARKS = re.compile(rf"([^\s(:]*(?:\s(?:bis|ter))?)(?::(\d+))?((?:{_MARKS})*)")
_MARK = re.compile(r"\((\w+)\)")
_NOTE = r"(?:\s\([A-Z][^()\n]{0,80}\))?"  # "Article 5 (Scope)"
_OF = re.compile(_NOTE + r"\s+(?:of|to)\s+")
_INSIDE = re.compile(_NOTE + r",?\s+(?=[Pp]aragraph|[Ss]ub-?paragraph|[Ii]tem)")
_ALSO = re.compile(_NOTE + r"(?:,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)")
_MOST_CHAINS = 20
_NAME = (
    r"[A-Z][\w’'&/-]*"
    r"(?:\s+(?:(?:of|on|and|for|in|the|to|with|between|by)\s+){0,3}(?:[A-Z][\w’'&/-]*|\d{4}\b)){0,14}"
)
_DOCUMENT = re.compile(
    rf"{_NOTE}\s+(?:(?:of|to)\s+(?P<own>this|the\spresent)\b"
    rf"|(?:of|to(?=[^.;]{{0,80}}(?:Agreement|Convention|Protocol|Treaty)))\s+(?:the\s+)?(?P<name>{_NAME})"
    rf"|(?P<other>of\s+(?:the|that|those|such|said|its|each|any)\b|thereof)"
    rf"|(?P<acronym>[A-Z]{{3,}}\b(?:\s\d{{4}})?))"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """One unit with its numbers: "paragraphs 1 and 2"."""

    start: int
    end: int
    members: tuple[tuple[int, int, Path], ...]  # (start, end, path)


def english_references(text: str, start: int, end: int) -> Iterator[Reference]:
    """The references in a stretch of a text, in order."""
    chains: list[tuple[list[_Group], bool]] = []
    while match := _GROUP.search(text, start, end):
        groups = [_group(match)]
        inward = False  # "Article 7, paragraph 2" and not "paragraph 2 of Article 7"
        while len(groups) < 4:
            link = _OF.match(text, groups[-1].end, end)
            following = _GROUP.match(text, link.end(), end) if link else None
            if following is None or inward:
                link = _INSIDE.match(text, groups[-1].end, end)
                following = _GROUP.match(text, link.end(), end) if link else None
                inward = inward or following is not None
            if following is None or (inward and len(groups) > 1 and not _is_inner(groups[-1])):
                break
            groups.append(_group(following))
        start = groups[-1].end
        chains.append((groups, inward))
        # In "Article 2 and Annex 3 of the TBT Agreement" both belong to what is named at the end.
        named = _DOCUMENT.match(text, start, end)
        joined = None if named else _ALSO.match(text, start, end)
        if joined and _GROUP.match(text, joined.end(), end) and len(chains) < _MOST_CHAINS:
            continue
        document = (named["name"] or named["acronym"]) if named and not named["own"] else None
        if not (named and named["other"]):
            for chain, is_inward in chains:
                yield from _references(chain, document, inward=is_inward)
        chains = []


def _is_inner(group: _Group) -> bool:
    return group.members[0][2][0].unit in ("paragraph", "item")


def _references(groups: list[_Group], document: str | None, *, inward: bool) -> Iterator[Reference]:
    outward = groups if inward else groups[::-1]  # the outermost first
    if all(len(group.members) == 1 for group in groups):
        path = tuple(step for group in outward for step in group.members[0][2])
        yield Reference(groups[0].start, groups[-1].end, path, document)
        return
    for group in groups:
        above = outward[: outward.index(group)]
        shared = tuple(step for outer in above for step in outer.members[0 if not inward else -1][2])
        for index, (start, end, path) in enumerate(group.members):
            yield Reference(group.start if index == 0 else start, end, (*shared, *path), document)


def _group(match: re.Match[str]) -> _Group:
    word = (match["unit"] or match["units"] or match["sign"]).lower().replace("-", "").rstrip(".")
    unit = _UNITS[word if word in _UNITS else word.rstrip("e")]
    listed = "one" if match["one"] else "many"
    members: list[tuple[int, int, Path]] = []
    for member in _MEMBERS.finditer(match[listed]):
        path = _path(unit, member[0].strip())
        if members and path[0].unit in ("item", "subitem") and unit not in ("item", "subitem"):
            former = members[-1][2]  # "paragraph 1(a) and (b)"
            path = (*(step for step in former if step.unit not in ("item", "subitem")), *path)
        begin = match.start(listed)
        lead = len(member[0]) - len(member[0].lstrip())
        members.append((begin + member.start() + lead, begin + member.end(), path))
    return _Group(match.start(), match.end(), tuple(members))


def _path(unit: Unit, written: str) -> Path:
    """The levels that "12(2)(a)", "III:2" or "(a)(i)" names."""
    read = _NUMBER_AND_MARKS.fullmatch(written)
    if read is None:
        return (Step(unit, english_number(written), written),)
    steps: list[Step] = []
    if read[1]:
        steps.append(Step("paragraph" if unit == "item" else unit, english_number(read[1]), read[1]))
    if read[2]:
        steps.append(Step("paragraph", (int(read[2]),), read[2]))
    below: list[Unit] = ["item", "subitem", "point"]
    for mark in _MARK.findall(read[3]):
        if mark.isdecimal() and steps and steps[-1].unit not in ("paragraph", "item", "subitem"):
            steps.append(Step("paragraph", (int(mark),), f"({mark})"))
            continue
        if mark.isdecimal() and not steps and unit == "paragraph":
            steps.append(Step("paragraph", (int(mark),), f"({mark})"))
            continue
        place = below.pop(0) if below else "point"
        first = int(mark) if mark.isdecimal() else None
        letter, roman = letter_number(mark), roman_number(mark)
        number = first or ((roman or letter) if place != "item" else (letter or roman)) or 0
        steps.append(Step(place, (number,), f"({mark})"))
    return tuple(steps)
