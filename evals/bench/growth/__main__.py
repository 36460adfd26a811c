"""What a library costs as it grows: `python -m evals.bench.growth --folder FOLDER --sizes 1000 10000 100000`.

Each size is a library that is made once in the folder and kept there. The sizes take turns, `--rounds` times,
each time in a process of its own; the medians are compared. Up to `--clauses` passages have vectors of the
model; those of the others are sampled from them, as `sampled_vectors` says.
"""

import argparse
import functools
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.bench.growth.clauses import OF_A_DOCUMENT, known_clauses
from evals.bench.growth.documents import OF_A_FOLDER
from evals.bench.growth.made_library import is_made, make
from evals.bench.growth.table import Measured, plotted, table

_SIZES = (1_000, 10_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is not made yet, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.growth", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the libraries lie and stay")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="passages, in thousands")
    parser.add_argument("--clauses", type=int, default=10_000, help="that the model embeds (default 10000)")
    parser.add_argument("--questions", type=int, default=200, help="asked of each size (default 200)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each size (default 5)")
    parser.add_argument("--plots", type=Path, help="folder for the plots, such as docs/images")
    chosen = parser.parse_args(arguments)
    if any(size % OF_A_FOLDER for size in chosen.sizes) or chosen.clauses % OF_A_DOCUMENT:
        parser.error(f"sizes come in steps of {OF_A_FOLDER}, clauses in steps of {OF_A_DOCUMENT}")
    folder, sizes = chosen.folder.resolve(), sorted(set(chosen.sizes))
    folder.mkdir(parents=True, exist_ok=True)
    clauses = functools.cache(lambda: known_clauses(chosen.clauses))
    for size, smaller in zip(sizes, [None, *sizes], strict=False):
        if not is_made(folder, size):
            _say(f"making the library of {size:,} passages")
            made = make(folder, size, smaller, clauses, _say)
            rate = made.passages / max(1e-9, made.seconds - made.embedding)
            _say(f"  {made.passages:,} in {made.seconds:.0f} s; {rate:.0f} a second without the embedder")
    measured = {size: Measured() for size in sizes}
    for turn in range(chosen.rounds):
        for size in sizes:
            _say(f"round {turn + 1}, {size:,} passages")
            measured[size].rounds.append(_asked("measures", folder, size, chosen.questions))
    for size in sizes:
        _say(f"looking at all {size:,} passages")
        measured[size].look = _asked("looks", folder, size, chosen.questions)
    sys.stdout.write(table(measured))
    if chosen.plots:
        for name, svg in plotted(measured).items():
            (chosen.plots / name).write_text(svg, encoding="utf-8")
    return 0


def _asked(module: str, folder: Path, size: int, questions: int) -> dict[str, Any]:
    command = [sys.executable, "-m", f"evals.bench.growth.{module}", str(folder), str(size), str(questions)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
