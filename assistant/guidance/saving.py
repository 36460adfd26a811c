"""Guidance written to a file, in the form that the file's name asks for."""

import json
from pathlib import Path

from assistant.errors import AssistantError
from assistant.guidance.guidance import Guidance
from assistant.guidance.table_json import as_json
from assistant.guidance.table_markdown import as_markdown

SUFFIXES = (".md", ".docx", ".json")


def check_name(path: Path) -> None:
    """Raise AssistantError when the file's name asks for no known form, before any work is done."""
    if path.suffix.lower() not in SUFFIXES:
        raise AssistantError(f"{path}: the name of the file must end in .md, .docx or .json.")
    if path.is_dir() or not path.parent.is_dir():
        raise AssistantError(f"{path}: name a file in a folder that exists.")


def as_file(guidance: Guidance, suffix: str) -> bytes:
    """The bytes of the file; `suffix` is one of SUFFIXES."""
    if suffix == ".docx":
        from assistant.guidance.table_docx import as_docx

        return as_docx(guidance)
    if suffix == ".json":
        return (json.dumps(as_json(guidance), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return as_markdown(guidance).encode("utf-8")


def save(guidance: Guidance, path: Path) -> None:
    """Write the file anew; raises AssistantError for a name that asks for no known form."""
    check_name(path)
    path.write_bytes(as_file(guidance, path.suffix.lower()))
