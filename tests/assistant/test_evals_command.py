"""`policy-assistant evals run` on the seed: offered by an entry point, asking the same product."""

import argparse
import json
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from assistant.errors import AssistantError, EmptyLibrary
from evals.command_line import SEED_CASES, add_commands
from tests.command_tree import GROUP, ROOT

Run = Callable[..., int]


@pytest.fixture
def run() -> Run:
    """Types an `evals` command."""
    top = argparse.ArgumentParser()
    add_commands(top.add_subparsers())

    def typed(*words: str) -> int:
        options = top.parse_args(["evals", *words])
        return int(options.run(options))

    return typed


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """One English case that is answered and one that is not, from the seed cases."""
    lines = [json.loads(line) for line in SEED_CASES.read_text("utf-8").splitlines() if line.strip()]
    english = [case for case in lines if case["language"] == "en" and not case.get("conversation")]
    chosen = [
        next(case for case in english if case["outcome"] == outcome)
        for outcome in ("answered", "not_in_documents")
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(f"{json.dumps(case)}\n" for case in chosen), "utf-8")
    return path


def test_the_project_offers_it_to_the_command_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module, function = project["entry-points"][GROUP]["evals"].split(":")

    assert getattr(import_module(module), function) is add_commands


@pytest.mark.usefixtures("seed_home")
def test_cases_are_asked_and_a_report_is_written(
    run: Run, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", str(cases), "--out", str(tmp_path / "runs")) == 0

    (record_path,) = (tmp_path / "runs").glob("*.json")
    record = json.loads(record_path.read_text("utf-8"))
    assert "2 cases" in capsys.readouterr().out
    assert record["settings"]["passages"] == "10"


@pytest.mark.usefixtures("seed_home")
def test_cases_that_cannot_be_used_are_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match=r"gone\.jsonl cannot be read"):
        run("run", str(tmp_path / "gone.jsonl"), "--out", str(tmp_path / "runs"))
    (tmp_path / "bad.jsonl").write_text("{}\n")
    with pytest.raises(AssistantError, match=r"bad\.jsonl, line 1: field '\w+' is missing"):
        run("run", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "runs"))


def test_an_empty_library_is_said(run: Run, indexed_home: Path, home: Path, tmp_path: Path) -> None:
    (home / "cache").mkdir(parents=True)
    for file in (indexed_home / "cache").iterdir():
        (home / "cache" / file.name).write_bytes(file.read_bytes())

    with pytest.raises(EmptyLibrary):
        run("run", "--out", str(tmp_path / "runs"))
    assert not (tmp_path / "runs").exists()
