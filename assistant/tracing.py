"""The time of each step as OpenTelemetry spans. OpenTelemetry is loaded here alone, and only when asked for.

`otlp` sends to the address in OTEL_EXPORTER_OTLP_ENDPOINT, http://localhost:4317 without it, in the
background; a collector passes the spans on to whatever shows them, LangSmith and Phoenix among others. No
span holds a word of a question.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.journal import Account, Trace

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

_NANOSECONDS = 1_000_000_000
_PATIENCE = 2_000  # milliseconds that the last spans get to leave when the program stops


@contextmanager
def tracing(kind: str) -> Iterator[Trace | None]:
    """What draws the spans of each question until the block ends; None for "none".

    `kind` is "none", "console" (standard error) or "otlp".
    """
    if kind == "none":
        yield None
        return
    with spans_to(_exporter(kind)) as trace:
        yield trace


@contextmanager
def spans_to(exporter: "SpanExporter") -> Iterator[Trace]:
    """The same for an exporter that is there: a span a question, below it one a step."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.trace import set_span_in_context

    provider = TracerProvider(
        resource=Resource.create({"service.name": "policy-assistant"}), shutdown_on_exit=False
    )
    processor = BatchSpanProcessor(exporter)
    provider.add_span_processor(processor)
    tracer = provider.get_tracer("assistant")

    def trace(account: Account) -> None:
        start = int(account.began * _NANOSECONDS)
        known = {"outcome": account.outcome, "person": account.asker.person, "request": account.asker.request}
        attributes = {name: value for name, value in known.items() if value is not None}
        whole = tracer.start_span(account.what, start_time=start, attributes=attributes)
        inside = set_span_in_context(whole)
        # The stopwatch stands still while whoever asked takes a step; the steps are drawn without these gaps.
        for name, seconds in account.steps:
            end = start + int(seconds * _NANOSECONDS)
            tracer.start_span(name, inside, start_time=start).end(end)
            start = end
        whole.end(int((account.began + account.seconds) * _NANOSECONDS))

    try:
        yield trace
    finally:
        processor.force_flush(_PATIENCE)
        provider.shutdown()


def _exporter(kind: str) -> "SpanExporter":
    if kind == "console":
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter(out=sys.stderr)
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()
