"""A report as one HTML file that needs no other: styles inside, plots as data, no script, nothing remote."""

import base64
from dataclasses import dataclass
from pathlib import Path

from evals.report.trend import Trend
from evals.report.view import BARS, ReportView

_TEMPLATE = "template.html"


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with what a reader is told about it; without a drawing only that is shown."""

    title: str
    told: str  # also read out in place of the drawing
    svg: str | None

    @property
    def source(self) -> str | None:
        """The drawing as a data address."""
        if self.svg is None:
            return None
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode("utf-8")).decode("ascii")


def html_report(view: ReportView, plots: tuple[Plot, ...], trend: Trend) -> str:
    """The whole page; every text of a document, a question or an error in it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template(_TEMPLATE)
    return page.render(view=view, plots=plots, trend=trend, bar_names=BARS)
