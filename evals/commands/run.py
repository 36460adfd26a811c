"""`policy-assistant evals run`: cases through the product on the library at hand."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.cases.case import SEED_CASES, CaseError, texts_by_name

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_DEEPER = 100  # passages, to tell what search ranked low from what it did not find


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals run` to the command line."""
    run = commands.add_parser(
        "run",
        help="run cases and report the figures",
        description="Run cases through the product on the library at hand; print and write the figures.",
        epilog="Example: policy-assistant evals run --split held_out",
    )
    run.add_argument(
        "cases", metavar="CASES", nargs="?", type=Path, default=SEED_CASES, help="a JSONL file of cases"
    )
    run.add_argument("--out", type=Path, help="the folder of the report (default: the setting evals_folder)")
    run.add_argument("--split", choices=["tuning", "held_out"], help="only the cases of this split")
    run.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from assistant.answer import Answer
    from assistant.assembly import open_assistant
    from assistant.question import topic_of
    from evals.running.run_and_report import run_and_report
    from knowledge.policy import RetrievedPassage

    settings = load_settings()
    with open_assistant(settings, "evals run") as assistant:
        texts = texts_by_name(assistant.library.documents())

        def deeper(answer: Answer) -> list[RetrievedPassage]:
            return assistant.search(topic_of(answer.standalone_question), limit=_DEEPER)

        known = {name: str(value) for name, value in asdict(settings).items()}
        try:
            return run_and_report(
                options.cases,
                texts,
                assistant.answer,
                options.out or Path(settings.evals_folder),
                known,
                split=options.split,
                embedder=assistant.search.embedder.name,
                deeper=deeper,
                show=sys.stdout.write,
            )
        except CaseError as error:
            raise AssistantError(str(error)) from error
