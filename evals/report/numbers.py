"""How a figure is written in every report: shares in %, counts and seconds with two digits, – for none."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.figures.cases import Figure

NOT_APPLICABLE = "–"
# The other figures are shares, shown in %.
PLAIN_NUMBERS = frozenset({"stray sentences", "strays a case", "seconds, p50", "seconds, p95"})


def number_text(name: str, value: float) -> str:
    """The value of the named figure, without a unit."""
    return f"{value:.2f}" if name in PLAIN_NUMBERS else f"{100 * value:.1f}"


def value_text(figure: Figure) -> str:
    """The figure's value, or – when it does not apply."""
    return NOT_APPLICABLE if figure.value is None else number_text(figure.name, figure.value)


def interval_text(figure: Figure) -> str:
    """The figure's interval as "[low, high]", or nothing when it has none."""
    if figure.interval is None:
        return ""
    low, high = (number_text(figure.name, end) for end in figure.interval)
    return f"[{low}, {high}]"


def with_interval(figure: Figure) -> str:
    """The value with its interval behind it."""
    return f"{value_text(figure)} {interval_text(figure)}".rstrip()


def figure_of_record(name: str, recorded: Mapping[str, Any] | None) -> Figure:
    """The figure as it stands in a record of a run; without a value when the record does not hold it."""
    if not recorded or recorded["value"] is None:
        return Figure(name, None, None, 0)
    has_interval = recorded["low"] is not None and recorded["high"] is not None
    interval = (recorded["low"], recorded["high"]) if has_interval else None
    return Figure(name, recorded["value"], interval, recorded["cases"])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equal length as lines, the first column to the left and the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = (
        [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        for row in rows
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)
