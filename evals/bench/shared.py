"""Several processes over one PostgreSQL and one Chroma server, each killed in turn while people ask.

Run it with `python -m evals.bench.shared`; it needs PostgreSQL and nginx on this machine. Two processes of
the page share library, records and vectors behind nginx; users ask as browsers do, without a pause, and ask
again when they are told of an error. Meanwhile a process of the page, the Chroma server and the database are
killed and started again. Every question names a station that one sentence of the library names, so that a
wrong or an empty answer can be told; every answer that the page said was kept must be in the records
afterwards.
"""

import argparse
import json
import re
import secrets
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException
from itertools import count
from pathlib import Path

from assistant.web.words import Words
from evals.bench.made_documents import Note, made_notes, write_documents
from evals.bench.own_app import AppProcess, run_command
from evals.bench.own_chroma import ChromaServer, chroma_server
from evals.bench.own_nginx import nginx
from evals.bench.own_postgres import PostgresServer, postgres_server
from evals.bench.page_client import PageClient

_NOTES_OF_A_DOCUMENT = 4
_DOWN_SECONDS = 5.0  # until what was killed is started again
_PAUSE_SECONDS = 0.2  # of a user who was told of an error
_TAG = re.compile(r"<[^>]*>")
_NOT_KEPT = Words("en")("records_not_kept")


@dataclass(frozen=True, slots=True)
class Try:
    """One time that a question was asked."""

    note: Note
    began: float
    ended: float
    told: str  # "right", "wrong", or what the page or the proxy said of an error
    is_kept: bool = False

    @property
    def is_error(self) -> bool:
        """Whether an error was told in place of an answer."""
        return self.told not in ("right", "wrong")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was killed and started again; moments of the clock of the tries."""

    name: str
    killed: float
    back: float  # when it answered by itself again


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when an answer was wrong or a kept one is lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1_000, help="answered in all (default 1000)")
    parser.add_argument("--users", type=int, default=8, help="at once (default 8)")
    parser.add_argument("--documents", type=int, default=10, help="of 40 passages each (default 10)")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(postgres_server())
        vectors = stack.enter_context(chroma_server(folder / "chroma"))
        url = database.new_database()
        settings = {"library": url, "records": url, "vectors": vectors.url, "log_level": "warning"}
        notes = _prepare(folder, settings, chosen.documents)
        apps = [AppProcess(folder / name, settings) for name in ("first", "second")]
        for app in apps:
            stack.callback(app.stop)
            app.start()
        address = stack.enter_context(nginx(folder / "nginx", [app.port for app in apps]))
        known = [note for note in notes if _asked(address, note).told == "right"]
        _say(f"{len(known)} of {len(notes)} stations are answered when nothing is wrong; these are asked for")
        tries, faults = _ask_all(
            address, known, chosen.questions, chosen.users, _faults(apps[0], vectors, database)
        )
        _report(tries, faults)
        return _compare(folder, settings, tries)


def _prepare(folder: Path, settings: dict[str, str], documents: int) -> list[Note]:
    """Index documents from a data folder of its own, and give each process a copy of its caches."""
    notes = made_notes(documents * _NOTES_OF_A_DOCUMENT)
    write_documents(folder / "documents", documents, 0, notes)
    indexer = folder / "indexer"
    run_command(indexer, settings, "index", str(folder / "documents"))
    for name in ("first", "second"):
        shutil.copytree(indexer, folder / name)
    return notes


def _faults(
    app: AppProcess, vectors: ChromaServer, database: PostgresServer
) -> list[tuple[str, Callable[[], None], Callable[[], None]]]:
    return [
        ("a process of the page", app.kill, app.start),
        ("the Chroma server", vectors.kill, vectors.start),
        ("PostgreSQL, restarted", database.stop, database.start),
        ("PostgreSQL, cut off", database.kill, database.start),
    ]


def _ask_all(
    address: str,
    notes: Sequence[Note],
    questions: int,
    users: int,
    faults: Sequence[tuple[str, Callable[[], None], Callable[[], None]]],
) -> tuple[list[Try], list[Fault]]:
    """Ask until so many questions are answered and all faults are over, one after the other meanwhile."""
    tries: list[Try] = []
    lock = threading.Lock()
    numbers = count()

    def answered() -> int:
        with lock:
            return sum(not one.is_error for one in tries)

    def one_user(_user: int) -> None:
        while answered() < questions or killing.is_alive():
            note = notes[next(numbers) % len(notes)]
            while True:
                asked = _asked(address, note)
                with lock:
                    tries.append(asked)
                if not asked.is_error:
                    break
                time.sleep(_PAUSE_SECONDS)

    done: list[Fault] = []

    def kill_in_turn() -> None:
        for turn, (name, kill, start) in enumerate(faults, start=1):
            while answered() < turn * questions // (len(faults) + 1):
                time.sleep(0.05)
            killed = time.monotonic()
            kill()
            time.sleep(_DOWN_SECONDS)
            start()
            done.append(Fault(name, killed, time.monotonic()))
            time.sleep(_DOWN_SECONDS)  # in which it is seen how soon all is well again

    killing = threading.Thread(target=kill_in_turn)
    killing.start()
    with ThreadPoolExecutor(users) as pool:
        list(pool.map(one_user, range(users)))
    killing.join()
    return tries, done


def _asked(address: str, note: Note) -> Try:
    """Ask once, from a browser that nobody has seen before."""
    began = time.monotonic()
    try:
        asked = PageClient(address, f"policy_route={secrets.token_hex(8)}").ask(note.question)
    except (RuntimeError, OSError, HTTPException, ValueError) as error:
        return Try(note, began, time.monotonic(), f"{type(error).__name__}: {error}"[:90])
    is_right = note.station in asked.shown and f"{note.days} days" in asked.transcript
    if asked.notice and _NOT_KEPT not in asked.notice:
        return Try(note, began, time.monotonic(), _TAG.sub("", asked.notice)[:90])
    is_kept = is_right and not asked.notice
    return Try(note, began, time.monotonic(), "right" if is_right else "wrong", is_kept)


def _report(tries: Sequence[Try], faults: Sequence[Fault]) -> None:
    told = Counter(one.told if not one.is_error else "error" for one in tries)
    right = [one.ended - one.began for one in tries if one.told == "right"]
    _say(
        f"{told['right']} answered rightly, {told['wrong']} wrongly, {told['error']} times told of an error "
        f"and asked again; a right answer p50 {statistics.median(right):.2f} s, slowest {max(right):.2f} s"
    )
    for fault, following in zip(faults, [*[one.killed for one in faults[1:]], float("inf")], strict=True):
        errors = [one for one in tries if one.is_error and fault.killed <= one.ended < following]
        good = [
            one
            for one in tries
            if one.told == "right" and one.began >= fault.killed and one.ended >= fault.back
        ]
        recovered = min((one.ended for one in good), default=float("nan")) - fault.back
        late = max((one.ended - fault.back for one in errors), default=0.0)
        slowest = max((one.ended - one.began for one in errors), default=0.0)
        _say(
            f"{fault.name}: down {fault.back - fault.killed:.1f} s, {len(errors)} errors, told within "
            f"{slowest:.1f} s; first answer {recovered:.1f} s and last error {late:.1f} s after it was back"
        )
    for kind, times in Counter(one.told for one in tries if one.is_error).most_common(8):
        _say(f"  {times:4} x {kind}")


def _compare(folder: Path, settings: dict[str, str], tries: Sequence[Try]) -> int:
    """Whether everything that was kept is in the records; 1 when it is not or an answer was wrong."""
    file = folder / "kept.json"
    run_command(folder / "indexer", settings, "records", "export", "local", str(file))
    stored = Counter(
        exchange["question"]
        for conversation in json.loads(file.read_text("utf-8"))["conversations"]
        for exchange in conversation["exchanges"]
    )
    kept = Counter(one.note.question for one in tries if one.is_kept)
    lost = sum((kept - stored).values())
    wrong = sum(one.told == "wrong" for one in tries)
    _say(f"{sum(kept.values())} said to be kept, {sum(stored.values())} in the records, {lost} lost")
    return int(lost > 0 or wrong > 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
