"""The `policy-assistant evals …` commands, offered to the product's command line by an entry point."""

import argparse
from typing import TYPE_CHECKING

from evals.cases.case import SEED_CASES
from evals.commands import calibrate, cases, claims, compare, gate, public, reading, retrieval, run

if TYPE_CHECKING:
    from argparse import _SubParsersAction

__all__ = ["SEED_CASES", "add_commands"]

# In the order in which help lists them. These modules are loaded whenever any command is typed, so what
# is slow to import is imported by the functions that they run.
_COMMANDS = (
    run.add_command,
    cases.add_command,
    compare.add_command,
    gate.add_command,
    retrieval.add_command,
    reading.add_command,
    claims.add_command,
    public.add_command,
    calibrate.add_command,
)


def add_commands(known: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals` and its commands to the command line."""
    evals = known.add_parser(
        "evals",
        help="measure the assistant on cases",
        description="Measure the assistant.",
        epilog="Example: policy-assistant evals run",
    )
    commands = evals.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add_command in _COMMANDS:
        add_command(commands)
