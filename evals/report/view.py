"""What a report shows, taken from a record and already in words: the templates only lay it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.figures.cases import Figure
from evals.report.checker_line import checker_line
from evals.report.numbers import figure_of_record, interval_text, value_text
from evals.running.lost_step import LostStep
from evals.running.setting import sha256_of

HEADLINES = (
    "outcome right",
    "gold among the quotes",
    "quote precision",
    "answerable declined",
    "hallucination rate",
    "recall@5",
)
BARS = ("outcome right", "gold among the quotes")  # shares
_BAR_KINDS = ("language", "split", "topic", "tag", "document")
_HASH_SHOWN = 12  # hex digits
_DOCUMENTS_SHOWN = 20  # of a larger library one hash of all is shown; the record holds each


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One figure in words, and as the left and right end of what a bar shows, in %."""

    value: str
    interval: str
    cases: int
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure over several slices."""

    name: str
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True, slots=True)
class SliceBars:
    """One slice with its bars, those of BARS."""

    name: str
    cases: int
    bars: tuple[FigureCell, ...]


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The failing cases that one step lost, as the record holds them."""

    step: str
    anchor: str
    cases: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything but the plots."""

    title: str
    date: str
    commit: str
    cases: int
    passed: int
    failed: int
    crashed: int
    headlines: tuple[FigureRow, ...]
    columns: tuple[str, ...]  # of the table of figures
    rows: tuple[FigureRow, ...]
    checker: str  # how the claim checker agrees with people
    bars: tuple[tuple[str, tuple[SliceBars, ...]], ...]  # by kind of slice
    steps: tuple[StepGroup, ...]
    setting: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # heading -> names and values


def view_of(record: Mapping[str, Any]) -> ReportView:
    """The view of a record as `run_record` gives it."""
    cases: Sequence[Mapping[str, Any]] = record["cases"]
    passed = sum(case["passed"] for case in cases)
    slices: Sequence[Mapping[str, Any]] = record["slices"]
    wide = [part for part in slices if part["kind"] in ("all", "language")]
    return ReportView(
        title=str(record["cases_file"]),
        date=str(record["date"])[:19].replace("T", " "),
        commit=str(record["commit"] or "unknown"),
        cases=len(cases),
        passed=passed,
        failed=len(cases) - passed,
        crashed=int(record["crashed"]),
        headlines=tuple(FigureRow(name, (_cell(slices[0], name),)) for name in HEADLINES),
        columns=tuple(f"{part['name']} ({part['cases']})" for part in wide),
        rows=tuple(
            FigureRow(name, tuple(_cell(part, name) for part in wide)) for name in slices[0]["figures"]
        ),
        checker=checker_line(record["checker_agreement"]),
        bars=tuple((kind, of_kind) for kind in _BAR_KINDS if (of_kind := _bars(slices, kind))),
        steps=_steps(cases),
        setting=_setting(record),
    )


def _cell(part: Mapping[str, Any], name: str) -> FigureCell:
    figure: Figure = figure_of_record(name, part["figures"].get(name))
    low, high = figure.interval or (None, None)
    ends = [None if end is None else 100 * min(1.0, max(0.0, end)) for end in (figure.value, low, high)]
    return FigureCell(value_text(figure), interval_text(figure), figure.cases, *ends)


def _bars(slices: Sequence[Mapping[str, Any]], kind: str) -> tuple[SliceBars, ...]:
    bars = [
        SliceBars(str(part["name"]), int(part["cases"]), tuple(_cell(part, name) for name in BARS))
        for part in slices
        if part["kind"] == kind
    ]
    return tuple(sorted(bars, key=lambda one: -one.cases))


def _steps(cases: Sequence[Mapping[str, Any]]) -> tuple[StepGroup, ...]:
    return tuple(
        StepGroup(str(step), str(step).replace(" ", "-"), lost)
        for step in LostStep
        if (lost := tuple(case for case in cases if case["lost_step"] == step))
    )


def _setting(record: Mapping[str, Any]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    documents = record["documents"] or {}
    run = {"date": record["date"], "commit": record["commit"], "cases file": record["cases_file"]}
    data = {record["cases_file"]: record["cases_sha256"], **_hashes(documents)}
    return (
        ("Run", _words({**run, **record["machine"]})),
        ("Settings", _words(record["settings"])),
        ("Models", _words(record["models"])),
        ("Data, sha256", _words(data)),
        ("Packages", _words(record["packages"])),
    )


def _hashes(documents: Mapping[str, Sequence[str]]) -> dict[str, str]:
    if len(documents) <= _DOCUMENTS_SHOWN:
        return {name: ", ".join(map(_hash, hashes)) for name, hashes in documents.items()}
    every = " ".join(one for hashes in documents.values() for one in hashes)
    return {f"{len(documents)} documents, their hashes": sha256_of(every.encode())}


def _words(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(name).replace("_", " ") if name in ("cpu_count", "memory_gb") else str(name), _hash(value))
        for name, value in values.items()
    )


def _hash(value: object) -> str:
    text = "not recorded" if value is None else str(value)
    is_hash = len(text) in (40, 64) and all(character in "0123456789abcdef" for character in text)
    return text[:_HASH_SHOWN] if is_hash else text
