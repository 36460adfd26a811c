"""The reports that lie in a folder, as the page needs them: the record, its trend, its drawings."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.report.trend import Trend, trend_of
from evals.report.view import ReportView, view_of

_STEM = re.compile(r"run-\d{8}T\d{6}Z")
_MOST_LISTED = 20
# As `evals.report.html` writes them: base64 alone, so that nothing else can stand in the address.
_FIGURE = re.compile(
    r"<figcaption><b>([^<]*)</b>([^<]*)</figcaption>\s*"
    r"<img src=\"(data:image/svg\+xml;base64,[A-Za-z0-9+/=]+)\""
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot of a report."""

    title: str
    told: str
    source: str  # a data address


@dataclass(frozen=True, slots=True)
class Report:
    """One run, ready to be shown."""

    stem: str
    view: ReportView
    trend: Trend
    drawings: tuple[Drawing, ...]


def report_stems(folder: Path) -> list[str]:
    """The names of the reports in a folder, the latest first; they begin with the date."""
    stems = [path.stem for path in folder.glob("run-*.json") if _STEM.fullmatch(path.stem)]
    return sorted(stems, reverse=True)[:_MOST_LISTED]


def read_report(folder: Path, stem: str) -> Report | None:
    """The report of that name; None for a file that is not there, is damaged, or is no record of a run."""
    if not _STEM.fullmatch(stem):
        return None
    try:
        record: Mapping[str, Any] = json.loads((folder / f"{stem}.json").read_text("utf-8"))
        return Report(stem, view_of(record), trend_of(record, folder), _drawings(folder / f"{stem}.html"))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _drawings(page: Path) -> tuple[Drawing, ...]:
    """The drawings of the report's own page; none when it is not there any more."""
    try:
        text = page.read_text("utf-8")
    except (OSError, ValueError):
        return ()
    return tuple(
        Drawing(html.unescape(title), html.unescape(told), source)
        for title, told, source in _FIGURE.findall(text)
    )
