"""The receipts that commands write and check: `ask --receipt`, `verify`, and what `index` says of them."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.answer import Answer
    from knowledge.library import Library

RECEIPTS = "receipts"  # the folder of the data folder


def save_receipt(answer: "Answer", path: Path, library: "Library", *, as_of: str | None) -> None:
    """Write an answer's receipt, as of that day or today. May raise OSError."""
    from assistant.receipts.receipt_file import write_receipt
    from assistant.receipts.receipt_now import receipt_now

    write_receipt(receipt_now(answer, library, as_of=as_of), path)


def kept_path(home: Path, answer: "Answer") -> Path:
    """Where the data folder keeps the receipt of an answer made now: its name is the time, and a hash."""
    from hashlib import sha256

    digest = sha256(answer.question.encode()).hexdigest()[:8]
    return home / RECEIPTS / f"{datetime.now().astimezone():%Y%m%dT%H%M%S%f}-{digest}.json"


def verify(options: argparse.Namespace) -> int:
    """Print what no longer holds of each receipt; exit code 1 when anything does not."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_library

    settings = load_settings()
    named = options.files or [settings.home / RECEIPTS]
    paths = [path for one in named for path in _receipts_in(one)]
    if not paths:
        raise AssistantError(
            f"There is no receipt in {named[0]}; write one with: policy-assistant ask QUESTION --receipt FILE"
        )
    with open_library(settings, "verify") as library:
        lost = 0
        for path in paths:
            told = _what_is_wrong(path, library)
            lost += bool(told)
            print(for_terminal(f"{path}: {'holds' if not told else 'no longer holds'}"))
            for sentence in told:
                print(for_terminal(f"  - {sentence}"))
    print(f"{len(paths) - lost} of {len(paths)} receipts hold")
    return 1 if lost else 0


def print_lost(home: Path, library: "Library") -> None:
    """Name the receipts kept in the data folder of which something no longer holds, after an update."""
    from assistant.answer_text import for_terminal

    folder = home / RECEIPTS
    if not folder.is_dir():
        return
    for path in _receipts_in(folder):
        told = _what_is_wrong(path, library)
        if told:
            print(for_terminal(f"receipt {path.name} no longer holds: {told[0]}"))


def _receipts_in(path: Path) -> Iterator[Path]:
    # A file is taken as named; what does not exist is told by opening it.
    if path.is_dir():
        yield from sorted(path.glob("*.json"))
    elif path.exists() or path.name != RECEIPTS:
        yield path


def _what_is_wrong(path: Path, library: "Library") -> list[str]:
    from assistant.errors import ReceiptUnreadable
    from assistant.receipts.receipt_file import read_receipt
    from assistant.receipts.verifying import what_no_longer_holds
    from knowledge.validity.in_force import InForce

    try:
        receipt = read_receipt(path)
    except ReceiptUnreadable as error:
        return [str(error)]
    return what_no_longer_holds(receipt, library, InForce(library, date.today).validity)
