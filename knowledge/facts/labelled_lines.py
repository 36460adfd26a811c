"""Lines that say what a document is: "发文字号：国发〔2021〕5号", "Issued: 1 May 2021"."""

import re
from collections.abc import Iterator

from knowledge.facts.dates_in_text import dates_in

# Of two labels of one field, the one that stands first counts: a document is issued when it is made public.
_LABELS: dict[str, tuple[str, ...]] = {
    "number": ("发文字号", "文号", "文件编号", "document number", "document no.", "reference number"),
    "issuer": (
        "发文机关", "发布机关", "发布单位", "制定机关", "颁布单位", "发布部门",
        "issuer", "issued by", "issuing authority",
    ),
    "date": (
        "发布日期", "公布日期", "印发日期", "颁布日期", "成文日期", "发文日期",
        "date of issue", "issue date", "date issued", "issued", "date published", "publication date", "date",
    ),
    "in_force_from": (
        "施行日期", "实施日期", "生效日期", "effective date", "date of entry into force", "effective from",
    ),
    "in_force_until": ("失效日期", "废止日期", "有效期至", "expiry date", "valid until", "expires on"),
    "status": ("时效性", "效力状态", "有效性", "status"),
}  # fmt: skip
_FIELDS = {label: field for field, labels in _LABELS.items() for label in labels}
_RANKS = {label: rank for labels in _LABELS.values() for rank, label in enumerate(labels)}
_LABEL = re.compile(
    r"(?:^|[|\u3000\t]|\s{2})[\s*|【\[]*("
    + "|".join(re.escape(label) for label in sorted(_FIELDS, key=len, reverse=True))
    + r")[\s*】\]]*[:：|][\s*]*",
    re.I | re.MULTILINE,
)
_VALUE_ENDS = re.compile(r"\n|\||\u3000|\t|\s{2,}|$")
_LOOKED_AT = 40  # lines at the top, and half as many at the end
_LONGEST_VALUE = 80  # characters
_DATES = frozenset({"date", "in_force_from", "in_force_until"})


def labelled(text: str) -> dict[str, str]:
    """Fields of `DocumentFacts` that labelled lines at the top or the end of a text state.

    Two lines with one label and different values state nothing.
    """
    lines = text.split("\n")
    if len(lines) > 2 * _LOOKED_AT:
        lines = lines[:_LOOKED_AT] + lines[-_LOOKED_AT // 2 :]
    by_label: dict[str, set[str]] = {}
    for label, value in _values("\n".join(lines)):
        by_label.setdefault(label, set()).add(value)
    stated: dict[str, str] = {}
    for label in sorted(by_label, key=lambda label: _RANKS[label]):
        if len(by_label[label]) == 1:
            stated.setdefault(_FIELDS[label], next(iter(by_label[label])))
    return stated


def _values(text: str) -> Iterator[tuple[str, str]]:
    for match in _LABEL.finditer(text):
        end = _VALUE_ENDS.search(text, match.end())
        value = text[match.end() : end.start() if end else len(text)].strip(" *")
        label = match[1].lower()
        if _FIELDS[label] in _DATES:
            found = dates_in(value)
            value = found[0].iso if found and found[0].end - found[0].start >= len(value) - 1 else ""
        if value and len(value) <= _LONGEST_VALUE:
            yield label, value
