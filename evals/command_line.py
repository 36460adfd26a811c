"""The `policy-assistant evals …` commands, offered to the product's command line by an entry point."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.case import CaseError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

SEED_CASES = Path(__file__).resolve().parent / "cases" / "seed.jsonl"


def add_commands(known: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals` and its commands to the command line."""
    evals = known.add_parser(
        "evals",
        help="measure the assistant on cases",
        description="Measure the assistant.",
        epilog="Example: policy-assistant evals run",
    )
    commands = evals.add_subparsers(title="commands", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run",
        help="run cases and report the figures",
        description="Run cases through the product on the library at hand; print and write the figures.",
        epilog="Example: policy-assistant evals run --split held_out",
    )
    run.add_argument(
        "cases", metavar="CASES", nargs="?", type=Path, default=SEED_CASES, help="a JSONL file of cases"
    )
    run.add_argument("--out", type=Path, default=Path("evals/runs"), help="the folder of the report")
    run.add_argument("--split", choices=["tuning", "held_out"], help="only the cases of this split")
    run.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from assistant.assembly import open_assistant
    from evals.run_and_report import run_and_report

    settings = load_settings()
    with open_assistant(settings, "evals run") as assistant:
        texts = {Path(document.path).name: document.text for document in assistant.library.documents()}
        known = {name: str(value) for name, value in asdict(settings).items()}
        try:
            return run_and_report(
                options.cases,
                texts,
                assistant.answer,
                options.out,
                known,
                split=options.split,
                show=sys.stdout.write,
            )
        except CaseError as error:
            raise AssistantError(str(error)) from error
