"""The child's side of the talk: one JSON object a line on standard input, one on standard output.

{"do": "index", "documents": FOLDER} -> {"passages": N}; {"do": "search", "question": Q, "limit": K} ->
{"passages": [TEXT]}; {"do": "answer", "question": Q} -> {"answer": TEXT or null}; each answer also tells the
"seconds" it took and the "memory" that the process has held at most so far, in MB.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol


class Peer(Protocol):
    """A program that has opened its data folder."""

    def index(self, documents: list[Path]) -> int:
        """Take text files in; how many passages they were cut into."""

    def search(self, question: str, limit: int) -> list[str]:
        """The texts of the passages found, best first."""

    def answer(self, question: str) -> str | None:
        """What it shows as the answer with no language model, None when it cannot answer without one."""


def serve(open_peer: Callable[[Path], AbstractContextManager[Peer]]) -> None:
    """Open the peer over the data folder named on the command line and do what standard input asks."""
    # Libraries print; only what is written to the original standard output is read.
    own = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(own, "w", encoding="utf-8") as answers, open_peer(Path(sys.argv[1])) as peer:
        for asked in _lines():
            started = time.perf_counter()
            told = _told(peer, asked)
            told["seconds"] = time.perf_counter() - started
            told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
            answers.write(json.dumps(told) + "\n")
            answers.flush()


def _told(peer: Peer, asked: dict[str, Any]) -> dict[str, Any]:
    if asked["do"] == "index":
        return {"passages": peer.index(sorted(Path(asked["documents"]).glob("*.txt")))}
    if asked["do"] == "search":
        return {"passages": peer.search(asked["question"], asked["limit"])}
    return {"answer": peer.answer(asked["question"])}


def _lines() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)
