"""What a text itself says of the document it is: who issued it, when, under which number, from when it holds.

Nothing is guessed: a field is found only where the text states it, and two statements that differ find none.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from knowledge.facts.authority import issuer_of, kind_of, level_of
from knowledge.facts.dates_in_text import FoundDate, dates_in
from knowledge.facts.effect_in_text import in_force_from, in_force_until
from knowledge.facts.head_of_text import Act, acts_in, head_of, seen_text
from knowledge.facts.labelled_lines import labelled
from knowledge.facts.relations_in_text import amended_by, repealed_by, superseded_by
from knowledge.paragraphs import CHINESE_NUMBER

FactValue = str | tuple[str, ...]

# 国发〔2021〕5号, 商务部公告2021年第7号, 主席令（第七十二号）: a line of its own, or one in brackets.
_NUMBER_LINE = re.compile(
    r"^[\s\u3000*#（(]*(?P<number>[\u4e00-\u9fff]{1,12}[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff]{2,20}(?:令|公告)[\s\u3000]*(?:(?:19|20)\d\d年)?[\s\u3000]*[（(]?第[\s\u3000]*"
    rf"{CHINESE_NUMBER}[\s\u3000]*号)[\s\u3000*）)]*$",
    re.MULTILINE,
)
_OFFICE = re.compile(
    r"[\s\u3000]*[\u4e00-\u9fff、\s\u3000]{0,60}(?:部|委|委员会|局|院|总署|署|政府|办公厅|办公室|银行|会|中央|总局)[\s\u3000]*"
)
_DONE = re.compile(
    r"(?:^|[.;>]\s+)D(?:one|ONE)\s+(?:at|in|AT|IN)\s+(?P<words>[^.;]{4,250})",
    re.MULTILINE,
)
_ENGLISH_ACT = re.compile(
    r"\b(?P<verb>Adopted|Promulgated|Issued|Published|Enacted|Passed|Amended|Revised|Approved)\b[^.;\n]{0,200}?\bon\s+(?P<date>[^.;\n]{6,40})"
)
_SIGNED_LINES = 8  # of the end, where a notice is signed


def facts_in_text(text: str, title: str | None) -> dict[str, FactValue]:
    """Fields of `DocumentFacts` that the text states, but for its title and its language.

    `title` is the title that is known of it: its words tell kind and level. Values are as the text writes
    them; dates are ISO 8601.
    """
    head = head_of(text)
    acts = acts_in(head)
    found: dict[str, FactValue | None] = dict(labelled(seen_text(text)))
    signed_by, signed_on = _signature(text)
    _fill(
        found,
        {
            "number": _number(head, acts),
            "issuer": issuer_of(acts) or signed_by,
            "date": _date(text, head, acts) or signed_on,
            "in_force_from": in_force_from(text, acts),
        },
    )
    start = found.get("in_force_from")
    _fill(found, {"in_force_until": in_force_until(text, start if isinstance(start, str) else None)})
    if title is not None:
        _fill(found, {"kind": kind_of(title), "level": level_of(title, acts, text)})
        _fill(found, {"amends": amended_by(title), "repeals": repealed_by(title, text)})
        _fill(found, {"supersedes": superseded_by(text)})
    return {name: value for name, value in found.items() if value}


def _fill(found: dict[str, FactValue | None], more: Mapping[str, FactValue | None]) -> None:
    for name, value in more.items():
        found[name] = found.get(name) or value


def _number(head: str, acts: Sequence[Act]) -> str | None:
    lines = {re.sub(r"\s", "", match["number"]) for match in _NUMBER_LINE.finditer(head)}
    ordered = [act.number for act in acts if act.number]
    if ordered:
        return ordered[-1]
    return lines.pop().removeprefix("中华人民共和国") if len(lines) == 1 else None


def _date(text: str, head: str, acts: Sequence[Act]) -> str | None:
    """The last day on which the document was adopted, changed or made public."""
    told = [act.date for act in acts if act.kind != "effect"]
    if told:  # a note that breaks off with "根据" had a later act
        return None if head.rstrip("）) \n\u3000").endswith("根据") else max(told)
    english = [
        found[0].iso
        for match in _ENGLISH_ACT.finditer(head[:2_000])
        if (found := _begins_with_date(match["date"]))
    ]
    if english:
        return max(english)
    done = {found[0].iso for match in _DONE.finditer(seen_text(text)) if (found := dates_in(match["words"]))}
    return done.pop() if len(done) == 1 else None


def _begins_with_date(words: str) -> list[FoundDate]:
    found = dates_in(words)
    return found[:1] if found and found[0].start <= len("the ") else []


def _signature(text: str) -> tuple[str | None, str | None]:
    """(office, date) of a text that ends with both on lines of their own, as Chinese notices do."""
    lines = [line for line in seen_text(text).split("\n") if line.strip()][-_SIGNED_LINES:]
    for above, line in pairwise(lines):
        found = dates_in(line)
        if len(found) != 1 or (line[: found[0].start] + line[found[0].end :]).strip():
            continue
        if _OFFICE.fullmatch(above) and len(found[0].iso) == len("2021-04-29"):
            return "、".join(above.split()), found[0].iso
    return None, None
