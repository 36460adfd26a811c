import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answer import Answer, Conversation
from evals.cases.case import CaseError, load_cases
from evals.running.run_and_report import run_and_report
from tests.evals.seed_answers import CASES_PATH, SEED_PATH, SEED_TEXT, answered, citation, declined

TEXTS = {SEED_PATH.name: (SEED_TEXT,)}


GOLD = {(case.question, case.conversation): case.gold for case in load_cases(CASES_PATH)}


def perfect(question: str, conversation: Conversation) -> Answer:
    gold = GOLD[question, conversation]
    return answered(*map(citation, gold), question=question) if gold else declined(question)


def start() -> datetime:
    return datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def test_a_product_that_knows_every_gold_sentence_gets_every_figure(tmp_path: Path) -> None:
    shown: list[str] = []
    out = tmp_path / "runs" / "first"
    code = run_and_report(CASES_PATH, TEXTS, perfect, out, {"quotes": 3}, show=shown.append, now=start)
    assert code == 0
    record = json.loads((out / "run-20260131T120000Z.json").read_text(encoding="utf-8"))
    figures = record["slices"][0]["figures"]
    for name in ("gold among the quotes", "all gold quoted", "quote precision", "unanswerable declined"):
        assert figures[name]["value"] == 1.0
    assert figures["stray sentences"]["value"] == 0.0
    assert record["leave_one_topic_out"]["accuracy"] == 1.0
    assert shown[0].startswith((out / "run-20260131T120000Z.txt").read_text(encoding="utf-8"))
    assert "0 crashed, 0 not passed" in shown[0]
    for suffix in ("txt", "json", "html", "md"):
        assert str(out / f"run-20260131T120000Z.{suffix}") in shown[0]
        assert (out / f"run-20260131T120000Z.{suffix}").stat().st_size


def test_a_split_can_be_run_alone_and_a_crash_makes_the_exit_code_one(tmp_path: Path) -> None:
    def broken(question: str, conversation: Conversation) -> Answer:
        raise OSError("index gone")

    shown: list[str] = []
    code = run_and_report(
        CASES_PATH, TEXTS, broken, tmp_path, {}, split="held_out", show=shown.append, now=start
    )
    held_out = [case for case in load_cases(CASES_PATH) if case.split == "held_out"]
    assert code == 1
    assert f"{len(held_out)} cases, {len(held_out)} crashed" in shown[0]


def test_cases_that_do_not_fit_the_texts_are_refused_before_anything_is_asked(tmp_path: Path) -> None:
    def never(question: str, conversation: Conversation) -> Answer:
        raise AssertionError("asked")

    with pytest.raises(CaseError, match="field 'gold'"):
        run_and_report(CASES_PATH, {SEED_PATH.name: ("Other words.",)}, never, tmp_path / "out", {})
    assert not (tmp_path / "out").exists()
