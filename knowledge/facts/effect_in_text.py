"""From when until when a document says that it is in force: "自2021年12月1日起施行", "effective from …"."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from knowledge.facts.dates_in_text import CHINESE_DATE, dates_in
from knowledge.facts.head_of_text import Act, seen_text
from knowledge.facts.iso_dates import first_day

_KIND = (
    "(?:法|条例|规定|办法|细则|规则|规程|准则|章程|通知|决定|意见|公告|通告|方案|规划|计划|协定|协议|制度|指南|政策|措施"
    "|文件|目录|清单|标准|规范|修正案)"
)
_THIS = f"本(?:实施|暂行|试行|管理|实施管理)?{_KIND}"
_START = "(?:施行|实施|执行|生效)"
_PLAIN_DATE = re.sub(r"\?P<\w+>", "?:", CHINESE_DATE)
_FROM_DATE = re.compile(
    rf"(?:{_THIS}|现予(?:公布|发布|印发)[，,])\s*自\s*(?P<date>{_PLAIN_DATE})\s*起(?:正式)?{_START}"
)
_FROM_ISSUE = re.compile(
    rf"(?:{_THIS}|现予(?:公布|发布|印发)[，,])自(?:公布|发布|印发|颁布)之日起(?:正式)?{_START}"
)
_UNTIL = re.compile(rf"(?:有效期|执行期限|施行期限|试行期)[限]?[至到为]*(?:至|到)\s*(?P<date>{_PLAIN_DATE})")
_FOR_YEARS = re.compile(r"有效期[限为]*\s*(?P<years>\d{1,2}|[一二两三四五六七八九十])\s*年")
_YEARS = {digit: years for years, digit in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_SENTENCE = re.compile(r"[^。\n]+")

# The document itself, and not "this Chapter".
_OF_THIS = (
    r"(?:this|these|the\s+present)\s+(?:\w+\s+){0,2}?(?:Agreement|Treaty|Convention|Protocol|Law|Act|Regulations?"
    r"|Rules|Measures|Provisions|Policy|Notice|Circular|Directive|Order|Decree|Decision|Guidelines|document)"
)
_ENGLISH_FROM = re.compile(
    rf"\b{_OF_THIS}\s+(?:(?:shall|will)\s+)?(?:enters?\s+into\s+force|comes?\s+into\s+(?:force|effect|operation)"
    r"|takes?\s+effect|(?:be|is|are|becomes?)\s+effective)\s+(?:on|from|as\s+of|as\s+from)\s+(?P<date>[^.;]{4,300})",
    re.I,
)
_ENGLISH_UNTIL = re.compile(
    rf"\b{_OF_THIS}\s+(?:(?:shall|will)\s+)?(?:remains?\s+in\s+(?:force|effect)\s+until|expires?\s+on"
    r"|ceases?\s+to\s+(?:have\s+effect|be\s+in\s+force)\s+on)\s+(?P<date>[^.;]{4,300})",
    re.I,
)
# A treaty that enters into force on a day "provided that …" may never do so.
_CONDITIONS = re.compile(
    r"\b(?:after|following|unless|later|earlier|whichever|provided|subject to|if|upon|exchange|for those"
    r"|in relation to|between those)\b",
    re.I,
)


def in_force_from(text: str, acts: Sequence[Act]) -> str | None:
    """The day from which the text says that it is in force, None where it does not or says two things.

    "From the day of its publication" counts where an adoption note says when that was. A law that was
    changed later still says from when it was in force at first.
    """
    seen = seen_text(text)
    stated = {date for match in _FROM_DATE.finditer(seen) for date in _only_date(match["date"])}
    stated |= {date for match in _ENGLISH_FROM.finditer(seen) for date in _first_date(match["date"])}
    stated |= {act.date for act in acts if act.kind == "effect"}
    published = [act.date for act in acts if act.published]
    if not stated and published and _FROM_ISSUE.search(seen):
        stated = {published[-1]}
    return _one(stated)


def in_force_until(text: str, start: str | None) -> str | None:
    """The last day on which the text says that it is in force; a term of years runs from `start`."""
    seen = seen_text(text)
    stated = {date for match in _ENGLISH_UNTIL.finditer(seen) for date in _first_date(match["date"])}
    for sentence in (match[0] for match in _SENTENCE.finditer(seen)):
        if not re.search(_THIS, sentence):
            continue  # a licence has a term too
        if not re.search(_START, sentence) and not re.search(f"{_THIS}(?:的)?有效期", sentence):
            continue
        until, term = _UNTIL.search(sentence), _FOR_YEARS.search(sentence)
        if until is not None:
            stated |= set(_only_date(until["date"]))
        elif term is not None and start is not None and len(start) == len("2021-04-29"):
            stated.add(_years_after(start, _number(term["years"])))
    return _one(stated)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _YEARS[text]


def _years_after(start: str, years: int) -> str:
    """The last day of a term of years: five from 2021-01-01 end with 2025-12-31."""
    first = date.fromisoformat(start)
    try:
        end = first.replace(year=first.year + years)
    except ValueError:  # from 29 February
        end = first.replace(year=first.year + years, month=3, day=1)
    return (end - timedelta(days=1)).isoformat()


def _only_date(text: str) -> list[str]:
    return [found.iso for found in dates_in(text)]


def _first_date(text: str) -> list[str]:
    """The date that a clause begins with; none where a condition follows."""
    found = dates_in(text)
    begins = found and not re.sub(r"\bthe\b|\s", "", text[: found[0].start], flags=re.I)
    return [found[0].iso] if begins and not _CONDITIONS.search(text) else []


def _one(stated: Iterable[str]) -> str | None:
    known = {day for day in stated if first_day(day) is not None}
    return known.pop() if len(known) == 1 else None
