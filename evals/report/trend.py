"""The runs before this one that lie in the same folder and asked the same cases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.figures.cases import Figure
from evals.report.numbers import figure_of_record

TREND_FIGURES = ("outcome right", "gold among the quotes", "unanswerable declined")
_MOST_FILES = (
    100  # of a folder that has been used for years; the last ones by name, which begins with the date
)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One run of the trend."""

    date: datetime
    figures: Mapping[str, Figure]  # those of TREND_FIGURES


@dataclass(frozen=True, slots=True)
class Trend:
    """Runs of the same cases, oldest first, the run at hand among them."""

    points: tuple[TrendPoint, ...]
    others: int  # records in the folder that asked other cases
    unreadable: int  # JSON files in the folder that are no record of a run


def trend_of(record: Mapping[str, Any], folder: Path) -> Trend:
    """The trend up to this record; a file that is damaged or is no record is counted and left out."""
    points = {str(record["date"]): _point(record)}
    others = unreadable = 0
    for path in sorted(folder.glob("*.json"))[-_MOST_FILES:]:
        past = _read(path)
        if past is None:
            unreadable += 1
        elif _asked(past) != _asked(record):
            others += 1
        else:
            points.setdefault(str(past["date"]), _point(past))
    ordered = sorted(points.values(), key=lambda point: point.date)
    return Trend(tuple(ordered), others, unreadable)


def _read(path: Path) -> Mapping[str, Any] | None:
    """The record in the file, None unless it has all that a point of the trend needs."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        _asked(record)
        _point(record)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    return record if isinstance(record, Mapping) else None


def _asked(record: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
    return str(record["cases_sha256"]), frozenset(str(case["id"]) for case in record["cases"])


def _point(record: Mapping[str, Any]) -> TrendPoint:
    date = datetime.fromisoformat(str(record["date"]))
    if date.tzinfo is None:
        raise ValueError("a date without its time zone cannot be put in order")
    figures = record["slices"][0]["figures"]
    return TrendPoint(date, {name: figure_of_record(name, figures.get(name)) for name in TREND_FIGURES})
