"""The project's own files and what each Python module imports, read without importing anything."""

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("prompts", "knowledge", "assistant", "evals", "training")


@cache
def tracked_files() -> tuple[str, ...]:
    """Paths of the files that are or would be committed, relative to the checkout; skips without git."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so nothing says which files belong to the project")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(sorted(name for name in names if name and (ROOT / name).is_file()))


@cache
def python_files() -> tuple[str, ...]:
    """Paths of the Python files of the rooms and the tests, relative to the checkout."""
    return tuple(
        sorted(
            path.relative_to(ROOT).as_posix()
            for room in (*ROOMS, "tests")
            for path in (ROOT / room).rglob("*.py")
        )
    )


def room_files() -> tuple[str, ...]:
    """The Python files of the product and the evals, without the tests."""
    return tuple(path for path in python_files() if not path.startswith("tests/"))


@cache
def parsed(path: str) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse((ROOT / path).read_text("utf-8"), path)


@cache
def imports(path: str) -> frozenset[str]:
    """Full names of the modules that a file imports anywhere; `from a import b` gives "a" and "a.b"."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the module's whole name"
            found.add(str(node.module))
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def top_level(names: frozenset[str]) -> set[str]:
    """The packages that the modules belong to."""
    return {name.split(".")[0] for name in names}


def called_names(path: str) -> set[str]:
    """The bare names that a file calls: functions and classes, not methods."""
    return {
        node.func.id
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
