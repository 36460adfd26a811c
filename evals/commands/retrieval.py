"""`policy-assistant evals retrieval`: the product's search over somebody's retrieval set."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_DEPTH = 100
_MOST = 1000


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals retrieval` to the command line."""
    retrieval = commands.add_parser(
        "retrieval",
        help="search for the queries of a BEIR folder",
        description="Search for every query of a BEIR folder as the product does, over a library of its own; "
        "write a TREC run and print the figures.",
        epilog="Example: policy-assistant evals retrieval --beir scifact --run scifact.trec",
    )
    retrieval.add_argument(
        "--beir",
        metavar="DIR",
        type=Path,
        required=True,
        help="the folder with corpus.jsonl, queries.jsonl and, for figures, qrels/*.tsv",
    )
    retrieval.add_argument(
        "--run", metavar="OUT.trec", dest="out", type=Path, required=True, help="the run to write"
    )
    retrieval.add_argument(
        "--depth",
        type=_depth,
        default=_DEPTH,
        help=f"how many passages to find for each query (default: {_DEPTH})",
    )
    retrieval.set_defaults(run=_run)


def _depth(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {_MOST}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from assistant.json_lines import TaskFileError
    from evals.datasets.beir import read_beir
    from evals.figures.table import figure_lines
    from evals.tasks.models import open_models
    from evals.tasks.retrieval import retrieval_figures, search_set, write_trec_run

    settings = load_settings()
    if not options.out.parent.is_dir():  # else it would be found out after minutes of searching
        raise AssistantError(f"There is no folder {options.out.parent} for the run; make it or name another.")
    try:
        retrieval_set = read_beir(options.beir)
    except TaskFileError as error:
        raise AssistantError(str(error)) from error
    with open_models(settings.home, settings.embedder, "evals retrieval") as models:
        run = search_set(
            retrieval_set, embedder=models.embedder, dictionary=models.dictionary, depth=options.depth
        )
    write_trec_run(run, options.out, name="policy-assistant")
    found = f"{len(retrieval_set.passages):,} passages, {len(retrieval_set.queries):,} queries"
    lines = [f"{retrieval_set.name}: {found}", *figure_lines(retrieval_figures(run, retrieval_set))]
    if not any(any(right.values()) for right in retrieval_set.qrels.values()):
        lines = [lines[0], "No judgements in qrels/*.tsv, so there is nothing to measure."]
    sys.stdout.write("\n".join((*lines, f"Written: {options.out}")) + "\n")
    return 0
