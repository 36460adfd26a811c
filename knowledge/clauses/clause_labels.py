"""What a clause is called: its unit and number, from the label that a heading or a paragraph opens with."""

import re
from dataclasses import dataclass, field
from typing import Literal

from knowledge.clauses.clause_numbers import Number, chinese_number, english_number
from knowledge.clauses.headings import ENGLISH_LABEL
from knowledge.paragraphs import CHINESE_NUMBER

Unit = Literal[
    "part", "subpart", "title", "chapter", "section", "annex", "appendix", "schedule",
    "article", "paragraph", "item", "subitem", "point",
]  # fmt: skip
CHINESE_UNITS: dict[str, Unit] = {
    "编": "part", "部分": "part", "分编": "subpart", "章": "chapter", "节": "section", "条": "article",
    "款": "paragraph", "项": "item", "目": "subitem",
}  # fmt: skip
ENGLISH_UNITS: dict[str, Unit] = {
    "part": "part", "title": "title", "chapter": "chapter", "section": "section", "§": "section",
    "annex": "annex", "appendix": "appendix", "schedule": "schedule", "article": "article",
}  # fmt: skip
INSIDE_CLAUSE: tuple[Unit, ...] = ("paragraph", "item", "subitem", "point")
ANNEXES: frozenset[Unit] = frozenset({"annex", "appendix", "schedule"})

_CHINESE = re.compile(rf"第({CHINESE_NUMBER})(部分|分编|[编章节条])(?:之({CHINESE_NUMBER}))?")
_SIGN = re.compile(r"§\s?([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the way to a clause; two are equal when unit and number are, whatever the label's form."""

    unit: Unit
    number: Number  # () for an annex without one
    label: str = field(default="", compare=False)  # as the text writes it, "" for a 款 that is only counted


Path = tuple[Step, ...]  # from the outermost level that has a label to the clause


def heading_step(heading: str) -> Step | None:
    """The level that a heading names, None for one without a label such as 第X章 or "Article 5"."""
    chinese = _CHINESE.match(heading)
    if chinese:
        numbers = (chinese_number(part) for part in (chinese[1], chinese[3]) if part)
        known = tuple(number for number in numbers if number is not None)
        return Step(CHINESE_UNITS[chinese[2]], known, chinese[0])
    sign = _SIGN.match(heading)
    if sign:
        return Step("section", english_number(sign[1]), sign[0].rstrip("."))
    label = ENGLISH_LABEL.match(heading)
    unit = ENGLISH_UNITS[label[1].lower()] if label else None
    if label is None or unit is None or not (label[2] or unit in ANNEXES):
        return None
    return Step(unit, english_number(label[2] or ""), " ".join(label[0].strip("*").split()))


def clause_path(heading_path: tuple[str, ...]) -> Path:
    """The labelled levels of a heading path, outermost first."""
    steps = (heading_step(heading) for heading in heading_path)
    return tuple(step for step in steps if step is not None)
