"""`policy-assistant evals compare A.json B.json`: two runs of the same cases, set against each other."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals compare` to the command line."""
    compare = commands.add_parser(
        "compare",
        help="set two runs against each other",
        description=(
            "Set two runs of the same cases against each other: every figure, which differences are more "
            "than chance, and the cases that fail or pass in one alone. Exit code 0 whatever is found."
        ),
        epilog="Example: policy-assistant evals compare before/run.json after/run.json",
    )
    compare.add_argument("a", metavar="A", type=Path, help="the JSON file of the first run")
    compare.add_argument("b", metavar="B", type=Path, help="the JSON file of the second run")
    compare.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from evals.report.compare import NotComparable, compare_records, comparison_text

    try:
        comparison = compare_records(_record(options.a), _record(options.b))
    except NotComparable as error:
        raise AssistantError(f"{options.a} and {options.b}: {error}") from error
    sys.stdout.write(comparison_text(comparison))
    return 0


def _record(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise AssistantError(
            f"{path} cannot be read as JSON ({error}); name a file that `policy-assistant evals run` wrote."
        ) from error
    if not isinstance(record, dict):
        raise AssistantError(f"{path} holds no record of a run; name a file that `evals run` wrote.")
    return record
