"""The `audit` commands: who did what, and whether the log is the one that was written."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import re
from typing import TYPE_CHECKING

from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from assistant.people.audit import Head

_NOTED = re.compile(r"(\d{1,12}):([0-9a-f]{64})", re.ASCII)


def add_audit_commands(known: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit verify` and `audit show`."""
    audit = known.add_parser(
        "audit",
        help="look at who did what",
        description="Look at the log of who did what, and check that nobody has changed it.",
        epilog="Example: policy-assistant audit verify",
    )
    below = audit.add_subparsers(title="commands", required=True, metavar="COMMAND")
    verified = below.add_parser(
        "verify",
        help="check that no record was changed, taken out or moved",
        description="Check that no record was changed, taken out or moved; exit code 1 when one was.",
        epilog="Example: policy-assistant audit verify",
    )
    verified.add_argument(
        "--noted",
        metavar="NUMBER:HASH",
        type=_noted,
        help="an end of the log that an earlier run printed and that was kept elsewhere",
    )
    verified.set_defaults(run=verify)
    shown = below.add_parser(
        "show",
        help="print the records, oldest first",
        description="Print the records, oldest first: when, who, what, on what.",
        epilog="Example: policy-assistant audit show --person ann",
    )
    shown.add_argument("--person", metavar="NAME", help="only what this person did")
    shown.set_defaults(run=show)


def verify(options: argparse.Namespace) -> int:
    """Print the end of the log, or the first record that is broken."""
    from assistant.people.audit_chain import verify as verify_log

    found = verify_log(load_settings().home, options.noted)
    if found.broken:
        print(f"{found.broken} {_count(found.head.number)} before it stand.")
        return 1
    print(f"{_count(found.head.number)} stand; the end is {found.head.number}:{found.head.hash}")
    return 0


def show(options: argparse.Namespace) -> int:
    """Print the records."""
    from assistant.answer_text import for_terminal
    from assistant.people.audit_chain import records

    for record in records(load_settings().home):
        if options.person in (None, record.person):
            what = f"  {record.object}" if record.object else ""
            print(for_terminal(f"{record.number}  {record.at}  {record.person}  {record.action}{what}"))
    return 0


def _noted(text: str) -> "Head":
    from assistant.people.audit import Head

    found = _NOTED.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no end of a log, such as `audit verify` prints")
    return Head(int(found[1]), found[2])


def _count(records: int) -> str:
    return "1 record" if records == 1 else f"{records:,} records"
