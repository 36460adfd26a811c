import pytest

from evals.measures.latency import latency


def test_percentiles_are_interpolated_between_neighbours() -> None:
    measured = latency([0.4, 0.1, 0.3, 0.2, 1.4])  # sorted: .1 .2 .3 .4 1.4; p95 at rank 3.8 of 0..4
    assert measured is not None
    assert measured.p50 == pytest.approx(0.3)
    assert measured.p95 == pytest.approx(0.4 + 0.8 * 1.0)
    assert measured.cases == 5


def test_latency_does_not_apply_without_cases() -> None:
    assert latency([]) is None
