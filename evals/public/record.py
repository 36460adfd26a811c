"""Results of public data sets as JSON, to compare runs by, and as Markdown, to read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from assistant.calibration import checker_agreement
from evals.figures.table import markdown_rows
from evals.public.result import PublicResult
from evals.report.checker_line import checker_line
from evals.running.record import write_record
from evals.running.setting import commit_of

_HEAD = ("| figure | value | 95 % interval | cases |", "|---|---|---|---|")


def write_public_record(
    results: Sequence[PublicResult], folder: Path, *, date: datetime, facts: Mapping[str, object]
) -> tuple[Path, Path]:
    """Write public-<date>.json and .md into the folder, which is made; may raise OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = date.strftime("public-%Y%m%dT%H%M%SZ")
    record, page = folder / f"{stem}.json", folder / f"{stem}.md"
    commit = commit_of(Path(__file__).parent)
    known = {"date": date.isoformat(), "commit": commit, **facts}
    write_record({**known, "sets": [_as_record(one) for one in results]}, record)
    page.write_text(_as_markdown(results, known), encoding="utf-8", newline="\n")
    return record, page


def _as_record(result: PublicResult) -> dict[str, object]:
    record: dict[str, object] = {
        "name": result.name,
        "seconds": round(result.seconds, 1),
        "figures": {
            figure.name: {
                "value": figure.value,
                "low": figure.interval[0] if figure.interval else None,
                "high": figure.interval[1] if figure.interval else None,
                "cases": figure.cases,
            }
            for figure in result.figures
        },
        "risk_coverage": [list(point) for point in result.curve],
    }
    return record | ({"misses": list(result.misses)} if result.misses else {})


def _as_markdown(results: Sequence[PublicResult], known: Mapping[str, object]) -> str:
    lines = ["# Public data sets", "", *(f"- {name}: {value}" for name, value in known.items())]
    lines += ["", checker_line([asdict(one) for one in checker_agreement()])]
    for result in results:
        lines += ["", f"## {result.name}", "", *_HEAD, *markdown_rows(result.figures)]
    return "\n".join(lines) + "\n"
