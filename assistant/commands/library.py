"""What the `library` commands do, each with its own line of `library --help`."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse

from assistant.commands.keeping import add_keeping_commands
from assistant.commands.versions import add_version_commands
from assistant.settings import load_settings


def add_library_commands(library: argparse.ArgumentParser) -> None:
    """Add what can be done with the library beyond listing it."""
    below = library.add_subparsers(title="commands", metavar="COMMAND")
    add_version_commands(below)
    add_keeping_commands(below)


def listing(_options: argparse.Namespace) -> int:
    """List the documents, one a line."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_library

    with open_library(load_settings(), "library") as held:
        documents = held.documents()
        waiting = len(held.in_state("arriving"))
    for document in documents:
        facts = document.facts
        known = [fact for fact in (facts.issuer, facts.kind, facts.date, document.language) if fact]
        print(for_terminal(f"{document.id}  {document.title}  ({', '.join(known)})"))
        print(for_terminal(f"{'':18}{document.path}"))
    print("1 document" if len(documents) == 1 else f"{len(documents)} documents")
    if waiting:
        print(f"{waiting} more wait for an index run that did not finish; run: policy-assistant index PATH")
    return 0
