"""Side by side with the peers: `python -m evals.bench.peers --folder FOLDER`.

Installing needs the package registry, once for each program, into FOLDER; from then on everything is offline.
The programs take turns in one run. A program that cannot be installed or asked is told of and left out.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench.peers.environments import PROGRAMS, Environment, Program, default_python, environment
from evals.bench.peers.material import MADE, SHIPPED, Asked, rank_of, write_material
from evals.bench.peers.peer_process import cold_search, running
from evals.bench.peers.table import Figures, table

_LIMIT = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Install what is missing, measure, and print the table; 1 when a program was left out."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.peers", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="for environments and indexes")
    parser.add_argument("--documents", type=int, default=12, help="made, of 40 articles (default 12)")
    parser.add_argument("--questions", type=int, default=100, help="asked of each (default 100)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each timing (default 5)")
    parser.add_argument(
        "--python", action="append", default=[], metavar="ADAPTER=PATH", help="another interpreter for one"
    )
    chosen = parser.parse_args(arguments)
    pythons = dict(one.split("=", 1) for one in chosen.python)
    folder = chosen.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    asked, characters = write_material(folder, chosen.documents, chosen.questions)
    figures: dict[str, Figures] = {}
    ready: list[tuple[Program, Environment]] = []
    for program in PROGRAMS:
        try:
            python = pythons.get(program.adapter, default_python())
            ready.append((program, environment(program, folder, python)))
            figures[program.name] = Figures(ready[-1][1], characters)
        except (subprocess.CalledProcessError, OSError) as error:
            _say(f"{program.name} is left out, it could not be installed: {error}")
    for turn in range(chosen.rounds):
        for program, place in list(ready):
            _say(f"round {turn + 1}, {program.name}")
            try:
                _round(program, place, folder, asked, figures[program.name])
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                _say(f"{program.name} is left out: {error}; see {_log(folder, program)}")
                ready.remove((program, place))
                del figures[program.name]
    sys.stdout.write(table(figures))
    return int(len(ready) < len(PROGRAMS))


def _round(
    program: Program, place: Environment, folder: Path, asked: Sequence[Asked], figures: Figures
) -> None:
    """One turn: index anew, start cold, ask everything warm."""
    home, log = folder / f"home-{program.name.replace(' ', '-')}", _log(folder, program)
    shutil.rmtree(home, ignore_errors=True)
    with running(program, place, home, log) as peer:
        peer.ask(do="index", documents=str(folder / SHIPPED))  # loads models and libraries
        told = peer.ask(do="index", documents=str(folder / MADE))
    figures.indexing.append(told["seconds"])
    figures.passages, figures.indexing_memory = told["passages"], told["memory"]
    found, answered = cold_search(program, place, home, log, asked[0].question)
    figures.cold.append(found)
    if answered is not None:
        figures.cold_answer.append(answered)
    with running(program, place, home, log) as peer:
        peer.ask(do="search", question=asked[0].question, limit=_LIMIT)
        searched = [peer.ask(do="search", question=one.question, limit=_LIMIT) for one in asked]
        figures.memory = searched[-1]["memory"]
        if peer.ask(do="answer", question=asked[0].question)["answer"] is not None:
            answers = [peer.ask(do="answer", question=one.question) for one in asked]
            figures.answers.append([one["seconds"] for one in answers])
            figures.memory = answers[-1]["memory"]
    figures.searches.append([one["seconds"] for one in searched])
    figures.ranks = {
        kind: [
            rank_of(one.gold, told["passages"])
            for one, told in zip(asked, searched, strict=True)
            if one.kind == kind
        ]
        for kind in dict.fromkeys(one.kind for one in asked)
    }
    figures.passage_length = statistics.mean(len(text) for told in searched for text in told["passages"])


def _log(folder: Path, program: Program) -> Path:
    return folder / f"{program.adapter}.log"


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
