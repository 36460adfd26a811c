"""The figures of a slice of a run, each with the number of cases it rests on and its interval."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Answer
from evals.measures.bootstrap import mean_interval
from evals.measures.fact_recall import fact_recall
from evals.measures.latency import latency
from evals.measures.outcome_accuracy import ANSWERED, DECLINED
from evals.measures.quote_precision_recall import QuoteMeasures
from evals.measures.recall_at_k import recall_at_k
from evals.measures.reciprocal_rank import reciprocal_rank
from evals.running.run import CaseResult

RECALL_DEPTHS = (1, 5, 10)
# Of all other figures, those of `confidence_figures` included, more is better.
NEITHER_IS_BETTER = frozenset({"answer rate"})
LOWER_IS_BETTER = frozenset(
    {
        "stray sentences",
        "answerable declined",
        "hallucination rate",
        "risk-coverage area",
        "calibration error",
        "seconds, p50",
        "seconds, p95",
    }
)
BOOTSTRAP_SEED = 15  # fixed, so that two runs with the same results print the same intervals


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `value` is None when no case of the slice has it, the interval when fewer than two have."""

    name: str
    value: float | None
    interval: tuple[float, float] | None  # 95 %, percentile bootstrap over cases; none for percentiles
    cases: int  # that the value rests on: crashed cases and those it does not apply to are not among them


def figures_of(results: Sequence[CaseResult]) -> tuple[Figure, ...]:
    """Every figure of these results, always the same ones in the same order.

    Quote figures are over answerable cases, a declined one having quoted nothing; precision and stray
    sentences only over those that quoted something; the hallucination rate is over unanswerable cases.
    Shares are 0..1, seconds are wall clock.
    """
    return (
        *_search_figures(results),
        *_quote_figures(results),
        *_outcome_figures(results),
        *_seconds(results),
    )


def _search_figures(results: Sequence[CaseResult]) -> list[Figure]:
    def values(depth: int) -> list[float | None]:
        return [recall_at_k(one.case, one.answer.considered, depth) for one in results if one.answer]

    ranks = [reciprocal_rank(one.case, one.answer.considered) for one in results if one.answer]
    return [
        *(mean_figure(f"recall@{depth}", values(depth)) for depth in RECALL_DEPTHS),
        mean_figure("reciprocal rank", ranks),
    ]


def _quote_figures(results: Sequence[CaseResult]) -> list[Figure]:
    quotes = [measured for one in results if (measured := one.quotes)]
    speaking = [measured for measured in quotes if measured.quotes_something]
    kinds: list[tuple[str, list[QuoteMeasures], Callable[[QuoteMeasures], float | None]]] = [
        ("gold among the quotes", quotes, lambda one: float(one.gold_among_quotes)),
        ("all gold quoted", quotes, lambda one: float(one.all_gold_quoted)),
        ("quote recall", quotes, lambda one: one.recall),
        ("quote precision", quotes, lambda one: one.precision),
        ("stray sentences", speaking, lambda one: float(one.strays)),
    ]
    answers = [(one.case, one.answer) for one in results if one.answer]
    return [
        *(mean_figure(name, [value_of(one) for one in chosen]) for name, chosen, value_of in kinds),
        mean_figure("quotes exact", [_exact(answer) for _case, answer in answers]),
        mean_figure("facts told", [fact_recall(case.facts, _words(answer)) for case, answer in answers]),
    ]


def _exact(answer: Answer) -> float | None:
    """Share of the citations whose quote stands at its place in the document, character by character."""
    citations = answer.citations
    return sum(citation.holds for citation in citations) / len(citations) if citations else None


def _words(answer: Answer) -> str:
    return "\n".join(sentence.text for sentence in answer.sentences)


def _outcome_figures(results: Sequence[CaseResult]) -> list[Figure]:
    met = [(one.case, one.answer.outcome) for one in results if one.answer]
    answerable = [outcome for case, outcome in met if case.answerable]
    unanswerable = [outcome for case, outcome in met if not case.answerable]
    return [
        mean_figure("answerable answered", [float(outcome in ANSWERED) for outcome in answerable]),
        mean_figure("answerable declined", [float(outcome in DECLINED) for outcome in answerable]),
        mean_figure("unanswerable declined", [float(outcome in DECLINED) for outcome in unanswerable]),
        mean_figure("hallucination rate", [float(outcome in ANSWERED) for outcome in unanswerable]),
        mean_figure("answer rate", [float(outcome in ANSWERED) for _case, outcome in met]),
        mean_figure(
            "outcome right", [float(right) for one in results if (right := one.outcome_is_right) is not None]
        ),
    ]


def _seconds(results: Sequence[CaseResult]) -> list[Figure]:
    measured = latency([one.seconds for one in results if one.answer])
    if measured is None:
        return [Figure("seconds, p50", None, None, 0), Figure("seconds, p95", None, None, 0)]
    return [
        Figure("seconds, p50", measured.p50, None, measured.cases),
        Figure("seconds, p95", measured.p95, None, measured.cases),
    ]


def mean_figure(name: str, values: Iterable[float | None]) -> Figure:
    """The mean of the values that are not None, with its seeded bootstrap interval; None without one."""
    applicable = [value for value in values if value is not None]
    if not applicable:
        return Figure(name, None, None, 0)
    interval = mean_interval(applicable, np.random.default_rng(BOOTSTRAP_SEED))
    return Figure(name, sum(applicable) / len(applicable), interval, len(applicable))
