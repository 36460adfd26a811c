"""What a file states of its document beside the text: keys as people and sites write them -> facts."""

import re
from collections.abc import Iterable
from datetime import date
from typing import get_args

from knowledge.policy import Level

Stated = dict[str, str | tuple[str, ...]]

_KEYS = {
    "title": ("title", "name", "articletitle", "citation_title", "dc.title", "标题", "名称", "题名"),
    "issuer": ("issuer", "issued_by", "publisher", "agency", "发布机关", "制定机关", "发文机关", "发布单位"),
    "kind": ("kind", "type", "category", "类别", "类型", "文种"),
    "number": ("number", "document_number", "doc_number", "文号", "发文字号", "文件编号"),
    "date": (
        "date", "date_signed", "date_issued", "issued", "published", "pubdate", "publishdate", "dc.date",
        "article:published_time", "dcterms.issued", "citation_date", "发布日期", "公布日期", "发文日期",
        "成文日期", "通过日期",
    ),
    "in_force_from": (
        "in_force_from", "date_into_force", "effective", "effective_date", "date_effective", "施行日期",
        "生效日期", "实施日期",
    ),
    "in_force_until": (
        "in_force_until", "date_inactive", "expires", "expiry", "expiry_date", "失效日期", "废止日期",
    ),
    "language": ("language", "lang"),
    "source": ("source", "url", "来源", "source_url"),
    "status": ("status", "时效性", "时效"),
    "level": ("level", "效力级别", "效力等级"),
    "amends": ("amends",),
    "supersedes": ("supersedes", "replaces"),
    "repeals": ("repeals",),
}  # fmt: skip
_FIELD_OF = {key: field for field, keys in _KEYS.items() for key in keys}
_SEVERAL = frozenset({"amends", "supersedes", "repeals"})
_DATES = frozenset({"date", "in_force_from", "in_force_until"})
_LEVELS = {
    **{level: level for level in get_args(Level)},
    "宪法": "constitution", "法律": "law", "行政法规": "regulation", "部门规章": "ministry rule",
    "地方性法规": "local regulation", "地方政府规章": "local rule", "条约": "treaty",
}  # fmt: skip

_DATE = re.compile(
    r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?\s*[年月日]?(?:[T\s].*)?", re.DOTALL
)


def is_known_key(key: str) -> bool:
    """Whether a key names a fact."""
    return key.strip().lower() in _FIELD_OF


def iso_date(value: str) -> str | None:
    """A date such as "2021-4-9", "2021/04/09 10:30" or "2021年4月9日" as ISO 8601, None for anything else."""
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day) if part is not None]
    return "-".join(parts)


def stated_facts(pairs: Iterable[tuple[str, str]]) -> Stated:
    """Fields of DocumentFacts that key and value pairs state; the first of a field counts.

    A value that its field cannot hold (a date that is none, a language that is neither "en" nor "zh") is as
    if it were not there.
    """
    facts: Stated = {}
    for key, value in pairs:
        name = _FIELD_OF.get(key.strip().lower())
        words = " ".join(value.split())
        if name is None or not words:
            continue
        if name in _SEVERAL:
            former = facts.get(name, ())
            facts[name] = (*former, words) if isinstance(former, tuple) else (words,)
        elif name not in facts:
            accepted = _accepted(name, words)
            if accepted is not None:
                facts[name] = accepted
    return facts


def _accepted(name: str, words: str) -> str | None:
    if name in _DATES:
        return iso_date(words)
    if name == "language":
        return {"en": "en", "zh": "zh"}.get(words.lower().replace("_", "-").partition("-")[0])
    if name == "level":
        return _LEVELS.get(words.lower())
    return words
