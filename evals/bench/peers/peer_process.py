"""A program in a process of its own, as its adapter speaks: see `adapters.serving`."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.bench.peers.environments import Environment, Program, offline

_SECONDS_TO_END = 60


class PeerProcess:
    """What is asked of a running adapter, one thing after another."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **what: object) -> dict[str, Any]:
        """What it answers; raises RuntimeError when it has ended."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the adapter has no pipes")
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the adapter ended with status {self._process.wait()}")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def running(program: Program, environment: Environment, home: Path, log: Path) -> Iterator[PeerProcess]:
    """The program over a data folder; what it says beside its answers goes to the log."""
    command = [str(environment.python), "-m", f"evals.bench.peers.adapters.{program.adapter}", str(home)]
    with (
        log.open("a", encoding="utf-8") as said,
        subprocess.Popen(  # noqa: S603 (our own adapter)
            command,
            env=offline(program),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as process,
    ):
        try:
            yield PeerProcess(process)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(timeout=_SECONDS_TO_END)


def cold_search(
    program: Program, environment: Environment, home: Path, log: Path, question: str
) -> tuple[float, float | None]:
    """Seconds from the start of the process to the passages, and to an answer where it has one."""
    started = time.perf_counter()
    with running(program, environment, home, log) as peer:
        peer.ask(do="search", question=question, limit=5)
        found = time.perf_counter() - started
        answered = peer.ask(do="answer", question=question)["answer"] is not None
        return found, time.perf_counter() - started if answered else None
