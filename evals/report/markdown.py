"""A report as Markdown: figures with intervals, what lost cases, and every failing case."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.report.numbers import NOT_APPLICABLE, with_interval
from evals.report.trend import TREND_FIGURES, Trend
from evals.report.view import FigureCell, ReportView

# What Markdown, or HTML inside it, would take for its own.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_RETRIEVED_SHOWN = 5


def markdown_report(view: ReportView, trend: Trend, *, page: str) -> str:
    """The summary; `page` is the name of the HTML report beside it."""
    blocks = [
        f"# Evals of {escaped(view.title)}",
        f"{view.date} UTC, commit {escaped(view.commit)}. {view.cases} cases: {view.passed} passed, "
        f"{view.failed} failed, of which {view.crashed} crashed. Plots: [{escaped(page)}]({page})",
        "## Figures",
        f"Shares in %, with 95 % bootstrap intervals; {NOT_APPLICABLE} means not applicable.",
        _table(["", *view.columns], [[row.name, *map(_cell, row.cells)] for row in view.rows]),
        escaped(view.checker),
        *_trend_blocks(trend),
        "## Failing cases by the step that lost them",
        _table(["step", "cases"], [[group.step, str(len(group.cases))] for group in view.steps])
        if view.steps
        else "None failed.",
    ]
    for group in view.steps:
        blocks += [f"### {group.step[0].upper()}{group.step[1:]}", *map(_case, group.cases)]
    blocks.append("## What was measured")
    blocks += [
        f"{heading}: " + "; ".join(f"{escaped(name)} {escaped(value)}" for name, value in facts)
        for heading, facts in view.setting
    ]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """The text on one line, showing as it is typed."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _cell(cell: FigureCell) -> str:
    return f"{cell.value} {cell.interval}".rstrip()


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)]]
    lines += rows
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _trend_blocks(trend: Trend) -> list[str]:
    if len(trend.points) < 2:
        return []
    rows = [
        [f"{point.date:%Y-%m-%d %H:%M}", *(with_interval(point.figures[name]) for name in TREND_FIGURES)]
        for point in trend.points
    ]
    return ["## Trend over the runs of these cases", _table(["run", *TREND_FIGURES], rows)]


def _case(case: Mapping[str, Any]) -> str:
    failing = case["failing"]
    lines = [f"- **{escaped(case['id'])}** {escaped(case['question'])}"]
    lines += [f"  - {turn['role']} before: {escaped(turn['text'])}" for turn in failing["conversation"]]
    if case["failure"]:
        got = f"crashed: {escaped(case['failure'])}"
    else:
        got = f"{escaped(case['outcome'])}, confidence {case['confidence']:.2f}"
    lines.append(f"  - expected {escaped(case['expected'])}, got {got}")
    lines += [f"  - gold: {escaped(sentence)}" for sentence in (*failing["gold"], *failing["gold_clauses"])]
    lines += [f"  - quoted: {escaped(one['quote'])}" for one in failing["quoted"] or ()]
    lines += [
        f"  - retrieved {rank}: {escaped(one['place'])}, score {one['score']:.3f}"
        f"{', holds gold' if one['holds_gold'] else ''}"
        for rank, one in enumerate((failing["retrieved"] or ())[:_RETRIEVED_SHOWN], start=1)
    ]
    return "\n".join(lines)
