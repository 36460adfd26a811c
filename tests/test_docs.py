"""The documents beside the code: every command and setting is told, and what is told exists."""

import argparse
import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings
from tests.command_tree import ROOT, every_command

README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
COMMANDS = every_command()
OTHER_VARIABLES = {"SETTINGS", "CHROMIUM", "PUBLIC_DATA", "OIDC_SECRET"}

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(\s*<?([^)>\s]+)|\b(?:src|href)=[\"']([^\"']+)[\"']")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\- ]")


def code(text: str) -> list[str]:
    """The lines of code blocks and the code inside lines."""
    blocks = _FENCED.findall(text)
    lines = [line.strip() for block in blocks for line in block.split("\n")]
    return lines + _SPAN.findall(_FENCED.sub("", text))


def typed_commands(text: str) -> list[list[str]]:
    """The words after `policy-assistant` wherever code shows a command being typed."""
    found = []
    for line in code(text):
        typed = line.removeprefix("$ ")
        if typed.split()[:1] == ["policy-assistant"]:
            found.append(shlex.split(typed, comments=True)[1:])
    return found


def links(path: Path) -> list[str]:
    text = _FENCED.sub("", path.read_text("utf-8"))
    return [first or second for first, second in _LINK.findall(text)]


def anchors(path: Path) -> set[str]:
    """The names that headings get on the usual code hosts."""
    headings = re.findall(r"^#{1,6} +(.+?) *#*$", _FENCED.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {_PUNCTUATION.sub("", heading.lower()).replace(" ", "-") for heading in headings}


def options_of(command: argparse.ArgumentParser) -> set[str]:
    return {option for action in command._actions for option in action.option_strings}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"policy-assistant {command}\b", README)


def test_every_command_that_the_documents_type_exists() -> None:
    typed = [words for path in DOCUMENTS for words in typed_commands(path.read_text("utf-8")) if words]

    assert typed
    for words in typed:
        if words[0].startswith("-"):
            continue
        name = " ".join(words[:2]) if " ".join(words[:2]) in COMMANDS else words[0]
        assert name in COMMANDS, f"policy-assistant {' '.join(words)}"
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        assert options <= options_of(COMMANDS[name]), f"policy-assistant {' '.join(words)}"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_stands_in_a_row_of_the_readme_with_its_variable_and_default(name: str) -> None:
    rows = [line for line in README.split("\n") if line.startswith("|") and f"`{name}`" in line]
    (row,) = [row for row in rows if f"`{PREFIX}{name.upper()}`" in row]

    default = getattr(Settings(Path("home")), name)
    assert name == "home" or f"| `{default}` |" in row


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_variable_that_a_document_names_exists(path: Path) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", path.read_text("utf-8")))

    assert named <= {field.name.upper() for field in fields(Settings)} | OTHER_VARIABLES | {"NAME"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_picture_of_a_document_exists(path: Path) -> None:
    broken = []
    for link in links(path):
        if _ELSEWHERE.match(link):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


def test_every_target_that_the_readme_makes_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = {word for line in code(README) for word in re.findall(r"\bmake ([a-z-]+)", line)}

    assert {"chat", "test"} <= made <= targets


def test_every_module_that_is_run_by_name_exists() -> None:
    texts = [path.read_text("utf-8") for path in (*DOCUMENTS, ROOT / "Makefile", ROOT / "pyproject.toml")]
    modules = {
        name for text in texts for name in re.findall(r"-m ((?:evals|assistant|knowledge)[\w.]+)", text)
    }

    places = {name: ROOT / name.replace(".", "/") for name in modules}
    missing = [
        name
        for name, place in places.items()
        if not (place.with_suffix(".py").is_file() or (place / "__main__.py").is_file())
    ]
    assert missing == []


def test_the_search_for_commands_finds_them() -> None:
    text = (
        'Type `policy-assistant ask "x y" --json`.\n```\n$ policy-assistant chat  # opens it\nmake x\n```\n'
    )

    assert typed_commands(text) == [["chat"], ["ask", "x y", "--json"]]
