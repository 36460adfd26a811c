from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome
from evals.cases.case import Case
from evals.figures.cases import LOWER_IS_BETTER, NEITHER_IS_BETTER, Figure, figures_of, mean_figure
from evals.figures.confidence import confidence_figures
from evals.running.run import CaseResult
from tests.evals.seed_answers import ENVIRONMENT, GAPS, MARKET, VISA, answered, case, citation, declined


def result(asked: Case, answer: Answer | None, seconds: float = 0.1) -> CaseResult:
    return CaseResult(asked, answer, None if answer else "ValueError: broken", seconds)


def figures(*results: CaseResult) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures_of(results)}


RESULTS = (
    result(case(VISA), answered(citation(VISA)), 0.1),
    result(case(ENVIRONMENT, MARKET), answered(citation(ENVIRONMENT), citation(GAPS)), 0.2),
    result(case(VISA), declined(), 0.3),
    result(case(VISA), declined(outcome=Outcome.NEEDS_CLARIFICATION), 0.4),
    result(case(), declined(), 0.5),
    result(case(), answered(citation(VISA)), 0.6),
    result(case(VISA), None, 60.0),
)


@pytest.mark.parametrize(
    ("name", "value", "cases"),
    [
        ("recall@1", (1 + 1 / 2 + 0 + 0) / 4, 4),
        ("recall@5", (1 + 1 / 2 + 0 + 0) / 4, 4),
        ("reciprocal rank", (1 + 1 + 0 + 0) / 4, 4),
        ("gold among the quotes", 2 / 4, 4),
        ("all gold quoted", 1 / 4, 4),
        ("quote recall", (1 + 1 / 2) / 4, 4),
        ("quote precision", (1 + 1 / 2) / 2, 2),
        ("stray sentences", 1 / 2, 2),
        ("quotes exact", 1.0, 3),
        ("answerable answered", 2 / 4, 4),
        ("answerable declined", 1 / 4, 4),
        ("unanswerable declined", 1 / 2, 2),
        ("hallucination rate", 1 / 2, 2),
        ("answer rate", 3 / 6, 6),
        ("outcome right", 3 / 6, 6),
        ("seconds, p50", 0.35, 6),
        ("seconds, p95", 0.5 + 0.75 * 0.1, 6),  # rank 4.75 of 0..5
    ],
)
def test_a_figure_leaves_out_crashes_and_what_it_does_not_apply_to(
    name: str, value: float, cases: int
) -> None:
    figure = figures(*RESULTS)[name]
    assert figure.value == pytest.approx(value)
    assert figure.cases == cases


def test_a_mean_lies_in_its_interval_and_a_percentile_has_none() -> None:
    found = figures(*RESULTS)
    interval = found["outcome right"].interval
    assert interval is not None
    assert 0 <= interval[0] < 0.5 < interval[1] <= 1
    assert found["seconds, p95"].interval is None


def test_what_does_not_apply_is_none_and_not_zero() -> None:
    found = figures(result(case(), declined()))
    assert found["quote recall"] == Figure("quote recall", None, None, 0)
    assert found["answerable answered"].value is None
    assert found["unanswerable declined"] == Figure("unanswerable declined", 1.0, None, 1)


def test_crashes_alone_give_the_same_figures_without_values() -> None:
    crashed = figures_of([result(case(VISA), None)])
    assert [figure.name for figure in crashed] == [figure.name for figure in figures_of(RESULTS)]
    assert {figure.value for figure in crashed} == {None}


def test_a_mean_leaves_out_what_does_not_apply_and_is_seeded() -> None:
    found = mean_figure("share", [1.0, None, 0.0, 1.0, 1.0])
    assert (found.name, found.value, found.cases) == ("share", 0.75, 4)
    assert found.interval is not None
    assert found == mean_figure("share", (1.0, 0.0, 1.0, 1.0))
    assert mean_figure("share", [None]) == Figure("share", None, None, 0)
    assert mean_figure("share", [0.0]) == Figure("share", 0.0, None, 1)


def test_quotes_that_do_not_stand_and_facts_that_are_not_told_are_counted() -> None:
    moved = replace(citation(VISA), start=1)
    facts = (("visa-free", "visa free"), ("2019",))
    asked = replace(case(VISA), facts=facts)
    found = figures(result(asked, answered(citation(VISA), moved)), result(asked, declined()))
    assert found["quotes exact"] == Figure("quotes exact", 0.5, None, 1)
    assert (found["facts told"].value, found["facts told"].cases) == (0.25, 2)
    assert figures(*RESULTS)["facts told"] == Figure("facts told", None, None, 0)


def test_every_figure_that_is_said_to_have_a_direction_exists() -> None:
    every = {figure.name for figure in (*figures_of(RESULTS), *confidence_figures(RESULTS))}
    assert every >= LOWER_IS_BETTER | NEITHER_IS_BETTER
    assert not LOWER_IS_BETTER & NEITHER_IS_BETTER
