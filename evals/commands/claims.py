"""`policy-assistant evals claims`: whether given passages support claims."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals claims` to the command line."""
    claims = commands.add_parser(
        "claims",
        help="check claims against given passages",
        description="Check every claim of a file against the passages that stand with it; write a score, a "
        "reason and the evidence for each of its sentences.",
        epilog="Example: policy-assistant evals claims --tasks in.jsonl --out out.jsonl",
    )
    claims.add_argument(
        "--tasks", metavar="IN.jsonl", type=Path, required=True, help='lines of {"id", "claim", "passages"}'
    )
    claims.add_argument("--out", metavar="OUT.jsonl", type=Path, required=True, help="the checks to write")
    claims.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from assistant.claims.claim_support import ClaimChecker
    from assistant.claims.claim_weights import claim_weights
    from evals.datasets.json_lines import TaskFileError
    from evals.datasets.task_files import read_claim_tasks
    from evals.tasks.claims import as_json, check_claims
    from evals.tasks.models import open_models

    settings = load_settings()
    try:
        tasks = read_claim_tasks(options.tasks)
    except TaskFileError as error:
        raise AssistantError(str(error)) from error
    if options.out.exists() and options.out.samefile(options.tasks):
        raise AssistantError(f"{options.out} holds the claims; name another file for the checks.")
    supported = 0
    with (
        open_models(settings.home, settings.embedder, "evals claims") as models,
        options.out.open("w", encoding="utf-8", newline="\n") as out,
    ):
        checker = ClaimChecker(models.embedder, models.dictionary, claim_weights())
        for task, support in check_claims(tasks, checker=checker, embedder=models.embedder):
            out.write(json.dumps(as_json(task, support), ensure_ascii=False) + "\n")
            supported += support.supported
    sys.stdout.write(f"{len(tasks)} claims: {supported} supported\nWritten: {options.out}\n")
    return 0
