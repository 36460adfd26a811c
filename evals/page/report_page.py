"""The latest report on one page: figures, trend, drawings, failing cases; and the answers people disliked."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assistant.web.documents.document_page import page
from assistant.web.other_rooms import ThumbsDown
from assistant.web.own_language import in_own_language
from assistant.web.words import Words
from evals.page.reports import Report
from evals.report.numbers import with_interval
from evals.report.trend import TREND_FIGURES
from evals.report.view import FigureRow, ReportView, StepGroup

_HEAD = (
    '<link rel="stylesheet" href="/page-files/library.css">'
    '<link rel="stylesheet" href="/page-files/evals.css">'
)


def report_page(
    report: Report | None,
    stems: Sequence[str],
    disliked: Sequence[ThumbsDown],
    folder: str,
    words: Words,
    bar: str,
) -> str:
    """The page; without a report it says how to make one."""
    title = escape(words("evals_title"))
    if report is None:
        told = (
            f'<p>{escape(words("evals_none", folder=folder))}</p><pre class="typed">'
            "policy-assistant evals run</pre>"
        )
        main = f'<header class="document-head"><h1>{title}</h1></header>{told}{_queue(disliked, words)}'
    else:
        view = report.view
        told = words("evals_of", cases=view.cases, passed=view.passed, crashed=view.crashed)
        main = (
            f'<header class="document-head"><h1>{title}</h1>'
            f'<p class="note">{escape(view.title)}{words("joiner")}{escape(view.date)} UTC{words("joiner")}'
            f"<code>{escape(view.commit[:12])}</code></p><p>{escape(told)}</p>"
            f"{_others(report.stem, stems, words)}</header>"
            f"{_tiles(view, words)}{_checker(view, words)}{_trend(report, words)}{_drawings(report, words)}"
            f"{_figures(view, words)}{_failing(view, words)}{_queue(disliked, words)}"
        )
    return page(words("evals_title"), main, words, bar=bar, head=_HEAD, wide=True)


def _others(stem: str, stems: Sequence[str], words: Words) -> str:
    links = "".join(
        f"<li>{escape(_when(one))}</li>"
        if one == stem
        else f'<li><a href="/evals?run={one}&amp;lang={words.language}">{escape(_when(one))}</a></li>'
        for one in stems
    )
    return (
        '<details class="runs"><summary>'
        f"{escape(words('evals_runs', count=len(stems)))}</summary><ul>{links}</ul></details>"
    )


def _when(stem: str) -> str:
    day, time = stem[4:12], stem[13:17]
    return f"{day[:4]}-{day[4:6]}-{day[6:]} {time[:2]}:{time[2:]} UTC"


def _tiles(view: ReportView, words: Words) -> str:
    tiles = "".join(_tile(row, words) for row in view.headlines)
    return f'<dl class="tiles">{tiles}</dl>'


def _tile(row: FigureRow, words: Words) -> str:
    cell = row.cells[0]
    unit = " %" if cell.percent is not None else ""
    return (
        f"<div><dt>{escape(_name(row.name, words))}</dt><dd>{escape(cell.value)}{unit}"
        f"<small>{escape(cell.interval)} {escape(words('evals_cases', count=cell.cases))}</small></dd></div>"
    )


def _name(figure: str, words: Words) -> str:
    """A figure's name in the language of the page, where it has one."""
    key = "evals_figure_" + "".join(sign if sign.isalnum() else "_" for sign in figure)
    try:
        return words(key)
    except KeyError:
        return figure


def _slice(column: str, words: Words) -> str:
    """A column's head, such as "all (40)", its slice in the language of the page where it has a name."""
    name, _, count = column.partition(" ")
    try:
        return escape(f"{words(f'evals_slice_{name}')} {count}")
    except KeyError:
        return in_own_language(column)


def _checker(view: ReportView, words: Words) -> str:
    return (
        f'<section class="tool"><h2>{escape(words("evals_checker"))}</h2>'
        f'<p class="note" lang="en">{escape(view.checker)}</p></section>'
    )


def _trend(report: Report, words: Words) -> str:
    head = "".join(f'<th scope="col">{escape(_name(name, words))}</th>' for name in TREND_FIGURES)
    rows = "".join(
        f'<tr><th scope="row">{point.date:%Y-%m-%d %H:%M}</th>'
        + "".join(f"<td>{escape(with_interval(point.figures[name]))}</td>" for name in TREND_FIGURES)
        + "</tr>"
        for point in reversed(report.trend.points)
    )
    title = escape(words("evals_trend"))
    return (
        f'<section class="tool"><h2>{title}</h2><div class="scroll" tabindex="0" '
        f'role="region" aria-label="{title}">'
        '<table class="figures"><thead><tr><th scope="col">'
        f"{escape(words('evals_run'))}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _drawings(report: Report, words: Words) -> str:
    figures = "".join(
        f'<figure><figcaption><b>{escape(_name(one.title, words))}</b><span lang="en">'
        f"{escape(one.told)}</span>"
        f'</figcaption><img lang="en" src="{one.source}" alt="{escape(f"{one.title}. {one.told}")}"></figure>'
        for one in report.drawings
    )
    return f'<div class="plots">{figures}</div>' if figures else ""


def _figures(view: ReportView, words: Words) -> str:
    head = "".join(f'<th scope="col">{_slice(column, words)}</th>' for column in view.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(_name(row.name, words))}</th>'
        + "".join(
            f"<td>{escape(cell.value)} <small>{escape(cell.interval)}</small></td>" for cell in row.cells
        )
        + "</tr>"
        for row in view.rows
    )
    title = escape(words("evals_figures"))
    return (
        f'<details class="tool"><summary>{title}</summary><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{title}"><table class="figures"><thead><tr><td></td>{head}</tr>'
        f"</thead><tbody>{rows}</tbody>"
        "</table></div></details>"
    )


def _failing(view: ReportView, words: Words) -> str:
    title = escape(words("evals_failing", count=view.failed))
    groups = "".join(_group(group, words) for group in view.steps)
    none = "" if view.steps else f'<p class="note">{escape(words("evals_failing_none"))}</p>'
    return f'<section class="tool"><h2>{title}</h2>{groups}{none}</section>'


def _group(group: StepGroup, words: Words) -> str:
    cases = "".join(_case(case, words) for case in group.cases)
    return (
        f"<details><summary>{escape(_name(group.step, words))} ({len(group.cases)})</summary>"
        f"{cases}</details>"
    )


def _case(case: Mapping[str, Any], words: Words) -> str:
    failing = case["failing"]
    got = case["failure"] or case["outcome"]
    parts = [
        f'<article class="case"><h3 lang="{escape(str(case["language"]))}">{escape(case["question"])}</h3>',
        f'<p class="note">{escape(case["id"])}{words("joiner")}'
        f"{escape(words('evals_expected', expected=case['expected'], got=got))}</p>",
        _texts("evals_gold", [*failing["gold"], *failing["gold_clauses"]], words),
        _texts("evals_quoted", [one["quote"] for one in failing["quoted"] or ()], words),
        "</article>",
    ]
    return "".join(parts)


def _texts(key: str, texts: Sequence[str], words: Words) -> str:
    if not texts:
        return ""
    quotes = "".join(f'<blockquote dir="auto">{in_own_language(text)}</blockquote>' for text in texts)
    return f"<h4>{escape(words(key))}</h4>{quotes}"


def _queue(disliked: Sequence[ThumbsDown], words: Words) -> str:
    title = escape(words("evals_queue", count=len(disliked)))
    if not disliked:
        none = escape(words("evals_queue_none"))
        return f'<section class="tool"><h2>{title}</h2><p class="note">{none}</p></section>'
    items = "".join(_disliked(one, words) for one in disliked)
    return f'<section class="tool"><h2>{title}</h2><ul class="shelf">{items}</ul></section>'


def _disliked(one: ThumbsDown, words: Words) -> str:
    question = in_own_language(str(one.answer.get("question", "")))
    why = escape(words(f"records_{one.reason}")) if one.reason else ""
    told = escape(words("joiner")).join(part for part in (why, in_own_language(one.note)) if part)
    note = f'<span class="card-facts">{told}</span>' if told else ""
    links = words("joiner").join(
        f'<a href="/evals/case?answer={escape(one.id)}&amp;expected={expected}&amp;lang={words.language}">'
        f"{escape(words(f'evals_as_{expected}'))}</a>"
        for expected in ("answered", "not_in_documents")
    )
    return (
        f'<li><div>{question}{note}<span class="card-facts">'
        f"{escape(one.at[:16])}{words('joiner')}{links}</span></div></li>"
    )
