"""Versions of Python and packages against the committed floors: below one, known faults are open."""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from packaging.version import Version

from assistant.setup.finding import SetupFinding, error, fine

LEAST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Floor:
    """The oldest release that may be used, and why."""

    least: str
    why: str


def floors() -> dict[str, Floor]:
    """The floor of each package that has one."""
    text = files("assistant.setup").joinpath("floors.toml").read_text("utf-8")
    return {name: Floor(**stated) for name, stated in tomllib.loads(text).items()}


def installed_versions() -> dict[str, str | None]:
    """The installed version of each package that has a floor; None for one that is missing."""
    return {name: _installed(name) for name in floors()}


def check_python(found: tuple[int, int] = sys.version_info[:2]) -> SetupFinding:
    """Whether Python is new enough."""
    least, here = (".".join(map(str, one)) for one in (LEAST_PYTHON, found))
    if found < LEAST_PYTHON:
        return error(
            f"Python {here} is older than {least}; install Python {least} or newer and make .venv anew."
        )
    return fine(f"Python {here}")


def check_packages(installed: Mapping[str, str | None]) -> Iterator[SetupFinding]:
    """A finding for each package below its floor, or one that all are at or above theirs."""
    wrong = False
    for name, floor in floors().items():
        found = installed.get(name)
        remedy = f'install it with: pip install "{name}>={floor.least}"'
        if found is None:
            wrong = True
            yield error(f"The package {name} is missing; {remedy}")
        elif Version(found) < Version(floor.least):
            wrong = True
            yield error(f"{name} {found} is below {floor.least}: {floor.why}; {remedy}")
    if not wrong:
        yield fine(f"{len(floors())} packages are at or above their floors")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
