"""How the windows of a question are best shared among processors: one on each, or all of them on one.

Run it with `python -m evals.bench.reader`. Both ways take turns in one run, on windows of the usual length,
for a question of one window and for one of three: a question alone, then four at the same time. The product
gives all processors to a single window while nobody else reads, else one to each.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from knowledge.reader import reader_file

_TOKENS, _WINDOWS = 220, (1, 3)  # of a window; windows of one question
_ALONE, _TOGETHER, _AT_ONCE = 25, 5, 4  # repetitions; rounds; questions at the same time


def _session(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(reader_file()), options, providers=["CPUExecutionProvider"])


def _window(tokens: int) -> dict[str, Any]:
    vectors = np.random.default_rng(tokens).normal(scale=0.05, size=(1, tokens, 384)).astype(np.float32)
    ones = np.ones((1, tokens), np.int64)
    return {"word_vectors": vectors, "types": ones, "mask": ones}


def _ways(processors: int, count: int) -> dict[str, Callable[[], object]]:
    windows = [_window(_TOKENS)] * count
    one, all_ = _session(1), _session(processors)
    shared, in_turn = ThreadPoolExecutor(processors), threading.Lock()

    def one_a_window() -> object:
        return list(shared.map(lambda window: one.run(None, window), windows))

    def all_on_one_window() -> object:
        with in_turn:
            return [all_.run(None, window) for window in windows]

    return {"a processor a window": one_a_window, "all on one window": all_on_one_window}


def main() -> int:
    """Print milliseconds a question, median, for both ways."""
    for count in _WINDOWS:
        sys.stdout.write(f"{count} windows of {_TOKENS} tokens\n")
        _compare(_ways(2, count))
    return 0


def _compare(ways: dict[str, Callable[[], object]]) -> None:
    alone: dict[str, list[float]] = {name: [] for name in ways}
    together: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_ALONE):
        for name, read in ways.items():
            start = time.perf_counter()
            read()
            alone[name].append(time.perf_counter() - start)
    for _ in range(_TOGETHER):
        for name, read in ways.items():
            with ThreadPoolExecutor(_AT_ONCE) as askers:
                start = time.perf_counter()
                asked = [askers.submit(read) for _ in range(4 * _AT_ONCE)]
                for one in asked:
                    one.result()
                together[name].append((time.perf_counter() - start) / len(asked))
    for name in ways:
        single, four = (1e3 * statistics.median(some[name]) for some in (alone, together))
        sys.stdout.write(f"{name:<22} alone {single:4.0f} ms   four at once {four:4.0f} ms a question\n")


if __name__ == "__main__":
    sys.exit(main())
