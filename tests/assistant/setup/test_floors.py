"""Floors: what is installed and what the project asks for are never below the committed list."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from assistant.setup.finding import Weight
from assistant.setup.floors import check_packages, check_python, floors, installed_versions
from tests.command_tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ASKED_FOR = {Requirement(line).name: Requirement(line) for line in PROJECT["dependencies"]}


@pytest.mark.parametrize("name", floors())
def test_nothing_below_a_floor_is_installed(name: str) -> None:
    found = installed_versions()[name]

    assert found is not None
    assert Version(found) >= Version(floors()[name].least)


@pytest.mark.parametrize("name", floors())
def test_the_project_asks_for_nothing_below_a_floor(name: str) -> None:
    least = [Version(one.version) for one in ASKED_FOR[name].specifier if one.operator in (">=", "==")]

    assert max(least) >= Version(floors()[name].least)


def test_python_of_the_project_is_the_floor() -> None:
    asked = re.sub(r"[^0-9.]", "", PROJECT["requires-python"])

    assert check_python((3, 10)).weight is Weight.ERROR
    assert asked in check_python((3, 10)).sentence
    assert check_python().weight is Weight.FINE


def test_a_package_below_its_floor_or_missing_is_named_with_the_remedy() -> None:
    installed = installed_versions() | {"chromadb": "1.5.8", "gradio": None}

    gradio, chromadb = check_packages(installed)

    assert (gradio.weight, chromadb.weight) == (Weight.ERROR, Weight.ERROR)
    assert "chromadb 1.5.8 is below 1.5.9" in chromadb.sentence
    assert 'pip install "gradio>=6.25"' in gradio.sentence


def test_a_later_version_with_more_digits_is_not_below() -> None:
    (finding,) = check_packages(installed_versions() | {"chromadb": "1.5.10"})

    assert finding.weight is Weight.FINE
