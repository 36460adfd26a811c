import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Turn
from evals.running.record import run_record, write_record
from evals.running.run import CaseResult, Run
from knowledge.policy import RetrievedPassage
from tests.evals.seed_answers import (
    GAPS,
    SEED_PATH,
    SEED_TEXT,
    VISA,
    answered,
    case,
    citation,
    declined,
    passage,
    retrieved,
)

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


def recorded(run: Run, tmp_path: Path, **more: Any) -> dict[str, Any]:
    cases_path = tmp_path / "cases.jsonl"
    cases_path.write_bytes(b"abc")
    record = run_record(run, cases_path=cases_path, settings={}, date=DATE, **more)
    write_record(record, tmp_path / "run.json")
    read: dict[str, Any] = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    return read


def test_a_failing_case_carries_what_was_found_and_the_step_that_lost_it(tmp_path: Path) -> None:
    talk = (Turn("user", "And imports?"),)
    asked = case(VISA, case_id="wrong", question="How so?", conversation=talk, tags=("follow_up",))
    answer = replace(answered(citation(GAPS)), considered=(retrieved(GAPS), retrieved(VISA)))
    record = recorded(
        Run((CaseResult(asked, answer, None, 0.1),)), tmp_path, texts={SEED_PATH.name: (SEED_TEXT,)}
    )

    (told,) = record["cases"]
    assert (told["question"], told["tags"], told["language"]) == ("How so?", ["follow_up"], "en")
    assert (told["lost_step"], told["outcome_right"]) == ("not quoted", True)
    assert told["recall"] == {"1": 0.0, "5": 1.0, "10": 1.0}
    failing = told["failing"]
    assert failing["conversation"] == [{"role": "user", "text": "And imports?"}]
    assert failing["gold"] == [VISA]
    assert failing["quoted"] == [{"quote": GAPS, "place": "Service trade, paragraph 2", "holds": True}]
    first, second = failing["retrieved"]
    assert (first["score"], first["found_by"], first["holds_gold"]) == (0.5, ["keywords"], False)
    assert (second["holds_gold"], second["text"]) == (True, VISA)
    assert record["lost_steps"] == {"not quoted": 1}
    assert list(record["documents"]) == [SEED_PATH.name]


def test_cases_that_passed_and_that_crashed_carry_what_there_is(tmp_path: Path) -> None:
    record = recorded(RUN, tmp_path)
    quoted, _declined, broken = record["cases"]
    assert (quoted["lost_step"], quoted["failing"]) == (None, None)
    assert broken["lost_step"] == "crashed"
    assert (broken["failing"]["gold"], broken["failing"]["retrieved"]) == ([VISA], None)
    assert (broken["recall"], broken["outcome_right"]) == (None, None)
    assert record["documents"] is None


def test_the_large_slices_have_the_figures_of_the_confidence(tmp_path: Path) -> None:
    record = recorded(RUN, tmp_path, embedder="small (0123456789ab)")
    with_confidence = {one["kind"] for one in record["slices"] if "confidence AUROC" in one["figures"]}
    assert with_confidence == {"all", "language", "split"}
    assert record["slices"][0]["figures"]["confidence AUROC"]["value"] == 1.0
    assert record["models"]["embedder"] == "small (0123456789ab)"


def test_a_long_passage_is_shortened(tmp_path: Path) -> None:
    whole = RetrievedPassage(passage(0, len(SEED_TEXT)), 0.5, frozenset({"meaning"}))
    answer = replace(declined(), considered=(whole,))
    record = recorded(Run((CaseResult(case(VISA), answer, None, 0.1),)), tmp_path)
    (found,) = record["cases"][0]["failing"]["retrieved"]
    assert len(found["text"]) == 300
    assert found["text"].endswith("…")
    assert record["cases"][0]["lost_step"] == "refused wrongly"
