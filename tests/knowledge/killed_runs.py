"""A program that indexes and is killed on the way: `python -m tests.knowledge.killed_runs`.

It imports what indexing needs once and then forks a process for each line that it reads, which dies as by
`kill -9` at the moment asked for. The product knows nothing of it: Python's profiler counts the moments.
"""

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from types import FrameType
from typing import Literal

from knowledge import indexing
from knowledge.dictionary import ChineseDictionary
from knowledge.errors import KnowledgeError
from knowledge.terms import terms
from knowledge.token_count import count_tokens
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import index, opened_stores

ROOT = Path(__file__).parents[2]
_PRODUCT = str(ROOT / "knowledge")
_BATCH_PASSAGES = 2  # so that few documents make many batches


@dataclass(frozen=True)
class Run:
    """A run over a data folder and documents, and when it is killed; without either it comes to its end."""

    home: Path
    documents: Path
    dictionary: Path
    task: Literal["index", "rebuild"] = "index"
    moment: int | None = None  # killed at this call, or return from one, in the code of the knowledge room
    seconds: float | None = None  # killed this long after its start
    largest_file: int | None = None  # bytes; beyond them no file can be written, as on a full disk


class Killer:
    """The program, started; it makes runs one after the other."""

    def __init__(self) -> None:
        self._program = Popen(
            [sys.executable, "-m", "tests.knowledge.killed_runs"],
            cwd=ROOT,
            stdin=PIPE,
            stdout=PIPE,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # a process with threads cannot be forked safely
        )

    def run(self, run: Run) -> int | KnowledgeError | None:
        """Make a run: how many moments it had, None when it was killed, or the error it ended with."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        print(json.dumps(asdict(run), default=str), file=self._program.stdin, flush=True)
        answer = self._program.stdout.readline().strip()
        if answer.startswith("refused "):
            return KnowledgeError(answer.removeprefix("refused "))
        assert answer == "killed" or answer.isdigit(), answer
        return None if answer == "killed" else int(answer)

    def close(self) -> None:
        """Let the program end."""
        with self._program:
            assert self._program.stdin is not None
            self._program.stdin.close()


@contextmanager
def _counted(moment: int | None) -> Iterator[list[int]]:
    """Counts the moments that go by in the block, and kills this process at the one that is given."""
    seen = [0]

    def count(frame: FrameType, _event: str, _argument: object) -> None:
        if frame.f_code.co_filename.startswith(_PRODUCT):
            seen[0] += 1
            if seen[0] == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    yield seen
    sys.setprofile(None)


def _make(run: Run) -> int:
    indexing._BATCH_PASSAGES = _BATCH_PASSAGES
    if run.seconds is not None:
        signal.setitimer(signal.ITIMER_REAL, run.seconds)  # its signal ends a process that handles it not
    if run.largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (run.largest_file, run.largest_file))
    with (
        closing(ChineseDictionary(run.dictionary)) as dictionary,
        _counted(run.moment) as seen,
        opened_stores(
            run.home, BagOfTermsEmbedder(), dictionary, fresh_indexes=run.task == "rebuild"
        ) as stores,
    ):
        if run.task == "rebuild":
            indexing.rebuild(stores, lambda _done, _total: None)
        else:
            index(stores, run.documents)
    return seen[0]


def _serve() -> None:
    count_tokens(" ".join(terms("Loaded once, and not by each child.")))
    for line in sys.stdin:
        asked = json.loads(line)
        paths = {name: Path(asked[name]) for name in ("home", "documents", "dictionary")}
        answers, answer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(answer, str(_make(Run(**asked | paths))).encode())
            except KnowledgeError as error:
                os.write(answer, f"refused {error}".encode())
            except BaseException:  # noqa: BLE001 (the process ends here; the test shows it)
                os.write(answer, traceback.format_exc().replace("\n", " | ").encode())
            os._exit(0)
        os.close(answer)
        with open(answers) as said:  # noqa: PTH123 (a pipe)
            outcome = said.read()
        os.waitpid(child, 0)
        print(outcome or "killed", flush=True)  # noqa: T201


if __name__ == "__main__":
    _serve()
