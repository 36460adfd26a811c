import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from evals.cases.case import Case
from evals.report.compare import NotComparable, compare_records, comparison_text
from evals.report.comparison import ChangedCase
from evals.running.record import run_record
from evals.running.run import CaseResult, Run
from tests.evals.seed_answers import GAPS, VISA, answered, case, citation, declined, retrieved

GOOD = answered(citation(VISA))
WORSE = replace(answered(citation(GAPS), citation(VISA)), considered=(retrieved(GAPS), retrieved(VISA)))


def record(tmp_path: Path, answers: Mapping[str, Answer | None], *, cases: bytes = b"abc") -> dict[str, Any]:
    """A run over cases that VISA answers, but those whose name begins with "no": nothing does."""
    cases_path = tmp_path / "cases.jsonl"
    cases_path.write_bytes(cases)
    results = tuple(_result(name, answer) for name, answer in answers.items())
    made = run_record(
        Run(results), cases_path=cases_path, settings={}, date=datetime(2026, 1, 31, tzinfo=UTC)
    )
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def _result(name: str, answer: Answer | None) -> CaseResult:
    asked: Case = case(*(() if name.startswith("no") else (VISA,)), case_id=name, question=f"{name}?")
    return CaseResult(asked, answer, None if answer else "OSError: disk", 0.1)


def test_differences_are_taken_over_the_cases_that_have_the_measure_in_both(tmp_path: Path) -> None:
    a = record(tmp_path, {"c1": GOOD, "c2": GOOD, "c3": GOOD, "no": declined(), "c4": GOOD, "only a": GOOD})
    b = record(tmp_path, {"c1": GOOD, "c2": WORSE, "c3": declined(), "no": declined(), "c4": None})
    found = compare_records(a, b)

    assert found.shared == 5
    assert (found.a.cases, found.b.cases, found.b.crashed) == (6, 5, 1)
    means = {
        one.measure: (round(one.difference.mean, 3), one.difference.pairs)
        for one in found.differences
        if one.difference
    }
    assert means == {
        "outcome right": (-0.25, 4),  # c1 c2 c3 no; c4 crashed
        "gold among the quotes": (-0.333, 3),
        "strays a case": (0.333, 3),
        "recall@1": (-0.667, 3),
        "recall@5": (-0.333, 3),
        "recall@10": (-0.333, 3),
    }
    p_values = {one.measure: one.difference.p_value for one in found.differences if one.difference}
    assert p_values["recall@1"] == 0.5  # two of the four flips of two pairs lie as far from 0


def test_cases_that_changed_sides_are_listed_with_what_lost_them(tmp_path: Path) -> None:
    a = record(tmp_path, {"c1": GOOD, "c2": declined(), "c3": GOOD, "no": GOOD})
    b = record(
        tmp_path,
        {"c1": None, "c2": GOOD, "c3": replace(declined(), considered=(retrieved(VISA),)), "no": GOOD},
    )
    found = compare_records(a, b)

    assert found.newly_failing == (
        ChangedCase("c1", "c1?", "crashed"),
        ChangedCase("c3", "c3?", "refused wrongly"),
    )
    assert found.newly_passing == (ChangedCase("c2", "c2?", "not retrieved"),)
    assert found.newly_crashed == (ChangedCase("c1", "c1?", "crashed"),)


def test_a_case_that_failed_before_and_crashes_now_is_newly_crashed_alone(tmp_path: Path) -> None:
    found = compare_records(record(tmp_path, {"c1": declined()}), record(tmp_path, {"c1": None}))
    assert (found.newly_failing, found.newly_passing) == ((), ())
    assert found.newly_crashed == (ChangedCase("c1", "c1?", "crashed"),)


def test_the_text_shows_figures_differences_and_cases(tmp_path: Path) -> None:
    a, b = record(tmp_path, {"c1": GOOD, "c2": GOOD}), record(tmp_path, {"c1": GOOD, "c2": WORSE, "c3": None})
    text = comparison_text(compare_records(a, b))

    rows = {line.split("  ")[0]: line.split() for line in text.splitlines()}
    assert rows["quote precision"][2:] == ["100.0", "[100.0,", "100.0]", "75.0", "[50.0,", "100.0]"]
    assert rows["strays a case"][3:] == ["+0.50", "[0.00,", "+1.00]", "1.000", "2"]
    assert rows["recall@10"][-5:] == ["0.0", "[0.0,", "0.0]", "1.000", "2"]
    assert "2 cases are in both runs" in text
    assert "3 cases, 1 crashed" in text
    assert "Newly failing: 0\n\nNewly passing: 0\n\nNewly crashed: 0\n" in text
    text = comparison_text(compare_records(b, record(tmp_path, {"c1": declined()})))
    assert "Newly failing: 1\n  c1 (not retrieved): c1?\n" in text


def test_a_measure_that_no_case_has_is_not_applicable(tmp_path: Path) -> None:
    alone = record(tmp_path, {"no": declined()})
    found = compare_records(alone, alone)
    assert [one.difference is None for one in found.differences] == [False, True, True, True, True, True]
    assert re.search(r"\ngold among the quotes +– +– +0\n", comparison_text(found))


def test_a_record_of_an_older_version_is_compared_by_what_it_holds(tmp_path: Path) -> None:
    new = record(tmp_path, {"c1": GOOD, "c2": GOOD})
    old = record(tmp_path, {"c1": GOOD, "c2": declined()})
    for one in old["cases"]:
        for key in ("question", "outcome_right", "recall", "lost_step", "failing"):
            del one[key]
    del old["slices"][0]["figures"]["confidence AUROC"]
    found = compare_records(old, new)
    differences = {one.measure: one.difference for one in found.differences}
    assert differences["outcome right"] is None
    assert differences["gold among the quotes"] is not None
    assert found.newly_passing == (ChangedCase("c2", "c2?", "got not_in_documents"),)


def test_runs_that_cannot_be_compared_are_refused_with_the_reason(tmp_path: Path) -> None:
    one = record(tmp_path, {"c1": GOOD})
    with pytest.raises(NotComparable, match="share no case"):
        compare_records(one, record(tmp_path, {"c2": GOOD}))
    with pytest.raises(NotComparable, match=r"cases\.jsonl ba7816bf8f01, cases\.jsonl 5feceb66ffc8"):
        compare_records(one, record(tmp_path, {"c1": GOOD}, cases=b"0"))
    with pytest.raises(NotComparable, match="second file is no record of a run, it has no 'date'"):
        compare_records(one, {})
