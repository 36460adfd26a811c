"""`kill -9` while the desk approves, replaces, removes, restores: no decision is lost or half done."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from knowledge import shelving
from knowledge.dictionary import ChineseDictionary
from knowledge.library import Library
from tests.assistant.desk.killed_desk import text_of
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import assert_at_rest, opened_stores

ROOT = Path(__file__).parents[3]
_AFTER = {"send": "waiting", "approve": "current", "remove": "removed", "restore": "current"}


@dataclass
class Decided:
    """What the desks of all runs have said, and what was found of it."""

    numbers: dict[str, int] = field(default_factory=dict)  # id -> the number in its text
    states: dict[str, str | None] = field(default_factory=dict)  # as said to be done, or seen
    open: tuple[str, str, str | None] | None = None  # verb, id, the one replaced: begun and not done
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_AFTER, 0))
    replaced: int = 0
    faults: list[str] = field(default_factory=list)
    undecided: int = 0  # kills that met a decision on its way
    gone_through: int = 0  # of those, how many were done in the end

    def note(self, lines: list[str]) -> None:
        for line in lines:
            word, verb, *named = line.split()
            if word == "failed":
                self.faults.append(line)
            elif word == "begun":
                self.open = (verb, named[0], named[1] if len(named) > 1 else None)
            elif verb == "send":
                self.numbers[named[0]], self.states[named[0]] = int(named[1]), "waiting"
                self.done[verb] += 1
            else:
                self._settle(verb, named[0], named[1] if len(named) > 1 else None)
                self.open = None

    def _settle(self, verb: str, id_: str, old: str | None) -> None:
        self.states[id_] = _AFTER[verb]
        self.done[verb] += 1
        if old is not None:
            self.states[old] = None
            self.replaced += 1

    def check(self, library: Library) -> None:
        """Each document is where it was decided to be; what was on its way is there or where it was."""
        if self.open is not None:
            verb, id_, old = self.open
            self.undecided += 1
            if library.state(id_) == _AFTER[verb]:
                self.gone_through += 1
                self._settle(verb, id_, old)
            self.open = None
        for id_, state in self.states.items():
            assert library.state(id_) == state, id_
            if state is not None:
                document = library.document(id_, state)
                assert document is not None
                assert document.text == text_of(self.numbers[id_])


def kill_one(home: Path, cache: Path, seed: str, seconds: float, decided: Decided) -> None:
    """Let a desk decide that long, counted from its first word, and kill it."""
    program = [sys.executable, "-m", "tests.assistant.desk.killed_desk", str(home), str(cache), seed]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    decided.note([line for line in lines if line.endswith("\n")])


def kill_often(home: Path, cache: Path, dictionary: ChineseDictionary, kills: int) -> Decided:
    decided, chance = Decided(), random.Random(6)  # noqa: S311
    for number in range(kills):
        kill_one(home, cache, str(number), chance.uniform(0.5, 2.5), decided)
        with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
            shelving.finish(stores, lambda _done, _total: None)
            assert_at_rest(stores)
            decided.check(stores.library)
    assert decided.faults == []
    return decided


def test_a_few_kills_lose_no_decision(tmp_path: Path, dictionary: ChineseDictionary, cache: Path) -> None:
    decided = kill_often(tmp_path / "home", cache, dictionary, 2)

    assert decided.done["send"] > 0


@pytest.mark.torture
def test_sixty_kills_lose_no_decision(tmp_path: Path, dictionary: ChineseDictionary, cache: Path) -> None:
    decided = kill_often(tmp_path / "home", cache, dictionary, 60)

    print(  # noqa: T201
        f"\nThe desk: 60 kills, done {decided.done}, {decided.replaced} of them in another's place; "
        f"{decided.undecided} kills met a decision on its way, {decided.gone_through} of those went through; "
        "0 lost, 0 half done"
    )
    assert decided.undecided > 20
