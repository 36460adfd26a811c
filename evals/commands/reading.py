"""`policy-assistant evals reading`: the product's answers to questions over given passages."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals reading` to the command line."""
    reading = commands.add_parser(
        "reading",
        help="answer questions over given passages",
        description="Answer every question of a file from the passages that stand with it, as the product "
        "does; write the answers with the offsets of their quotes.",
        epilog="Example: policy-assistant evals reading --tasks in.jsonl --out out.jsonl",
    )
    reading.add_argument(
        "--tasks",
        metavar="IN.jsonl",
        type=Path,
        required=True,
        help='lines of {"id", "question", "passages"}',
    )
    reading.add_argument("--out", metavar="OUT.jsonl", type=Path, required=True, help="the answers to write")
    reading.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from assistant.json_lines import TaskFileError
    from evals.datasets.task_files import read_reading_tasks
    from evals.tasks.models import open_models
    from evals.tasks.reading import as_json, read_tasks
    from evals.tasks.throwaway_library import throwaway_library

    settings = load_settings()
    try:
        tasks = read_reading_tasks(options.tasks)
    except TaskFileError as error:
        raise AssistantError(str(error)) from error
    if options.out.exists() and options.out.samefile(options.tasks):
        raise AssistantError(f"{options.out} holds the tasks; name another file for the answers.")
    outcomes: Counter[str] = Counter()
    with (
        open_models(settings.home, settings.embedder, "evals reading") as models,
        throwaway_library((), embedder=models.embedder, dictionary=models.dictionary) as library,
        options.out.open("w", encoding="utf-8", newline="\n") as out,
    ):
        for read in read_tasks(tasks, writer=library.assistant.quoting, embedder=models.embedder):
            out.write(json.dumps(as_json(read), ensure_ascii=False) + "\n")
            outcomes[read.outcome.value] += 1
    counted = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    sys.stdout.write(f"{len(tasks)} tasks: {counted}\nWritten: {options.out}\n")
    return 0
