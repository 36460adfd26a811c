"""A small run with a failing case of several kinds, and its record as JSON reads it back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Turn
from evals.running.record import run_record
from evals.running.run import CaseResult, Run
from tests.evals.seed_answers import (
    ENVIRONMENT,
    GAPS,
    SEED_PATH,
    SEED_TEXT,
    VISA,
    answered,
    case,
    citation,
    declined,
    retrieved,
)

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
TALK = (Turn("user", "And <b>imports</b>?"),)
NOT_QUOTED = replace(
    answered(citation(GAPS), confidence=0.625), considered=(retrieved(GAPS), retrieved(ENVIRONMENT))
)
RUN = Run(
    (
        CaseResult(case(VISA, case_id="good", topic="visa"), answered(citation(VISA)), None, 0.02),
        CaseResult(
            case(ENVIRONMENT, case_id="wrong", question="Why | how?", conversation=TALK, tags=("why",)),
            NOT_QUOTED,
            None,
            0.04,
        ),
        CaseResult(case(case_id="no", language="zh", split="held_out"), declined(), None, 0.01),
        CaseResult(case(case_id="lost", question="谁？"), None, "OSError: <script>alert(1)</script>", 0.5),
    )
)


def record_of(
    folder: Path,
    run: Run = RUN,
    *,
    date: datetime = NOON,
    cases: bytes = b"abc",
) -> dict[str, Any]:
    path = folder / "cases.jsonl"
    path.write_bytes(cases)
    record = run_record(
        run,
        cases_path=path,
        settings={"quotes": "4"},
        date=date,
        texts={SEED_PATH.name: (SEED_TEXT,)},
        embedder="small:0123456789ab",
    )
    read: dict[str, Any] = json.loads(json.dumps(record))
    return read
