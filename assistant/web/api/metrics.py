"""Figures for those who run it, in the form that Prometheus reads: how much, how long, what came of it.

No label holds words that a person wrote: routes are patterns, outcomes and steps are names of this program.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from assistant.answer import Answer
from assistant.errors import BadQuestion, Busy, NoSuchDocuments, TooManyQuestions

WayIn = Literal["page", "rest", "openai", "mcp"]
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 3.0, 5.0, 10.0, 30.0, 60.0)

_FAILURES = {BadQuestion: "refused", NoSuchDocuments: "refused", TooManyQuestions: "too_many", Busy: "busy"}


class Metrics:
    """The figures of one application since it was started; safe to use from several threads."""

    def __init__(self, held: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "policy_assistant_requests",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._asks = Counter(
            "policy_assistant_asks",
            "Questions by way in and by what came of them.",
            ("way_in", "outcome"),
            registry=self._registry,
        )
        self._steps = Histogram(
            "policy_assistant_step_seconds",
            "Seconds of each step of an answer.",
            ("step",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_Held(held))

    def requested(self, method: str, route: str, status: int) -> None:
        """Count a request that has been answered."""
        self._requests.labels(method, route, str(status)).inc()

    def asked(self, way_in: WayIn, answer: Answer) -> None:
        """Count a question that has been answered, and the seconds of its steps."""
        self._asks.labels(way_in, answer.outcome.value).inc()
        for step, seconds in answer.seconds:
            self._steps.labels(step).observe(seconds)

    def failed(self, way_in: WayIn, error: Exception) -> None:
        """Count a question without an answer: "busy", "too_many", "refused", "failed"."""
        self._asks.labels(way_in, _FAILURES.get(type(error), "failed")).inc()

    def came_of(self, way_in: WayIn, what: Answer | Exception) -> None:
        """Count a question by its answer, or by the error in place of one."""
        if isinstance(what, Answer):
            self.asked(way_in, what)
        else:
            self.failed(way_in, what)

    def as_text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry)


class _Held(Collector):
    """The queue as it is at the moment of reading."""

    def __init__(self, held: Callable[[], int]) -> None:
        self._held = held

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily(
            "policy_assistant_questions_held", "Questions being answered or waiting.", value=self._held()
        )
