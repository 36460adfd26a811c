import pytest

from evals.figures.cases import Figure
from evals.report.numbers import aligned, figure_of_record, with_interval


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("outcome right", 0.875, (0.8264, 0.92), 40), "87.5 [82.6, 92.0]"),
        (Figure("outcome right", 1.0, None, 1), "100.0"),
        (Figure("stray sentences", 0.734, (0.5, 1.0), 40), "0.73 [0.50, 1.00]"),
        (Figure("seconds, p95", 0.0512, None, 40), "0.05"),
        (Figure("facts told", None, None, 0), "–"),
    ],
)
def test_shares_are_percent_and_counts_are_not(figure: Figure, text: str) -> None:
    assert with_interval(figure) == text


def test_a_figure_is_read_back_from_a_record() -> None:
    assert figure_of_record("x", {"value": 0.5, "low": 0.4, "high": 0.6, "cases": 9}) == Figure(
        "x", 0.5, (0.4, 0.6), 9
    )
    assert figure_of_record("x", {"value": 0.0, "low": None, "high": None, "cases": 1}) == Figure(
        "x", 0.0, None, 1
    )
    assert figure_of_record("x", {"value": None, "low": None, "high": None, "cases": 0}).value is None
    assert figure_of_record("x", None) == Figure("x", None, None, 0)


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert aligned([["a", "1"], ["bcd", "234"], ["e", ""]]) == "a      1\nbcd  234\ne"
