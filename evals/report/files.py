"""The files of a report beside its text: one HTML page and one Markdown summary."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.report.html import Plot, html_report
from evals.report.markdown import markdown_report
from evals.report.plots import calibration_plot, latency_plot, risk_coverage_plot, trend_plot
from evals.report.trend import Trend, trend_of
from evals.report.view import view_of
from evals.running.run import Run


def write_reports(run: Run, record: Mapping[str, Any], out_folder: Path, stem: str) -> tuple[Path, ...]:
    """Write `stem`.html and `stem`.md into the folder and return their paths.

    `record` is the run's own; runs of the same cases whose records lie in the folder make the trend. Raises
    OSError when a file cannot be written.
    """
    view, trend = view_of(record), trend_of(record, out_folder)
    written = {
        out_folder / f"{stem}.html": html_report(view, _plots(run, trend), trend),
        out_folder / f"{stem}.md": markdown_report(view, trend, page=f"{stem}.html"),
    }
    for path, text in written.items():
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    return tuple(written)


def _plots(run: Run, trend: Trend) -> tuple[Plot, ...]:
    return (
        Plot(
            "Risk and coverage",
            "When only the most confident questions are answered: how many of them the documents do not "
            "answer, and how many of the answers given failed.",
            risk_coverage_plot(run),
        ),
        Plot(
            "Calibration of the confidence",
            "Among answers of like confidence, the share whose question the documents do answer. On the "
            "dashed line a confidence of 0.7 means seven of ten.",
            calibration_plot(run),
        ),
        Plot("Latency", "How long the answers took.", latency_plot(run)),
        Plot("Trend", _told_of(trend), trend_plot(trend)),
    )


def _told_of(trend: Trend) -> str:
    runs = len(trend.points)
    told = [f"{runs} runs of these cases in this folder, with 95 % intervals."]
    if runs < 2:
        told = ["This is the first run of these cases in this folder; from the second on a trend is drawn."]
    if trend.others:
        told.append(f"Runs of other cases, left out: {trend.others}.")
    if trend.unreadable:
        told.append(f"JSON files that are no record of a run, left out: {trend.unreadable}.")
    return " ".join(told)
