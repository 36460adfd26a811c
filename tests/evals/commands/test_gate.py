"""The command around the gate; what the gate itself finds is in tests/evals/test_gate.py."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from evals.cases.case import SEED_CASES
from evals.commands.gate import SEEDS, run_gate
from tests.evals.commands.typed import typed

Gate = Callable[..., int]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "few.jsonl"
    lines = SEED_CASES.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:360:40]), "utf-8")
    return path


@pytest.fixture
def gate(cases: Path, models_home: Path, tmp_path: Path) -> Gate:
    def gate(*, update: bool = False) -> int:
        return run_gate(cases, SEEDS, tmp_path / "baseline.json", cache=models_home / "cache", update=update)

    return gate


def test_a_baseline_is_taken_and_then_passed_and_then_failed(
    gate: Gate, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AssistantError, match=r"baseline\.json holds no baseline"):
        gate()
    assert gate(update=True) == 0
    assert gate() == 0
    assert "The gate passes (9 cases in " in capsys.readouterr().out

    path = tmp_path / "baseline.json"
    stored = json.loads(path.read_text("utf-8"))
    stored["figures"]["all"]["recall@5"] |= {"value": 1.5, "low": 1.25, "high": 1.75}
    path.write_text(json.dumps(stored), "utf-8")
    assert gate() == 1
    told = capsys.readouterr().out
    assert "The gate fails (9 cases in " in told
    assert "  recall@5 (all) is 1.000 now, below 1.250: the baseline is 1.500 [1.250, 1.750]\n" in told
    assert "Changed since the baseline:\n  recall@5 (all): 1.500 before, 1.000 now\n" in told

    cases.write_text(cases.read_text("utf-8").replace('"topic": "session"', '"topic": "other"'), "utf-8")
    assert gate() == 1
    assert "  few.jsonl has changed since the baseline was taken." in capsys.readouterr().out


def test_the_command_compares_with_the_file_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "other.json"
    baseline.write_text('{"settings": {}, "data": {"gone.txt": "0"}, "figures": {}, "cases": {}}')
    assert typed("gate", "--baseline", str(baseline)) == 1
    told = capsys.readouterr().out
    assert "  gone.txt is gone since the baseline was taken." in told
    assert "  seed.jsonl is new since the baseline was taken." in told
    assert f"  seeds/{next(SEEDS.glob('*.txt')).name} is new since" in told
