import pytest

from evals.measures.risk_coverage import risk_coverage


def test_four_cases_with_the_third_wrong() -> None:
    found = risk_coverage([0.9, 0.3, 0.7, 0.5], [True, True, True, False])
    assert found.points == ((0.25, 0.0), (0.5, 0.0), (0.75, 1 / 3), (1.0, 0.25))
    assert found.area == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)


def test_equal_confidences_come_in_together_whatever_their_order() -> None:
    one = risk_coverage([0.9, 0.5, 0.5], [True, True, False])
    other = risk_coverage([0.5, 0.9, 0.5], [False, True, True])
    assert one == other
    assert one.points == ((1 / 3, 0.0), (1.0, 1 / 3))
    assert one.area == pytest.approx(2 / 3 * 1 / 3)


def test_the_area_is_zero_without_an_error_and_one_without_a_success() -> None:
    assert risk_coverage([0.1, 0.2], [True, True]).area == 0.0
    assert risk_coverage([0.1, 0.2], [False, False]).area == 1.0


def test_a_wrong_case_of_high_confidence_costs_more() -> None:
    assert risk_coverage([0.9, 0.1], [False, True]).area == pytest.approx(0.75)
    assert risk_coverage([0.9, 0.1], [True, False]).area == pytest.approx(0.25)


def test_no_case_and_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one case"):
        risk_coverage([], [])
    with pytest.raises(ValueError, match="2 confidences for 1 cases"):
        risk_coverage([0.1, 0.2], [True])
