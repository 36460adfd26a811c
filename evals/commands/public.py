"""`policy-assistant evals public`: the product on public data sets."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals public` to the command line."""
    public = commands.add_parser(
        "public",
        help="measure on public data sets",
        description="Measure search, declining and citations on the public data sets that are at hand, in "
        "shared/data beside the checkout or in POLICY_ASSISTANT_PUBLIC_DATA; print and write the figures.",
        epilog="Example: policy-assistant evals public or_sharc clapnq --sample 200",
    )
    public.add_argument(
        "names", metavar="NAME", nargs="*", help="only these sets (default: all that are there)"
    )
    public.add_argument(
        "--sample",
        metavar="N",
        type=_whole,
        help="ask at most N questions of a set, the same ones every time",
    )
    public.add_argument("--out", type=Path, default=Path("evals/runs"), help="the folder of the figures")
    public.set_defaults(run=_run)


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from assistant.json_lines import TaskFileError
    from evals.figures.table import figure_lines
    from evals.public.record import write_public_record
    from evals.public.sets import PUBLIC_SETS, measure_sets, public_data_folder
    from evals.tasks.models import open_models

    known = {one.name: one for one in PUBLIC_SETS}
    unknown = [name for name in options.names if name not in known]
    if unknown:
        raise AssistantError(f"There is no public set {unknown[0]!r}; the sets are: {', '.join(known)}.")
    data = public_data_folder(os.environ)
    chosen = [known[name] for name in dict.fromkeys(options.names)] or list(PUBLIC_SETS)
    for one in chosen:
        if one.absent(data):
            folders = ", ".join(str(data / folder) for folder in one.absent(data))
            sys.stdout.write(f"{one.name}: skipped, there is no {folders}\n")
    present = [one for one in chosen if not one.absent(data)]
    if not present:
        raise AssistantError("None of these sets is there; set POLICY_ASSISTANT_PUBLIC_DATA to their folder.")
    settings = load_settings()
    results = []
    try:
        with open_models(settings.home, settings.embedder, "evals public") as models:
            for result in measure_sets(present, data, models, options.sample):
                results.append(result)
                lines = (f"\n{result.name}  ({result.seconds:.0f} s)", *figure_lines(result.figures))
                sys.stdout.write("\n".join(lines) + "\n")
                sys.stdout.flush()
            facts = {"embedder": models.embedder.name, "sample": options.sample}
    except TaskFileError as error:
        raise AssistantError(str(error)) from error
    record, page = write_public_record(results, options.out, date=datetime.now(UTC), facts=facts)
    sys.stdout.write(f"\nWritten: {record} and {page}\n")
    return 0
