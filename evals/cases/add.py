"""New cases for a file: from an answer that a program has kept, checked, and appended whole or not at all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.cases.case import Case, CaseError, case_of, line_of, load_cases
from knowledge.language import language_of
from knowledge.policy import Document


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who adds a case says about it; what is empty is taken from the answer."""

    expected: str
    gold: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # file names
    topic: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()  # beside "added"


def case_from_answer(record: object, given: Given, documents: Sequence[Document]) -> dict[str, Any]:
    """The line of a case, its id empty if none is given, from the object that `ask --json` prints.

    `documents` are those of the library: the answer names them by id. Raises CaseError when the object is no
    answer, or does not say enough.
    """
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise CaseError("The file holds no answer: an object with a 'question', as `ask --json` prints it.")
    cited = [quote for one in _objects(record, "sentences") for quote in _objects(one, "citations")]
    shown = [*cited, *_objects(record, "nearest")]
    gold = given.gold or tuple(dict.fromkeys(str(one.get("quote", "")) for one in cited))
    answerable = given.expected in ("answered", "partly_answered")
    if answerable and not gold:
        raise CaseError("The answer quotes nothing; name each sentence that answers with --gold.")
    names = given.documents or _names(shown if not answerable or given.gold else cited, documents)
    if not names:
        raise CaseError("The answer names no document of the library; name the files with --document.")
    question = record["question"].strip()
    return {
        "id": given.id,
        "question": question,
        "conversation": record.get("conversation", []),
        "documents": list(names),
        "gold": list(gold) if answerable else [],
        "outcome": given.expected,
        "language": language_of(question),
        "topic": given.topic or Path(names[0]).stem,
        "tags": ["added", *given.tags],
        "split": "tuning",
    }


def new_cases(path: Path, lines: Iterable[dict[str, Any]]) -> list[Case]:
    """The cases of the lines whose question, in its conversation, is not in the file yet.

    A line without an id gets one that is free. Raises CaseError when the file, or a line, is not valid.
    """
    known = load_cases(path) if path.exists() else []
    asked, ids = {_asked(case) for case in known}, {case.id for case in known}
    new: list[Case] = []
    for line in lines:
        case = case_of(json.dumps(line if line["id"] else {**line, "id": _free_id(path.stem, ids)}))
        if not isinstance(case, Case):
            raise CaseError(f"The new case: field {case[0][0]!r} {case[0][1]}")
        if _asked(case) in asked:
            continue
        if case.id in ids:
            raise CaseError(f"{path} has a case {case.id!r} already; give the new one another --id.")
        asked.add(_asked(case))
        ids.add(case.id)
        new.append(case)
    return new


def append_cases(path: Path, new: Iterable[Case]) -> None:
    """Append cases to the file, which is written whole or not at all; may raise OSError."""
    before = path.read_text("utf-8") if path.exists() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    whole = path.with_name(f".{path.name}.new")
    whole.write_text(before + "".join(f"{line_of(case)}\n" for case in new), "utf-8", newline="\n")
    whole.replace(path)


def _asked(case: Case) -> tuple[str, tuple[tuple[str, str], ...]]:
    turns = tuple((turn.role, turn.text) for turn in case.conversation)
    return " ".join(case.question.casefold().split()), turns


def _free_id(stem: str, ids: set[str]) -> str:
    number = len(ids) + 1
    while (name := f"{stem}-{number:03d}") in ids:
        number += 1
    return name


def _objects(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = record.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise CaseError(
            f"The file holds no answer: {key!r} must be a list of objects, as `ask --json` prints it."
        )
    return found


def _names(shown: Sequence[dict[str, Any]], documents: Sequence[Document]) -> tuple[str, ...]:
    # A passage's id begins with its document's; a document indexed again after a change has another id.
    ids = {document.id: Path(document.path).name for document in documents}
    sha256s = {document.sha256: Path(document.path).name for document in documents}
    found = (
        sha256s.get(
            str(one.get("document_sha256")), ids.get(str(one.get("passage_id", "")).partition(":")[0])
        )
        for one in shown
    )
    return tuple(dict.fromkeys(name for name in found if name))
