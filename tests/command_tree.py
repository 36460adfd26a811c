"""Every command that can be typed, with its own parser, whether or not the package is installed."""

import argparse
import tomllib
from importlib import import_module
from pathlib import Path

from assistant.command_line import parser

ROOT = Path(__file__).resolve().parents[1]
GROUP = "policy_assistant.commands"


def every_command() -> dict[str, argparse.ArgumentParser]:
    """The parsers of commands and groups by what is typed: "ask", "evals", "evals run"."""
    top = parser()
    known = _subcommands(top)
    assert known is not None
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name, place in project["entry-points"][GROUP].items():
        if name not in known.choices:  # in a checkout that is not installed
            module, function = place.split(":")
            getattr(import_module(module), function)(known)
    return _flat(top, "")


def _flat(above: argparse.ArgumentParser, prefix: str) -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    below = _subcommands(above)
    for name, command in below.choices.items() if below else ():
        found[f"{prefix}{name}"] = command
        found |= _flat(command, f"{prefix}{name} ")
    return found


def _subcommands(
    command: argparse.ArgumentParser,
) -> "argparse._SubParsersAction[argparse.ArgumentParser] | None":
    actions = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    return actions[0] if actions else None
