"""The `records` commands: what is kept of people's conversations, exported, purged and deleted."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import load_settings

_ALL = 1_000_000_000  # conversations


def add_records_commands(records: argparse.ArgumentParser) -> None:
    """Add what can be done with the records beyond listing whose they are."""
    below = records.add_subparsers(title="commands", metavar="COMMAND")
    exported = _command(
        below, "export", export, "write all that is kept of a person into a file", "export ann ann.json"
    )
    exported.add_argument("person", metavar="PERSON", help="a name, as `records` lists it")
    exported.add_argument("file", metavar="FILE", type=Path, help="the JSON file to write")
    deleted = _command(below, "delete", delete, "delete all that is kept of a person, for good", "delete ann")
    deleted.add_argument("person", metavar="PERSON", help="a name, as `records` lists it")
    _command(below, "purge", purge, "delete what is older than the setting keep_days, for good", "purge")


def listing(_options: argparse.Namespace) -> int:
    """List of whom something is kept, and for how long."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_records

    settings = load_settings()
    with open_records(settings, "records") as records:
        persons = records.persons()
    for person, count in persons:
        print(for_terminal(f"{person}  {_conversations(count)}"))
    days = settings.keep_days
    print(f"kept for {days} days after the last question" if days else "nothing is kept (keep_days is 0)")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write everything as it is stored, whether it still stands or not."""
    from assistant.assembly import open_records
    from assistant.records.exporting import as_stored_json

    if options.file.exists():
        raise AssistantError(f"{options.file} is there already; name a file that is not.")
    with open_records(load_settings(), "records export") as records:
        conversations = records.conversations(options.person, most=_ALL)
        stored = [(one, records.exchanges(options.person, one.id)) for one in conversations]
    if not stored:
        raise _nothing_of(options.person)
    text = json.dumps(as_stored_json(stored), ensure_ascii=False, indent=2) + "\n"
    options.file.write_text(text, "utf-8")
    print(f"{_conversations(len(stored))} of {options.person} written into {options.file}")
    return 0


def delete(options: argparse.Namespace) -> int:
    """Delete every conversation of a person, with what was said of its answers."""
    from assistant.assembly import open_records

    with open_records(load_settings(), "records delete") as records:
        count = records.delete_all(options.person)
    if not count:
        raise _nothing_of(options.person)
    print(f"{_conversations(count)} of {options.person} deleted")
    return 0


def purge(_options: argparse.Namespace) -> int:
    """Delete what is too old now, as the page does when it starts and once a day."""
    from assistant.assembly import open_records

    with open_records(load_settings(), "records purge") as records:
        print(f"{_conversations(records.purge())} deleted")
    return 0


def _command(
    known: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command = known.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"Example: policy-assistant records {example}",
    )
    command.set_defaults(run=run)
    return command


def _nothing_of(person: str) -> AssistantError:
    return AssistantError(
        f"Nothing is kept of {person!r}; list of whom something is with: policy-assistant records"
    )


def _conversations(count: int) -> str:
    return "1 conversation" if count == 1 else f"{count} conversations"
