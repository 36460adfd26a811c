import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.run import CaseResult, Run
from evals.run_record import commit_of, run_record, write_record
from tests.evals.seed_answers import GAPS, VISA, answered, case, citation, declined

DATE = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
RUN = Run(
    (
        CaseResult(
            case(VISA, case_id="quoted"), answered(citation(VISA), citation(GAPS)), failure=None, seconds=0.25
        ),
        CaseResult(case(case_id="declined"), declined(), failure=None, seconds=0.1),
        CaseResult(case(VISA, case_id="broken"), None, failure="OSError: lost \ud800", seconds=0.1),
    )
)


def test_a_record_reads_back_with_figures_cases_and_what_repeats_the_run(tmp_path: Path) -> None:
    cases_path = tmp_path / "cases.jsonl"
    cases_path.write_bytes(b"abc")
    settings: dict[str, object] = {"quotes": 3, "home": Path("data")}
    record = run_record(RUN, cases_path=cases_path, settings=settings, date=DATE)
    write_record(record, tmp_path / "run.json")
    read = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))

    assert read["date"] == "2026-01-31T12:00:00+00:00"
    assert read["settings"] == {"quotes": 3, "home": "data"}
    assert read["cases_sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read["machine"]["cpu_count"] >= 1
    assert read["crashed"] == 1
    assert read["leave_one_topic_out"] is None
    assert read["confusion"] == [
        {"expected": "answered", "got": "answered", "cases": 1},
        {"expected": "not_in_documents", "got": "not_in_documents", "cases": 1},
    ]
    whole = read["slices"][0]
    assert (whole["name"], whole["cases"], whole["crashed"]) == ("all", 3, 1)
    assert whole["figures"]["quote precision"] == {"value": 0.5, "low": None, "high": None, "cases": 1}

    quoted, refused, broken = read["cases"]
    assert quoted["quotes"] == [VISA, GAPS]
    assert quoted["measures"] == {"gold": 1, "gold_quoted": 1, "also_fine_quoted": 0, "strays": 1}
    assert (refused["outcome"], refused["measures"], refused["passed"]) == ("not_in_documents", None, True)
    assert (broken["outcome"], broken["quotes"], broken["failure"]) == (None, None, "OSError: lost \ud800")


def git(folder: Path, *words: str) -> str:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_commit_is_named_with_a_word_on_changes(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path) is None
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(tmp_path) == commit
    (tmp_path / "new.txt").write_text("new", encoding="utf-8")
    assert commit_of(tmp_path) == f"{commit}+changes"


def test_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) is None
