"""One run as JSON: every figure, every case, and what one needs to repeat it."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from evals.figures import Figure, figures_of
from evals.measures.outcome_accuracy import confusion
from evals.run import CaseResult, Run, leave_one_topic_out_of, slices_of


def run_record(
    run: Run, *, cases_path: Path, settings: Mapping[str, object], date: datetime
) -> dict[str, object]:
    """The record of a run, ready for JSON; what does not apply or is not known is null, never 0."""
    left_out = leave_one_topic_out_of(run)
    return {
        "date": date.isoformat(),
        "commit": commit_of(Path(__file__).parent),
        "machine": {
            "cpu_count": os.cpu_count(),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "settings": dict(settings),
        "cases_file": cases_path.name,
        "cases_sha256": hashlib.sha256(cases_path.read_bytes()).hexdigest(),
        "crashed": len(run.crashed),
        "slices": [
            {
                "kind": part.kind,
                "name": part.name,
                "cases": len(part.results),
                "crashed": sum(result.failure is not None for result in part.results),
                "figures": {figure.name: _figure(figure) for figure in figures_of(part.results)},
            }
            for part in slices_of(run)
        ],
        "confusion": [
            asdict(met)
            for met in confusion((one.case, one.answer.outcome) for one in run.results if one.answer)
        ],
        "leave_one_topic_out": None if left_out is None else asdict(left_out),
        "cases": [_case(result) for result in run.results],
    }


def write_record(record: Mapping[str, object], path: Path) -> None:
    """Write the record as UTF-8 JSON, settings that JSON does not know as text; may raise OSError."""
    text = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    # A lone surrogate, in an error's message say, has no UTF-8: as the escape \udXXX it is valid JSON.
    path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def commit_of(folder: Path) -> str | None:
    """The commit checked out around the folder, "+changes" behind it if files differ; None without git."""
    git = shutil.which("git")
    if git is None:
        return None

    def ask(*words: str) -> str | None:
        # The words are fixed in this function and git is found on the path: nothing here comes from outside.
        done = subprocess.run([git, *words], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        return done.stdout.strip() if done.returncode == 0 else None

    commit = ask("rev-parse", "HEAD")
    if commit is None:
        return None
    return f"{commit}+changes" if ask("status", "--porcelain") else commit


def _figure(figure: Figure) -> dict[str, object]:
    low, high = figure.interval or (None, None)
    return {"value": figure.value, "low": low, "high": high, "cases": figure.cases}


def _case(result: CaseResult) -> dict[str, object]:
    case, answer, quotes = result.case, result.answer, result.quotes
    return {
        "id": case.id,
        "split": case.split,
        "expected": case.outcome,
        "outcome": answer.outcome if answer else None,
        "failure": result.failure,
        "passed": result.passed,
        "confidence": answer.confidence if answer else None,
        "seconds": result.seconds,
        "quotes": [citation.quote for citation in answer.citations] if answer else None,
        "measures": asdict(quotes) if quotes else None,
    }
