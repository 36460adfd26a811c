"""The `settings` commands: what holds now, and a settings file with every setting's meaning beside it."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import json
import re
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings, load_settings

_WIDTH = 100  # of a comment
_PASSWORD = re.compile(r"(?<=://)[^/@\s]*@")  # user and password in an address

_HEAD = """\
# Settings of Policy Assistant. Each line shows the default; take the "#" before a name away to change it.
# A variable of the environment wins over this file. The data folder itself is named by
# POLICY_ASSISTANT_HOME alone.
"""


def add_settings_commands(settings: argparse.ArgumentParser) -> None:
    """Add what can be done beyond showing the settings."""
    below = settings.add_subparsers(title="commands", metavar="COMMAND")
    what = "write a settings file with every setting, its default and its meaning"
    write_ = below.add_parser(
        "write",
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog="Example: policy-assistant settings write",
    )
    write_.add_argument(
        "path", metavar="PATH", nargs="?", type=Path, help="default: settings.toml in the data folder"
    )
    write_.set_defaults(run=write)


def show(_options: argparse.Namespace) -> int:
    """Print the settings that hold now, as TOML."""
    settings = load_settings()
    print(f"# {settings.home}")
    for name in _NAMES:
        print(f"{name} = {_PASSWORD.sub('', _toml(getattr(settings, name)))}")
    return 0


def write(options: argparse.Namespace) -> int:
    """Write the commented settings file; a file that is there is left alone."""
    path: Path = options.path or load_settings().home / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(settings_text())
    except FileExistsError:
        raise SettingsError(
            f"{path} is there already and is never overwritten; name another one: "
            "policy-assistant settings write PATH"
        ) from None
    print(f"{path} written; every setting in it is still the default")
    return 0


def settings_text() -> str:
    """The settings file in which every setting is commented out at its default."""
    return _HEAD + "".join(f"\n{entry}" for entry in _entries())


def meanings() -> dict[str, str]:
    """What each setting means, in one clause; Markdown's code marks may stand in it."""
    text = files("assistant").joinpath("settings_meanings.toml").read_text("utf-8")
    return {name: str(meaning) for name, meaning in tomllib.loads(text).items()}


_NAMES = tuple(field.name for field in fields(Settings) if field.name != "home")


def _entries() -> Iterator[str]:
    said, defaults = meanings(), Settings(Path())
    for name in _NAMES:
        meaning = textwrap.fill(
            f"{said[name]} ({PREFIX}{name.upper()})",
            _WIDTH,
            initial_indent="# ",
            subsequent_indent="# ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield f"{meaning}\n# {name} = {_toml(getattr(defaults, name))}\n"


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # of texts, whole numbers and truth, TOML writes the same
