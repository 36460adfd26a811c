from collections.abc import Sequence

import pytest

from evals.public.result import statistic_figure


def share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values)


def test_a_statistic_has_its_value_and_an_interval_around_it_that_repeats() -> None:
    values = [True] * 30 + [False] * 10
    figure = statistic_figure("share", share, values)
    assert (figure.name, figure.value, figure.cases) == ("share", 0.75, 40)
    assert figure.interval is not None
    low, high = figure.interval
    # Two standard errors of a share of 0.75 in 40 cases are 0.137.
    assert low == pytest.approx(0.75 - 0.137, abs=0.03)
    assert high == pytest.approx(0.75 + 0.137, abs=0.03)
    assert statistic_figure("share", share, values) == figure


def test_columns_are_resampled_together() -> None:
    def differences(one: Sequence[int], other: Sequence[int]) -> float | None:
        return float(max(abs(int(a) - int(b)) for a, b in zip(one, other, strict=True)))

    assert statistic_figure("d", differences, range(9), range(9)).interval == (0.0, 0.0)


def test_without_cases_or_where_it_does_not_apply_there_is_no_value() -> None:
    assert statistic_figure("share", share, []).value is None
    assert statistic_figure("none", lambda _: None, [1, 2]).interval is None
