"""Clauses in words, for readers of either language: 第十二条第二款 is Article 12, paragraph 2."""

from knowledge.clauses.clause_labels import Path, Step, Unit
from knowledge.clauses.clause_numbers import Number, chinese_numeral

_CHINESE: dict[Unit, str] = {
    "part": "第{}编", "subpart": "第{}分编", "title": "第{}编", "chapter": "第{}章", "section": "第{}节",
    "article": "第{}条", "annex": "附件{}", "appendix": "附录{}", "schedule": "附表{}",
    "paragraph": "第{}款", "item": "第{}项", "subitem": "第{}目", "point": "第{}点",
}  # fmt: skip
_FULL_WIDTH = str.maketrans("()", "（）")


def in_english(step: Step) -> str:
    """A level that a heading names: "Article 12", "Chapter IV", "§ 5", "Annex 2-B"."""
    if step.label.startswith("§"):
        return step.label
    return f"{step.unit.capitalize()} {_written(step)}".rstrip()


def in_chinese(step: Step) -> str:
    """A level that a heading names, as a Chinese document writes it or would: 第十二条, 第5.3条."""
    if step.label.startswith(("第", "§")):
        return step.label
    number = str(step.number[0]) if len(step.number) == 1 else _written(step)
    return _CHINESE[step.unit].format(number)


def _written(step: Step) -> str:
    if step.label.startswith("第"):
        return "-".join(map(str, step.number))
    return step.label.partition(" ")[2]


def inside_in_english(path: Path, to: Step | None, *, chinese: bool, dotted: bool) -> str:
    """ ", paragraph 2(a)", or ", paragraph 2, item (3)" in a Chinese document; `to` ends a range.

    `dotted` says that the paragraph's number holds the article's: "Article 5.3".
    """
    written = ""
    for index, step in enumerate(path):
        until = to if index == len(path) - 1 else None
        if step.unit == "paragraph" and dotted:
            written += f"Article {_number(step.number)}"
        elif step.unit == "paragraph" or chinese:
            mark, end = _english_mark(step), f" to {_english_mark(until)}" if until else ""
            written += f", {step.unit}{'s' if until else ''} {mark}{end}"
        else:
            written += _bracketed(step) + (f" to {_bracketed(until)}" if until else "")
    return written


def inside_in_chinese(path: Path, to: Step | None, *, chinese: bool, dotted: bool) -> str:
    """第二款第（三）项; in an English document 第2款第(a)项."""
    written = ""
    for index, step in enumerate(path):
        until = to if index == len(path) - 1 else None
        if step.unit == "paragraph" and dotted:
            written += f"第{_number(step.number)}条"
            continue
        written += _chinese_mark(step, chinese) + (f"至{_chinese_mark(until, chinese)}" if until else "")
    return written


def _number(number: Number) -> str:
    return ".".join(map(str, number))


def _english_mark(step: Step) -> str:
    return f"({_number(step.number)})" if step.unit == "item" else _number(step.number)


def _bracketed(step: Step) -> str:
    return step.label if step.label.startswith("(") else f"({_number(step.number)})"


def _chinese_mark(step: Step, chinese: bool) -> str:
    if not chinese:
        return _CHINESE[step.unit].format(
            _number(step.number) if step.unit == "paragraph" else _bracketed(step)
        )
    label = step.label.translate(_FULL_WIDTH)
    if label.startswith("（") and step.unit != "paragraph":
        return _CHINESE[step.unit].format(label)
    if label[:1].isdecimal():
        return _CHINESE[step.unit].format(int(step.number[0]))
    return _CHINESE[step.unit].format(chinese_numeral(int(step.number[0])))
