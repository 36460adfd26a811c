"""`evals cases add FILE --from-feedback`: lists the answers that were no help, and makes cases of them."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.cases.case import Case, CaseError

if TYPE_CHECKING:
    from assistant.records.feedback_queue import Waiting
    from assistant.records.records import Records
    from knowledge.library import Library

ALL = "all"
_ID_SHOWN = 8  # characters of an id; any beginning of it that no other shares names it


def add(options: argparse.Namespace) -> int:
    """List what waits, or make cases of what is named and take it off the list."""
    from assistant.assembly import open_library, records_beside
    from assistant.records.feedback_queue import feedback_queue
    from knowledge.validity.in_force import InForce

    settings = load_settings()
    with open_library(settings, "evals cases add") as library, records_beside(settings) as records:
        waiting = feedback_queue(records, library, InForce(library, date.today).validity)
        if options.feedback == "":
            return _list(waiting)
        return _make(options, _named(options.feedback, waiting), library, records)


def _list(waiting: "list[Waiting]") -> int:
    for one in waiting:
        answer, said = one.exchange.answer, one.feedback
        why = f"{said.reason or 'no reason given'}{f': {said.comment}' if said.comment else ''}"
        _say(f"{one.id[:_ID_SHOWN]}  {said.given[:10]}  {answer.outcome}  {answer.question}")
        _say(f"{'':{_ID_SHOWN + 2}}{' '.join(why.split())}")
        for sentence in answer.sentences:
            _say(f"{'':{_ID_SHOWN + 2}}> {' '.join(sentence.text.split())}")
    count = "1 answer was" if len(waiting) == 1 else f"{len(waiting)} answers were"
    _say(f"{count} no help and {'is' if len(waiting) == 1 else 'are'} not a case yet")
    return 0


def _named(name: str, waiting: "list[Waiting]") -> "list[Waiting]":
    named = waiting if name == ALL else [one for one in waiting if one.id.startswith(name)]
    if not named or (name != ALL and len(named) > 1):
        raise AssistantError(
            f"{len(named)} answers that were no help are named {name!r}; list them with: "
            "policy-assistant evals cases add FILE --from-feedback"
        )
    return named


def _make(options: argparse.Namespace, named: "list[Waiting]", library: "Library", records: "Records") -> int:
    from evals.cases.add import append_cases, new_cases

    if options.expected is None:
        raise AssistantError("Say with --expected what the right outcome is: the answer may be a wrong one.")
    added = 0
    for one in named:
        try:
            new = new_cases(options.cases, [_line(options, one, library)])
            _check(new, library)
        except CaseError as error:
            if options.feedback != ALL:
                raise AssistantError(str(error)) from error
            _say(f"{one.id[:_ID_SHOWN]} was not added: {error}")
            continue
        append_cases(options.cases, new)
        records.feedback.settle(one.id)  # asked already: the case is there
        added += len(new)
        for case in new:
            _say(f"{case.id}: {case.question}")
    _say(f"{options.cases}: {added} added, to be reviewed")
    return 0 if added or not named else 1


def _line(options: argparse.Namespace, one: "Waiting", library: "Library") -> dict[str, object]:
    from assistant.records.feedback_queue import as_answer_record
    from evals.cases.add import Given, case_from_answer

    tags = ("feedback", str(one.feedback.reason)) if one.feedback.reason else ("feedback",)
    given = Given(
        options.expected, tuple(options.gold), tuple(options.document), options.topic, options.id, tags
    )
    return case_from_answer(as_answer_record(one), given, library.documents())


def _check(new: list[Case], library: "Library") -> None:
    from evals.cases.check import GoldCheck

    check = GoldCheck(library.documents(), library.sections)
    for case in new:
        for field, told in check(case):
            raise CaseError(f"field {field!r} {told}")


def _say(line: str) -> None:
    from assistant.answer_text import for_terminal

    sys.stdout.write(for_terminal(line) + "\n")
