import pytest

from assistant.answer import Answer
from evals.cases.case import Case
from evals.figures.cases import Figure
from evals.figures.confidence import confidence_figures
from evals.running.run import CaseResult
from tests.evals.seed_answers import VISA, answered, case, citation, declined


def result(asked: Case, answer: Answer | None) -> CaseResult:
    return CaseResult(asked, answer, None if answer else "OSError: disk", 0.1)


def figures(*results: CaseResult) -> dict[str, Figure]:
    return {figure.name: figure for figure in confidence_figures(results)}


RESULTS = (
    result(case(VISA), answered(citation(VISA), confidence=0.9)),
    result(case(VISA), declined(confidence=0.3)),
    result(case(), answered(citation(VISA), confidence=0.7)),
    result(case(), declined(confidence=0.1)),
    result(case(VISA), None),
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("balanced accuracy", (1 / 2 + 1 / 2) / 2),
        ("confidence AUROC", 3 / 4),  # .3 of the answerable ones stands below .7
        ("risk-coverage area", (0 + 1 / 2 + 1 / 3 + 2 / 4) / 4),
        ("calibration error", (0.1 + 0.7 + 0.7 + 0.1) / 4),  # each in a bin of its own
    ],
)
def test_four_answers_with_one_of_each_kind_on_the_wrong_side(name: str, value: float) -> None:
    figure = figures(*RESULTS)[name]
    assert figure.value == pytest.approx(value)
    assert figure.cases == 4
    assert figure.interval is not None
    assert figure.interval[0] <= value <= figure.interval[1]


def test_the_same_results_give_the_same_intervals() -> None:
    assert figures(*RESULTS) == figures(*RESULTS)


def test_what_does_not_apply_is_none_and_not_zero() -> None:
    alone = figures(result(case(), declined(confidence=0.2)))
    assert alone["balanced accuracy"] == Figure("balanced accuracy", None, None, 0)
    assert alone["confidence AUROC"].value is None
    assert alone["risk-coverage area"] == Figure("risk-coverage area", 1.0, None, 1)
    assert {figure.value for figure in confidence_figures([result(case(), None)])} == {None}
    assert len(confidence_figures([])) == 4
