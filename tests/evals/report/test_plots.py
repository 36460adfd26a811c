import subprocess
import sys
from datetime import UTC, datetime
from xml.etree import ElementTree

from evals.figures.cases import Figure
from evals.report.plots import calibration_plot, latency_plot, risk_coverage_plot, trend_plot
from evals.report.trend import TREND_FIGURES, Trend, TrendPoint
from evals.running.run import CaseResult, Run
from tests.evals.made_runs import RUN
from tests.evals.seed_answers import VISA, case, declined

CRASHED = Run((CaseResult(case(VISA), None, "OSError: disk", 0.1),))


def point(day: int, value: float | None) -> TrendPoint:
    interval = None if value is None else (value - 0.1, value + 0.1)
    figures = {name: Figure(name, value, interval, 9) for name in TREND_FIGURES}
    return TrendPoint(datetime(2026, 1, day, tzinfo=UTC), figures)


def tags(svg: str | None) -> list[str]:
    assert svg is not None
    return [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()]  # noqa: S314 (our own)


def test_every_plot_is_a_drawing_that_loads_nothing() -> None:
    trend = Trend((point(1, 0.5), point(2, None), point(3, 0.7)), 0, 0)
    for svg in (risk_coverage_plot(RUN), calibration_plot(RUN), latency_plot(RUN), trend_plot(trend)):
        drawn = tags(svg)
        assert drawn[0] == "svg"
        assert drawn.count("path") > 20
        assert not {"script", "image"} & set(drawn)
        assert svg is not None
        assert 'href="http' not in svg
        assert "url(http" not in svg


def test_the_same_run_gives_the_same_drawing() -> None:
    assert calibration_plot(RUN) == calibration_plot(RUN)
    assert calibration_plot(RUN) != calibration_plot(Run(RUN.results[:1]))


def test_what_cannot_be_drawn_is_none() -> None:
    assert risk_coverage_plot(CRASHED) is None
    assert calibration_plot(CRASHED) is None
    assert latency_plot(CRASHED) is None
    assert risk_coverage_plot(Run((CaseResult(case(), declined(), None, 0.1),))) is None
    assert trend_plot(Trend((point(1, 0.5),), 0, 0)) is None


def test_a_time_of_zero_can_be_drawn() -> None:
    assert latency_plot(Run((CaseResult(case(), declined(), None, 0.0),))) is not None


def test_importing_the_plots_does_not_load_matplotlib() -> None:
    told = "import sys, evals.report.files; sys.exit('matplotlib' in sys.modules or 'jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
