"""The `evals` commands as a person types them, whether or not the package is installed."""

import argparse

from evals.command_line import add_commands


def typed(*words: str) -> int:
    """Run `policy-assistant evals WORDS`; returns the exit code, errors are raised."""
    top = argparse.ArgumentParser()
    add_commands(top.add_subparsers())
    options = top.parse_args(["evals", *words])
    return int(options.run(options))
