"""The plots of a report, each an SVG drawing of its own that needs nothing else."""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from evals.figures.cases import Figure
from evals.measures.claim_agreement import calibration_points
from evals.measures.latency import latency
from evals.measures.risk_coverage import risk_coverage
from evals.report.trend import TREND_FIGURES, Trend
from evals.running.run import Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES = (4.1, 2.9)  # small, so that its letters can be read when it is as wide as a telephone
_INK, _ACCENT, _SECOND, _THIRD, _FAINT = "#33414d", "#0f4c5c", "#b4632a", "#6b7f3a", "#d9dfe4"
_STYLE = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so every machine draws the same
    "font.size": 9,
    "text.color": _INK,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e8ecef",
    "grid.linewidth": 0.7,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "svg.hashsalt": "policy-assistant",  # the same run gives the same file
}


class _Drawing:
    """Axes to draw on and, when drawn, the SVG."""

    def __init__(self, axes: "Axes") -> None:
        self.axes = axes
        self.svg = ""


@contextmanager
def _drawing(x: str, y: str) -> Iterator[_Drawing]:
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    style: Any = _STYLE
    with mpl.rc_context(style):
        figure = Canvas(figsize=_INCHES, layout="constrained")
        drawing = _Drawing(figure.add_subplot(xlabel=x, ylabel=y))
        yield drawing
        handles, _labels = drawing.axes.get_legend_handles_labels()
        if handles:
            figure.legend(loc="outside upper left", ncols=1)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
        # What comes before the tag is for a file of its own.
        drawing.svg = written.getvalue()[written.getvalue().index("<svg") :]


def risk_coverage_plot(run: Run) -> str | None:
    """Risk over coverage, by confidence: of questions without an answer, and of answers that did not pass.

    The second curve ends at the share that was answered; None without an answered case.
    """
    asked = [(one, one.answer) for one in run.results if one.answer]
    given = [(one, answer) for one, answer in asked if answer.sentences]
    if not given:
        return None
    decisions = risk_coverage(
        [answer.confidence for _, answer in asked], [one.case.answerable for one, _ in asked]
    )
    answers = risk_coverage([answer.confidence for _, answer in given], [one.passed for one, _ in given])
    rate = len(given) / len(asked)
    with _drawing("coverage: questions answered, %", "risk, %") as drawing:
        axes = drawing.axes
        axes.axvline(100 * rate, color=_FAINT, linestyle="--", linewidth=1.2)
        axes.annotate(
            f"answered now: {100 * rate:.0f} %", (100 * rate, 1), (-4, -2), ("data", "axes fraction"),
            textcoords="offset points", ha="right", va="top", color=_INK, fontsize=8,
        )  # fmt: skip
        _curve(
            axes, decisions.points, 1.0, _SECOND, f"question has no answer; area {100 * decisions.area:.1f} %"
        )
        _curve(axes, answers.points, rate, _ACCENT, "answer given did not pass")
        axes.set_xlim(0, 101)
        axes.set_ylim(bottom=0)
    return drawing.svg


def _curve(axes: "Axes", points: Sequence[tuple[float, float]], scale: float, color: str, label: str) -> None:
    axes.plot(
        [100 * scale * coverage for coverage, _ in points],
        [100 * risk for _, risk in points],
        color=color,
        linewidth=1.6,
        label=label,
    )


def calibration_plot(run: Run) -> str | None:
    """Share of answerable questions over the confidence, in ten bins; None when every case crashed."""
    asked = [(one.case, one.answer) for one in run.results if one.answer]
    if not asked:
        return None
    points = calibration_points(
        [answer.confidence for _, answer in asked], [case.answerable for case, _ in asked]
    )
    most = max(count for _score, _share, count in points)
    with _drawing("confidence, mean of the bin", "documents answer it, share") as drawing:
        axes = drawing.axes
        axes.plot([0, 1], [0, 1], color=_FAINT, linestyle="--", linewidth=1.2, label="perfectly calibrated")
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], color=_ACCENT, linewidth=1, alpha=0.5)
        axes.scatter(
            [x for x, _, _ in points],
            [y for _, y, _ in points],
            s=[14 + 90 * count / most for _, _, count in points],
            color=_ACCENT,
            label="ten bins, larger with more cases",
            zorder=3,
        )
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(-0.05, 1.05)
    return drawing.svg


def latency_plot(run: Run) -> str | None:
    """How many answers took how long, with median and 95th percentile; None when every case crashed."""
    seconds = [one.seconds for one in run.results if one.answer]
    measured = latency(seconds)
    if measured is None:
        return None
    with _drawing("wall-clock time of an answer, ms", "cases") as drawing:
        axes = drawing.axes
        axes.set_xscale("log")  # a cold first answer takes a hundred times as long as the others
        axes.hist([1000 * one for one in seconds], bins=_log_bins(seconds), color=_ACCENT, alpha=0.8)
        marks = ((measured.p50, _INK, "-", "median"), (measured.p95, _SECOND, "--", "95th percentile"))
        for value, color, dashes, name in marks:
            label = f"{name} {1000 * value:.0f} ms"
            axes.axvline(1000 * value, color=color, linestyle=dashes, linewidth=1.4, label=label)
        axes.xaxis.set_major_formatter("{x:g}")
    return drawing.svg


def _log_bins(seconds: Sequence[float]) -> list[float]:
    """Edges in ms, each a tenth of a decade above the one before; whole decades, so that each has a name."""
    positive = [1000 * one for one in seconds if one > 0] or [1.0]
    first, last = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)) + 1e-9)
    return [10 ** (tenth / 10) for tenth in range(10 * first, 10 * max(last, first + 1) + 1)]


def trend_plot(trend: Trend) -> str | None:
    """The main figures over the runs of the same cases, with intervals; None before there are two."""
    if len(trend.points) < 2:
        return None
    looks = ((_ACCENT, "o"), (_SECOND, "s"), (_THIRD, "^"))
    with _drawing("run", "%") as drawing:
        axes = drawing.axes
        for nudge, (color, marker), name in zip((-0.06, 0.0, 0.06), looks, TREND_FIGURES, strict=True):
            drawn = [
                (place + nudge, 100 * figure.value, *_arms(figure))
                for place, point in enumerate(trend.points)
                if (figure := point.figures[name]).value is not None
            ]
            axes.errorbar(
                [place for place, *_ in drawn], [value for _, value, *_ in drawn],
                yerr=([below for *_, below, _ in drawn], [above for *_, above in drawn]),
                color=color, marker=marker, markersize=4, linewidth=1.4, elinewidth=0.8, capsize=2,
                label=name,
            )  # fmt: skip
        axes.margins(x=0.1)
        shown = range(0, len(trend.points), max(1, -(-len(trend.points) // 5)))
        axes.set_xticks(list(shown), [f"{trend.points[place].date:%d %b\n%H:%M}" for place in shown])
    return drawing.svg


def _arms(figure: Figure) -> tuple[float, float]:
    """How far the interval reaches below and above the value, in %."""
    if figure.value is None or figure.interval is None:
        return 0.0, 0.0
    low, high = figure.interval
    return max(0.0, 100 * (figure.value - low)), max(0.0, 100 * (high - figure.value))


def growth_plot(lines: Mapping[str, Sequence[tuple[float, float]]], x: str, y: str) -> str:
    """Costs against size, both axes in powers of ten: a straight line of slope 1 grows as the size does."""
    colors, markers = (_ACCENT, _SECOND, _THIRD, _INK), "os^D"
    with _drawing(x, y) as drawing:
        axes = drawing.axes
        axes.set_xscale("log")
        axes.set_yscale("log")
        for (name, points), color, marker in zip(lines.items(), colors, markers, strict=False):
            axes.plot(
                [size for size, _cost in points], [cost for _size, cost in points],
                color=color, marker=marker, markersize=4, linewidth=1.4, label=name,
            )  # fmt: skip
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:g}")
    return drawing.svg
