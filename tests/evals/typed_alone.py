"""One `evals` command as a person types it, without the others."""

import argparse
from collections.abc import Callable
from typing import Any


def typed_alone(add_command: Callable[[Any], None], *words: str) -> int:
    """Run the command; returns its exit code, errors are raised."""
    top = argparse.ArgumentParser()
    add_command(top.add_subparsers())
    options = top.parse_args(words)
    return int(options.run(options))
