"""`policy-assistant evals claims`: claims against given passages, as `policy-assistant check` does it."""

import argparse
from typing import TYPE_CHECKING

from assistant.commands.check import add_check_arguments, check

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals claims` to the command line."""
    claims = commands.add_parser(
        "claims",
        help="check claims against given passages, JSONL to JSONL",
        description="Say of every claim whether its passages support it: the checker of the product, alone.",
        epilog="Example: policy-assistant evals claims --tasks in.jsonl --out out.jsonl",
    )
    add_check_arguments(claims)
    claims.set_defaults(run=check)
