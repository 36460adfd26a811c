"""How far the confidence of the answers can be trusted, and how good the decision taken with it is."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer
from evals.cases.case import Case
from evals.figures.cases import BOOTSTRAP_SEED, Figure
from evals.measures.answer_rates import answer_rates
from evals.measures.bootstrap import statistic_interval
from evals.measures.claim_agreement import auroc, expected_calibration_error
from evals.measures.risk_coverage import risk_coverage
from evals.running.run import CaseResult

Asked = tuple[Case, Answer]


def confidence_figures(results: Sequence[CaseResult]) -> tuple[Figure, ...]:
    """Figures over the confidences and outcomes of these results, always the same ones; crashes left out.

    The confidence is that the documents answer the question, so it is measured against whether they do;
    the risk of the risk-coverage curve is that of answering a question that they do not answer.
    """
    asked = [(one.case, one.answer) for one in results if one.answer]
    return tuple(_figure(name, measure, asked) for name, measure in _MEASURES.items())


def _decisions(asked: Sequence[Asked]) -> float | None:
    return answer_rates((case.answerable, answer.outcome) for case, answer in asked).balanced_accuracy


def _auroc(asked: Sequence[Asked]) -> float | None:
    return auroc(*_confidences(asked))


def _risk_coverage_area(asked: Sequence[Asked]) -> float | None:
    return risk_coverage(*_confidences(asked)).area if asked else None


def _calibration_error(asked: Sequence[Asked]) -> float | None:
    return expected_calibration_error(*_confidences(asked))


def _confidences(asked: Sequence[Asked]) -> tuple[list[float], list[bool]]:
    return [answer.confidence for _, answer in asked], [case.answerable for case, _ in asked]


_MEASURES: dict[str, Callable[[Sequence[Asked]], float | None]] = {
    "balanced accuracy": _decisions,
    "confidence AUROC": _auroc,
    "risk-coverage area": _risk_coverage_area,
    "calibration error": _calibration_error,
}


def _figure(name: str, measure: Callable[[Sequence[Asked]], float | None], asked: Sequence[Asked]) -> Figure:
    value = measure(asked)
    if value is None:
        return Figure(name, None, None, 0)

    def of_drawn(places: NDArray[np.int64]) -> float | None:
        return measure([asked[place] for place in places])

    interval = statistic_interval(len(asked), of_drawn, np.random.default_rng(BOOTSTRAP_SEED))
    return Figure(name, value, interval, len(asked))
