"""Spans: one a question with its steps below it, without its words; nothing is loaded when it is off."""

import subprocess
import sys
from collections.abc import Sequence

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from assistant.asked_by import AskedBy
from assistant.journal import Account
from assistant.tracing import spans_to, tracing

ACCOUNT = Account(
    "question",
    "answered",
    AskedBy("ann", "r1"),
    1_000.0,
    0.5,
    (("restate", 0.1), ("search", 0.2), ("writing", 0.1)),
)


class KeptSpans(SpanExporter):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.spans: list[ReadableSpan] = []

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.spans += spans
        return SpanExportResult.SUCCESS


def test_a_question_is_a_span_and_each_step_one_below_it() -> None:
    kept = KeptSpans()

    with spans_to(kept) as trace:
        trace(ACCOUNT)

    *steps, whole = kept.spans
    assert [span.name for span in steps] == ["restate", "search", "writing"]
    assert whole.name == "question"
    assert dict(whole.attributes or {}) == {"outcome": "answered", "person": "ann", "request": "r1"}
    assert whole.context is not None
    assert {span.parent.span_id if span.parent else 0 for span in steps} == {whole.context.span_id}
    lasted = [((span.end_time or 0) - (span.start_time or 0)) / 1e9 for span in kept.spans]
    assert [round(one, 6) for one in lasted] == [0.1, 0.2, 0.1, 0.5]


def test_none_traces_nothing_and_loads_nothing() -> None:
    with tracing("none") as trace:
        assert trace is None
    program = (
        "import sys\nfrom assistant.tracing import tracing\n"
        "with tracing('none'): pass\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry', 'langsmith', 'grpc'))])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
