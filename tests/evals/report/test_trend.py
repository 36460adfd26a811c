import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evals.report.trend import trend_of
from evals.running.run import Run
from tests.evals.made_runs import RUN, record_of


def keep(folder: Path, name: str, record: dict[str, Any] | str) -> None:
    text = record if isinstance(record, str) else json.dumps(record)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    folder = tmp_path / "runs"
    folder.mkdir()
    return folder


def on(day: int) -> datetime:
    return datetime(2026, 1, day, tzinfo=UTC)


def test_runs_of_the_same_cases_stand_in_the_order_of_their_dates(tmp_path: Path, runs: Path) -> None:
    turned = Run(RUN.results[::-1])
    keep(runs, "b.json", record_of(tmp_path, turned, date=on(2)))
    keep(runs, "a.json", record_of(tmp_path, date=on(3)))
    now = record_of(tmp_path, date=on(4))
    trend = trend_of(now, runs)

    assert [point.date.day for point in trend.points] == [2, 3, 4]
    assert (trend.others, trend.unreadable) == (0, 0)
    right = trend.points[0].figures["outcome right"]
    assert (right.value, right.cases) == (1.0, 3)


def test_the_run_at_hand_is_there_once_written_or_not(tmp_path: Path, runs: Path) -> None:
    now = record_of(tmp_path, date=on(4))
    assert len(trend_of(now, runs).points) == 1
    keep(runs, "now.json", now)
    assert len(trend_of(now, runs).points) == 1


def test_runs_of_other_cases_are_left_out_and_counted(tmp_path: Path, runs: Path) -> None:
    keep(runs, "changed.json", record_of(tmp_path, date=on(2), cases=b"other"))
    keep(runs, "part.json", record_of(tmp_path, Run(RUN.results[:2]), date=on(3)))
    trend = trend_of(record_of(tmp_path, date=on(4)), runs)
    assert (len(trend.points), trend.others, trend.unreadable) == (1, 2, 0)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"text"', "null", "\ufeff{}"])
def test_a_file_that_is_no_record_is_left_out_and_counted(text: str, tmp_path: Path, runs: Path) -> None:
    keep(runs, "odd.json", text)
    trend = trend_of(record_of(tmp_path, date=on(4)), runs)
    assert (len(trend.points), trend.others, trend.unreadable) == (1, 0, 1)


def test_a_record_that_was_mended_by_hand_and_lost_something_is_left_out(tmp_path: Path, runs: Path) -> None:
    whole = record_of(tmp_path, date=on(2))
    lost: tuple[tuple[str, object], ...] = (
        ("slices", []),
        ("date", "yesterday"),
        ("cases", [{}]),
        ("date", "2026-01-01T00:00:00"),
    )
    for number, (key, value) in enumerate(lost):
        keep(runs, f"{number}.json", {**whole, key: value})
    assert trend_of(record_of(tmp_path, date=on(4)), runs).unreadable == 4


def test_a_record_without_one_of_the_figures_has_no_value_for_it(tmp_path: Path, runs: Path) -> None:
    old = record_of(tmp_path, date=on(2))
    del old["slices"][0]["figures"]["outcome right"]
    keep(runs, "old.json", old)
    first, _now = trend_of(record_of(tmp_path, date=on(4)), runs).points
    assert first.figures["outcome right"].value is None
