"""Figures as a small table for a terminal or a Markdown page."""

from collections.abc import Sequence

from evals.figures.cases import Figure


def figure_lines(figures: Sequence[Figure]) -> list[str]:
    """One line a figure: name, value, 95 % interval, cases; "does not apply" where there is no value."""
    width = max((len(figure.name) for figure in figures), default=0)
    return [
        f"{figure.name:<{width}}  {value(figure)}  {interval(figure):<12}  {figure.cases}"
        for figure in figures
    ]


def markdown_rows(figures: Sequence[Figure]) -> list[str]:
    """The same as rows of a Markdown table with four columns."""
    return [
        f"| {figure.name} | {value(figure).strip()} | {interval(figure)} | {figure.cases} |"
        for figure in figures
    ]


def value(figure: Figure) -> str:
    """The value with three digits."""
    return "  —  " if figure.value is None else f"{figure.value:.3f}"


def interval(figure: Figure) -> str:
    """Its interval, or nothing."""
    return "" if figure.interval is None else "{:.3f}–{:.3f}".format(*figure.interval)
