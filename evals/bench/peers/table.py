"""What was measured of each program, as a table: a row a figure, a column a program."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from evals.bench.peers.environments import Environment


@dataclass(slots=True)
class Figures:
    """One program: a value or list for each round."""

    environment: Environment
    characters: int  # of the made documents
    indexing: list[float] = field(default_factory=list)  # seconds
    cold: list[float] = field(default_factory=list)
    cold_answer: list[float] = field(default_factory=list)
    searches: list[list[float]] = field(default_factory=list)  # of each question
    answers: list[list[float]] = field(default_factory=list)
    ranks: dict[str, list[int | None]] = field(default_factory=dict)  # by kind of question
    passages: int = 0
    passage_length: float = 0.0
    indexing_memory: int = 0
    memory: int = 0


def table(figures: Mapping[str, Figures]) -> str:
    """A Markdown table."""
    kinds = dict.fromkeys(kind for one in figures.values() for kind in one.ranks)
    rows: dict[str, Callable[[Figures], str]] = {
        "version": lambda one: one.environment.version,
        "installed": lambda one: f"{one.environment.megabytes:,} MB",
        "of it for graphics processors": lambda one: f"{one.environment.for_graphics:,} MB",
        "cold: start of the process to passages found": lambda one: f"{statistics.median(one.cold):.2f} s",
        "cold: to a checked answer": lambda one: (
            f"{statistics.median(one.cold_answer):.2f} s" if one.cold_answer else "none without a model"
        ),
        "indexing, characters a second": lambda one: (
            f"{one.characters / statistics.median(one.indexing):,.0f}"
        ),
        "passages, mean characters of those found": lambda one: f"{one.passages:,}, {one.passage_length:.0f}",
        "warm search, p50 / p95": lambda one: _times(one.searches),
        "warm answer, p50 / p95": lambda one: _times(one.answers) if one.answers else "none without a model",
        "memory at most, indexing / asking": lambda one: f"{one.indexing_memory:,} / {one.memory:,} MB",
    }
    for kind in kinds:
        rows[f"{kind} questions: found first / among five"] = partial(_recall, kind)
    lines = [["what", *figures], ["---"] * (len(figures) + 1)]
    lines += [[what, *(of(one) for one in figures.values())] for what, of in rows.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _times(rounds: Sequence[Sequence[float]]) -> str:
    p50 = statistics.median(statistics.median(one) for one in rounds)
    p95 = statistics.median(statistics.quantiles(one, n=20, method="inclusive")[-1] for one in rounds)
    return f"{1000 * p50:.0f} / {1000 * p95:.0f} ms"


def _recall(kind: str, figures: Figures) -> str:
    ranks = figures.ranks[kind]
    first = sum(rank == 1 for rank in ranks)
    found = sum(rank is not None for rank in ranks)
    return f"{first / len(ranks):.2f} / {found / len(ranks):.2f}"
