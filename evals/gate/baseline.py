"""The baseline as a file: one figure or case a line, so that a change of it can be read."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.figures.cases import Figure
from evals.gate.gate import Baseline, CaseState

_INNERMOST = re.compile(r"\{\n {3}[^{}]*\}")  # one figure or case, two levels down
_ROUNDED = 6  # digits; below that, processors differ


class BaselineError(Exception):
    """A baseline that cannot be read; the message names the file and what to do."""


def read_baseline(path: Path) -> Baseline:
    """The baseline of a file; raises BaselineError when there is none or it is not one."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        figures = {
            part: {name: _figure(name, one) for name, one in named.items()}
            for part, named in stored["figures"].items()
        }
        cases = {
            case_id: CaseState(one["outcome"], one["passed"]) for case_id, one in stored["cases"].items()
        }
        return Baseline(stored["settings"], stored["data"], figures, cases)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(
            f"{path} holds no baseline ({type(error).__name__}: {error}); take one with: "
            "policy-assistant evals gate --update"
        ) from error


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write the file whole or not at all; may raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {
        "settings": dict(baseline.settings),
        "data": dict(baseline.data),
        "figures": {
            part: {name: _as_json(figure) for name, figure in named.items()}
            for part, named in baseline.figures.items()
        },
        "cases": {name: asdict(one) for name, one in baseline.cases.items()},
    }
    new = path.with_name(f".{path.name}.new")
    new.write_text(_INNERMOST.sub(_on_one_line, json.dumps(stored, indent=1)) + "\n", "utf-8", newline="\n")
    new.replace(path)


def _on_one_line(found: re.Match[str]) -> str:
    return json.dumps(json.loads(found[0]))


def sha256_of(files: Sequence[Path], folder: Path) -> dict[str, str]:
    """The sha256 of each file's bytes, by its path relative to the folder; a line end is not told apart."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(
            file.read_bytes().replace(b"\r\n", b"\n")
        ).hexdigest()
        for file in sorted(files)
    }


def _as_json(figure: Figure) -> dict[str, Any]:
    low, high = figure.interval or (None, None)
    value, low, high = (None if end is None else round(end, _ROUNDED) for end in (figure.value, low, high))
    return {"value": value, "low": low, "high": high, "cases": figure.cases}


def _figure(name: str, stored: dict[str, Any]) -> Figure:
    interval = None if stored["low"] is None else (stored["low"], stored["high"])
    return Figure(name, stored["value"], interval, stored["cases"])
