"""How long a question takes: in a cold process, against importing sentence-transformers, and in a warm one.

Run it with `python -m evals.bench.questions`. The two cold commands take turns in one run, because the
speed of a machine drifts; the medians are compared.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.assembly import open_assistant
from assistant.settings import load_settings
from evals.cases.case import load_cases
from evals.command_line import SEED_CASES

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_QUESTION = "How should a favourable environment for service imports be created?"
_COLD = {
    "policy-assistant ask": [sys.executable, "-m", "assistant.command_line", "ask", _QUESTION],
    "import sentence_transformers": [sys.executable, "-c", "import sentence_transformers"],
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each cold command (default 5)")
    parser.add_argument(
        "--home", type=Path, help="a data folder: measure warm answers over its library alone"
    )
    chosen = parser.parse_args(arguments)
    if chosen.home:
        _warm({**os.environ, "POLICY_ASSISTANT_HOME": str(chosen.home)})
        return 0
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "POLICY_ASSISTANT_HOME": home}
        _run([sys.executable, "-m", "assistant.command_line", "index", str(_SEEDS)], environment)
        _cold(chosen.rounds, environment)
        _warm(environment)
    return 0


def _cold(rounds: int, environment: dict[str, str]) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in _COLD}
    for turn in range(rounds + 1):
        for name, command in _COLD.items():
            taken = _run(command, environment)
            if turn:  # the first turn only warms the disk's cache
                seconds[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    sys.stdout.write(f"cold process, median of {rounds}\n")
    for name, median in medians.items():
        sys.stdout.write(f"  {name:<30}{median:7.2f} s\n")
    asked, imported = medians.values()
    sys.stdout.write(f"  {'ratio':<30}{asked / imported:7.2f}\n")


def _warm(environment: dict[str, str]) -> None:
    first, whole = [], []
    steps_taken: dict[str, list[float]] = {}
    with open_assistant(load_settings(environment), "bench") as assistant:
        for case in load_cases(SEED_CASES):
            started = time.perf_counter()
            steps = assistant.steps(case.question, case.conversation)
            next(steps)  # the sources
            first.append(time.perf_counter() - started)
            *_, answer = steps
            whole.append(time.perf_counter() - started)
            assert isinstance(answer, Answer)  # noqa: S101 (the last step by construction)
            for step, seconds in answer.seconds:
                steps_taken.setdefault(step, []).append(seconds)
    sys.stdout.write(f"warm process, {len(whole)} questions of the seed cases\n")
    for name, taken in (("sources shown", first), ("whole answer", whole)):
        p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        sys.stdout.write(f"  {name:<16}p50 {p50 * 1000:6.0f} ms   p95 {p95 * 1000:6.0f} ms\n")
    for step, taken in steps_taken.items():
        sys.stdout.write(f"  of it {step:<10}p50 {statistics.median(taken) * 1000:6.0f} ms\n")


def _run(command: Sequence[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 (our own commands)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
