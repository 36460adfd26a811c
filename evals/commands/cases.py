"""`policy-assistant evals cases …`: check a file of cases, and add to one."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.cases.case import EXPECTED_OUTCOMES, SEED_CASES, CaseError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from knowledge.library import Library
    from knowledge.policy import Document

_MOST_DRAFTED = 1_000


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals cases` and its commands to the command line."""
    cases = commands.add_parser(
        "cases",
        help="check a file of cases, or add to one",
        description="Check a file of cases, or add to one.",
        epilog="Example: policy-assistant evals cases check",
    )
    below = cases.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(below)
    _add_add(below)


def _add_check(below: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    check = below.add_parser(
        "check",
        help="name everything that is wrong with a file of cases",
        description=(
            "Name every problem of a file of cases by line and field. Gold sentences and clauses are "
            "compared with the library at hand, and for one that no longer stands there, or only in a "
            "document that is no longer in force, that is said."
        ),
        epilog="Example: policy-assistant evals cases check evals/cases/seed.jsonl",
    )
    check.add_argument(
        "cases", metavar="FILE", nargs="?", type=Path, default=SEED_CASES, help="a JSONL file of cases"
    )
    check.set_defaults(run=_check)


def _add_add(below: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    add = below.add_parser(
        "add",
        help="add cases from an answer or drafted from a document",
        description=(
            "Append cases to a file: one from an answer that was kept (printed by `ask --json`, a receipt, "
            "or a thumbs-down), or several that rules draft from a document of the library, for review."
        ),
        epilog="Example: policy-assistant evals cases add my.jsonl --draft law.md",
    )
    add.add_argument(
        "cases", metavar="FILE", type=Path, help="the JSONL file to append to; made if there is none"
    )
    source = add.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="answer", metavar="ANSWER", type=Path, help="an answer as a JSON file")
    source.add_argument("--draft", metavar="DOCUMENT", help="id or file name of a document of the library")
    source.add_argument(
        "--from-feedback",
        dest="feedback",
        metavar="ID",
        nargs="?",
        const="",
        help="an answer that was no help, by its id, or all of them; without an id they are listed",
    )
    add.add_argument(
        "--expected",
        choices=[str(one) for one in EXPECTED_OUTCOMES],
        help="with --from or --from-feedback: the right outcome",
    )
    add.add_argument(
        "--gold",
        action="append",
        default=[],
        help="with --from or --from-feedback: a sentence that answers, if not those quoted",
    )
    add.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="NAME",
        help="with the same: file name of a document",
    )
    add.add_argument(
        "--topic", default="", help="with the same: part of the text it is about (default: the file)"
    )
    add.add_argument(
        "--id", default="", help="with the same: id of the case (default: the file's name, numbered)"
    )
    add.add_argument(
        "--count", type=int, default=10, help="with --draft: how many cases at most (default: 10)"
    )
    add.set_defaults(run=_add)


def _check(options: argparse.Namespace) -> int:
    from assistant.assembly import open_library
    from evals.cases.check import file_problems
    from knowledge.validity.in_force import InForce

    with open_library(load_settings(), "evals cases check") as library:
        documents = library.documents()
        in_force = InForce(library, date.today)
        ended = {id_: in_force.validity(id_).status for id_ in in_force.not_in_force()}
        count, problems = file_problems(options.cases, documents, library.sections, ended)
    for problem in problems:
        _say(str(problem))
    if not documents:
        _say("The library is empty, so gold was compared with nothing; index the documents first.")
    cases = "1 case" if count == 1 else f"{count} cases"
    _say(f"{options.cases}: {cases} can be read, {len(problems)} problem{'s' * (len(problems) != 1)}")
    return 1 if problems else 0


def _add(options: argparse.Namespace) -> int:
    from assistant.assembly import open_library
    from evals.cases.add import append_cases, new_cases
    from evals.cases.check import GoldCheck
    from evals.commands import feedback_cases

    if options.feedback is not None:
        return feedback_cases.add(options)
    try:
        with open_library(load_settings(), "evals cases add") as library:
            documents = library.documents()
            lines = _drafted(options, library) if options.draft else [_from_answer(options, documents)]
            new = new_cases(options.cases, lines)
            wrong = [fault for case in new for fault in GoldCheck(documents, library.sections)(case)]
    except CaseError as error:
        raise AssistantError(str(error)) from error
    if wrong:
        raise AssistantError(f"Nothing was added: field {wrong[0][0]!r} {wrong[0][1]}")
    if not new:
        raise AssistantError(f"Nothing was added: {_why_nothing(options, found=bool(lines))}")
    append_cases(options.cases, new)
    for case in new:
        _say(f"{case.id}: {case.question}")
    _say(f"{options.cases}: {len(new)} added")
    return 0


def _why_nothing(options: argparse.Namespace, *, found: bool) -> str:
    if found:
        return f"{options.cases} asks all of it already; change its cases instead."
    return f"no rule makes a question of a sentence of {options.draft}; write its cases by hand."


def _from_answer(options: argparse.Namespace, documents: "list[Document]") -> dict[str, Any]:
    from evals.cases.add import Given, case_from_answer

    if options.expected is None:
        raise AssistantError("Say with --expected what the right outcome is: the answer may be a wrong one.")
    try:
        record = json.loads(options.answer.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise AssistantError(
            f"{options.answer} cannot be read as JSON ({error}); name a file that `ask --json` wrote."
        ) from error
    given = Given(options.expected, tuple(options.gold), tuple(options.document), options.topic, options.id)
    return case_from_answer(record, given, documents)


def _drafted(options: argparse.Namespace, library: "Library") -> list[dict[str, Any]]:
    from evals.cases.draft import drafted_lines

    if not 1 <= options.count <= _MOST_DRAFTED:
        raise AssistantError(f"--count is {options.count}; give a number from 1 to {_MOST_DRAFTED:,}.")
    wanted = [
        document
        for document in library.documents()
        if options.draft in (document.id, Path(document.path).name)
    ]
    if len(wanted) != 1:
        raise AssistantError(
            f"{len(wanted)} documents of the library have the id or file name {options.draft!r}; name one by "
            "its id, from: policy-assistant library"
        )
    return drafted_lines(library.sections(wanted[0].id), options.count)


def _say(line: str) -> None:
    from assistant.answer_text import for_terminal

    sys.stdout.write(for_terminal(line) + "\n")
