"""Whether the audit log is the one that was written: the first record at which it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.people.audit import BEGINNING, HEAD, LOG, Head, Record, read_head, record_of


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the log found; `broken` is a sentence, or empty when every record stands."""

    head: Head  # of the records up to the first broken one
    broken: str = ""


def verify(folder: Path, noted: Head | None = None) -> Verified:
    """Check every record of a data folder's log, its order and its end.

    `noted` is a head that was written down elsewhere: the log must still hold that record. May raise OSError.
    """
    head = read_head(folder / HEAD)
    must_hold = [one for one in (head, noted) if one is not None]
    reached = Head()
    for line in _lines(folder / LOG):
        number = reached.number + 1
        record = record_of(line)
        if record is None:
            return Verified(reached, f"Record {number} is not as it was written.")
        if record.number != number or record.before != reached.hash:
            return Verified(reached, f"Record {number} does not follow the one before it.")
        reached = Head(number, record.hash)
        if any(one.number == number and one.hash != record.hash for one in must_hold):
            return Verified(reached, f"Record {number} is not the one that was noted.")
    missing = max((one.number for one in must_hold), default=0)
    if reached.number < missing:
        return Verified(reached, f"Record {reached.number + 1} and all up to {missing} are missing.")
    # A kill between log and head leaves the head one behind, no more; a lost head leaves it at nothing.
    if reached.number > head.number + 1 or (head.hash == BEGINNING and reached.number > 1):
        return Verified(reached, f"Record {head.number + 1} and all after it are not in the head file.")
    return Verified(reached)


def records(folder: Path) -> Iterator[Record]:
    """The records of the log in order; lines that are none are passed over. May raise OSError."""
    for line in _lines(folder / LOG):
        record = record_of(line)
        if record is not None:
            yield record


def _lines(path: Path) -> Iterator[str]:
    try:
        file = path.open("r", encoding="utf-8", errors="replace", newline="\n")
    except FileNotFoundError:
        return
    with file:
        yield from (line for line in file if line.endswith("\n"))
