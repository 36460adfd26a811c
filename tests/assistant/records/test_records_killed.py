"""R13: `kill -9` while eight writers keep, rate and delete, in one growing file."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
_MOST_SECONDS = 5.0


@dataclass
class Acknowledged:
    """What the writers of all runs have acknowledged, and what was found of it afterwards."""

    kept: dict[str, str] = field(default_factory=dict)  # exchange -> conversation
    rated: set[str] = field(default_factory=set)
    may_be_gone: set[str] = field(default_factory=set)  # conversations that somebody began to delete
    gone: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    kills: int = 0
    slowest_opening: float = 0.0

    def note(self, lines: list[str]) -> None:
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "kept":
                conversation, exchange = rest.split()
                self.kept[exchange] = conversation
            elif word == "rated":
                self.rated.add(rest)
            elif word == "deleting":
                self.may_be_gone.add(rest)
            elif word == "deleted":
                self.gone.add(rest)
            else:
                self.errors.append(line)

    def check(self, path: Path) -> None:
        """Nothing acknowledged is lost, and what was deleted is gone from the bytes, after a kill."""
        since = time.monotonic()
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            held = {exchange for (exchange,) in database.execute("SELECT id FROM exchanges")}
            conversations = {id_ for (id_,) in database.execute("SELECT id FROM conversations")}
            rated = {exchange for (exchange,) in database.execute("SELECT exchange FROM feedback")}
        self.slowest_opening = max(self.slowest_opening, time.monotonic() - since)
        standing = {one for one, conversation in self.kept.items() if conversation not in self.may_be_gone}
        assert standing - held == set()
        assert (self.rated & standing) - rated == set()
        assert conversations & self.gone == set()
        assert self.errors == []


def kill_writers(path: Path, acknowledged: Acknowledged, seconds: float) -> None:
    """Let the writers work that long, counted from their first word, and kill them."""
    program = [sys.executable, "-m", "tests.assistant.records.killed_writers", str(path)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.readlines()]
    assert process.returncode == -signal.SIGKILL
    acknowledged.note([line.removesuffix("\n") for line in lines if line.endswith("\n")])
    acknowledged.kills += 1


def kill_often(path: Path, kills: int) -> Acknowledged:
    acknowledged, chance = Acknowledged(), random.Random(13)  # noqa: S311
    for _ in range(kills):
        kill_writers(path, acknowledged, chance.uniform(0.0, 0.5))
        acknowledged.check(path)
    return acknowledged


def test_a_few_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    done = kill_often(tmp_path / "records.sqlite", 3)

    assert len(done.kept) > 10


@pytest.mark.torture
def test_a_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    done = kill_often(tmp_path / "records.sqlite", 100)

    megabytes = (tmp_path / "records.sqlite").stat().st_size / 1e6
    kept, rated, deleted = len(done.kept), len(done.rated), len(done.gone)
    print(  # noqa: T201
        f"\nR13: {done.kills} kills, {kept:,} kept, {rated:,} rated, {deleted:,} deleted; 0 lost, 0 errors; "
        f"opened and checked in {done.slowest_opening:.2f} s at most, {megabytes:.0f} MB"
    )
    assert done.kills == 100
    assert done.slowest_opening <= _MOST_SECONDS
