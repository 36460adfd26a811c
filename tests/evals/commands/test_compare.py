import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from evals.running.record import run_record, write_record
from evals.running.run import CaseResult, Run
from tests.evals.commands.typed import typed
from tests.evals.seed_answers import CASES_PATH, VISA, answered, case, citation, declined


def recorded(path: Path, *, right: bool) -> str:
    answers = (answered(citation(VISA)) if right else declined(), declined())
    asked = (case(VISA, case_id="visa"), case(case_id="far"))
    results = [CaseResult(one, answer, None, 0.1) for one, answer in zip(asked, answers, strict=True)]
    date = datetime(2026, 1, 31, tzinfo=UTC)
    write_record(run_record(Run(tuple(results)), cases_path=CASES_PATH, settings={}, date=date), path)
    return str(path)


def test_two_runs_are_set_against_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = recorded(tmp_path / "a.json", right=True), recorded(tmp_path / "b.json", right=False)
    assert typed("compare", before, after) == 0
    told = capsys.readouterr().out
    assert "2 cases are in both runs" in told
    assert "Newly failing" in told
    assert "visa" in told.partition("Newly failing")[2]


@pytest.mark.parametrize("content", [None, "{", "[]", "{}"])
def test_what_is_no_record_of_a_run_is_named(tmp_path: Path, content: str | None) -> None:
    other = tmp_path / "other.json"
    if content is not None:
        other.write_text(content)
    with pytest.raises(AssistantError, match=r"other\.json"):
        typed("compare", recorded(tmp_path / "a.json", right=True), str(other))


def test_runs_of_other_cases_are_refused(tmp_path: Path) -> None:
    a = recorded(tmp_path / "a.json", right=True)
    b = tmp_path / "b.json"
    b.write_text(json.dumps(json.loads(Path(a).read_text("utf-8")) | {"cases_sha256": "0" * 64}))
    with pytest.raises(AssistantError, match="different versions of their cases"):
        typed("compare", a, str(b))
