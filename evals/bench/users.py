"""Many users at once: how long each waits, that nobody sees another's answer, and what becomes of too many.

Run it with `python -m evals.bench.users`. It serves the page over 10,000 made passages, whose indexing takes
half an hour on two cores; `--home` names a folder in which to keep them. Each user sends questions as a
browser does, one after the other, each in a conversation of its own; without a pause unless one is given.
Every question names a station that one sentence of the library names, so an answer that is not one's own can
be told: any other station in it must come again when the same question is asked alone. The clients share the
machine with the server.
"""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from evals.bench.made_documents import Note, made_notes, write_documents
from evals.bench.page_client import BUSY, Asked, PageClient
from evals.bench.served import index, served

_Own = TypeVar("_Own")

_DOCUMENTS = 250  # of 40 passages
_NOTES_OF_A_DOCUMENT = 4
_TOO_MANY = 200  # users of the flood
_BUSY = re.compile(re.escape(BUSY))


@dataclass(frozen=True, slots=True)
class _Told:
    """What one question of one user came to."""

    note: Note
    asked: Asked

    @property
    def is_busy(self) -> bool:
        return bool(_BUSY.search(unescape(self.asked.notice)))

    @property
    def is_answered(self) -> bool:
        return self.note.station in self.asked.shown and f"{self.note.days} days" in self.asked.transcript


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when an answer was lost or someone else's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, nargs="*", default=[20, 50], help="at once (default 20 50)")
    parser.add_argument(
        "--pause", type=float, default=0.0, help="seconds that a user takes to read an answer (default 0)"
    )
    parser.add_argument(
        "--documents", type=int, default=_DOCUMENTS, help=f"of 40 passages each (default {_DOCUMENTS})"
    )
    parser.add_argument("--home", type=Path, help="keep the indexed library here for further runs")
    chosen = parser.parse_args(arguments)
    notes = made_notes(chosen.documents * _NOTES_OF_A_DOCUMENT)
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder, "home")
        _prepare(home, notes, chosen.documents)
        with served(home, log_level="warning") as address:
            PageClient(address).ask("What is it about?")
            faults = 0
            each = len(notes) // max(1, len(chosen.users))
            for turn, users in enumerate(chosen.users):
                own = notes[turn * each : (turn + 1) * each]
                faults += _measure(address, users, own, chosen.pause)
            faults += _flood(address, notes[:_TOO_MANY])
    return int(faults > 0)


def _prepare(home: Path, notes: list[Note], count: int) -> None:
    if (home / "library.sqlite").exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder, "documents")
        write_documents(documents, count, 0, notes)
        index(documents, home)


def _measure(address: str, users: int, notes: Sequence[Note], pause: float) -> int:
    """Ask all questions, `users` at a time; the number of wrong or lost ones."""
    started = time.perf_counter()
    shares = [notes[user::users] for user in range(users)]
    told = _together(shares, lambda own: _one_user(address, own, pause))
    taken = time.perf_counter() - started
    busy = sum(one.is_busy for one in told)
    strays = _strays(address, told)
    load = os.getloadavg()[0]
    _say(
        f"{users} users at once, {pause:g} s between questions, {len(told)} questions, "
        f"{len(told) / taken:.1f} a second, load of the machine {load:.1f}"
    )
    _say_times("sources shown", [one.asked.to_sources for one in told if one.asked.to_sources is not None])
    _say_times("whole answer", [one.asked.to_end for one in told])
    _say(
        f"  {sum(one.is_answered for one in told)} answered with their own sentence, "
        f"{busy} told that the page is busy, {strays} with words of somebody else's answer"
    )
    return strays + busy + len(notes) - len(told)


def _one_user(address: str, notes: Iterable[Note], pause: float) -> list[_Told]:
    """One user, who begins anew with each question, so that no answer carries an earlier one."""
    page = PageClient(address)
    told = []
    for note in notes:
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 (nobody guesses it)
        told.append(_Told(note, page.begun_anew().ask(note.question)))
    return told


def _flood(address: str, notes: Sequence[Note]) -> int:
    """Everybody asks in the same moment; the number of those who got neither an answer nor a word."""
    clients = [PageClient(address) for _ in notes]
    together = Barrier(len(notes))

    def ask(pair: tuple[PageClient, Note]) -> list[_Told]:
        together.wait()
        return [_Told(pair[1], pair[0].ask(pair[1].question))]

    told = _together(list(zip(clients, notes, strict=True)), ask)
    refused = [one.asked.to_end for one in told if one.is_busy]
    lost = (
        len(notes)
        - len(refused)
        - sum(one.note.station in one.asked.shown for one in told if not one.is_busy)
    )
    _say(f"{len(notes)} users in the same moment: {len(refused)} told that the page is busy, {lost} lost")
    _say_times("told it is busy", refused)
    _say_times("whole answer", [one.asked.to_end for one in told if not one.is_busy])
    return lost


def _together(owned: Sequence[_Own], work: Callable[[_Own], list[_Told]]) -> list[_Told]:
    with ThreadPoolExecutor(len(owned)) as pool:
        return [told for some in pool.map(work, owned) for told in some]


def _strays(address: str, told: Sequence[_Told]) -> int:
    """Answers that name a station which the same question, asked alone, does not bring up."""
    known = {one.note.station for one in told}
    strays = 0
    for one in told:
        if one.is_busy:
            continue
        named = _stations(one.asked, known)
        if one.note.station not in named:
            strays += 1
        elif len(named) > 1:
            alone = PageClient(address).ask(one.note.question)
            strays += named != _stations(alone, known)
    return strays


def _stations(asked: Asked, known: set[str]) -> set[str]:
    return known & set(re.findall(r"\b[A-Z][a-z]{6}\b", asked.shown))


def _say_times(what: str, taken: Sequence[float]) -> None:
    if len(taken) > 1:
        p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[-1]
        _say(f"  {what:<16}p50 {p50:5.2f} s   p95 {p95:5.2f} s   slowest {max(taken):5.2f} s")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
