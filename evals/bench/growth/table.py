"""What was measured at each size, as a table to read and as plots of cost against size."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from evals.report.plots import growth_plot


@dataclass(slots=True)
class Measured:
    """One size: what each round's process said, and what the look at everything said."""

    rounds: list[dict[str, Any]] = field(default_factory=list)
    look: dict[str, Any] = field(default_factory=dict)

    def median(self, name: str) -> float:
        """The median of the rounds, in seconds or MB."""
        return statistics.median(float(one[name]) for one in self.rounds)

    def p50(self, what: str) -> float:
        """Milliseconds: the median over the rounds of each round's median over the questions."""
        return self._median_of(what, statistics.median)

    def p95(self, what: str) -> float:
        """Milliseconds, the same of the 95th percentile."""
        return self._median_of(what, lambda taken: statistics.quantiles(taken, n=20, method="inclusive")[-1])

    def _median_of(self, what: str, of_a_round: Callable[[list[float]], float]) -> float:
        return 1000 * statistics.median(of_a_round(one["seconds"][what]) for one in self.rounds)


def table(measured: Mapping[int, Measured]) -> str:
    """A Markdown table: a row a figure, a column a size, and how much the last is of the one before."""
    sizes = sorted(measured)
    rows = [
        ["what", *(f"{size:,}" for size in sizes), "growth"],
        ["---"] * (len(sizes) + 2),
    ]
    for what in measured[sizes[0]].rounds[0]["seconds"]:
        shown = [f"{measured[size].p50(what):.1f} / {measured[size].p95(what):.1f} ms" for size in sizes]
        rows.append([f"{what}, p50 / p95", *shown, _growth([measured[size].p50(what) for size in sizes])])
    for name, (value, unit) in _FIGURES.items():
        values = [value(measured[size]) for size in sizes]
        rows.append([name, *(f"{one:{unit}}" for one in values), _growth(values)])
    for store in measured[sizes[0]].look["disk"]:
        values = [measured[size].look["disk"][store] for size in sizes]
        rows.append([f"disk, {store}", *(f"{one:,.0f} MB" for one in values), _growth(values)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


_FIGURES: dict[str, tuple[Callable[[Measured], float], str]] = {
    "opening, s": (lambda one: one.median("opening"), ".2f"),
    "first search after opening, s": (lambda one: one.median("first"), ".2f"),
    "memory of the process, MB": (lambda one: one.median("memory"), ",.0f"),
    "nearest ten that the graph finds": (lambda one: float(one.look["recall"]), ".4f"),
    "second look at unchanged files, s": (lambda one: float(one.look["again"]), ".2f"),
    "one new document indexed, s": (lambda one: float(one.look["one more"]), ".2f"),
    "first search after that, s": (lambda one: float(one.look["after a change"]), ".2f"),
}


def _growth(values: list[float]) -> str:
    steps = [f"x {after / before:.1f}" if before else "" for before, after in pairwise(values)]
    return ", ".join(steps)


def plotted(measured: Mapping[int, Measured]) -> dict[str, str]:
    """The plots by file name, SVG."""
    sizes = sorted(measured)

    def lines(*names: str) -> dict[str, list[tuple[float, float]]]:
        return {name: [(size, measured[size].p50(name)) for size in sizes] for name in names}

    return {
        "growth-search.svg": growth_plot(
            lines("search", "meaning", "keywords", "library, ten passages"), "passages", "median, ms"
        ),
        "growth-filters.svg": growth_plot(
            lines(
                "search, one document",
                "search, one issuer of twenty",
                "search, one language",
                "search, a hundredth may be read",
            ),
            "passages",
            "median, ms",
        ),
        "growth-memory.svg": growth_plot(
            {
                "memory of the process": [(size, measured[size].median("memory")) for size in sizes],
                "disk": [(size, float(sum(measured[size].look["disk"].values()))) for size in sizes],
            },
            "passages",
            "MB",
        ),
    }
