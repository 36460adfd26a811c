import re

from assistant.answer import Turn
from evals.report.text import report_text
from evals.running.run import CaseResult, Run
from tests.evals.seed_answers import ENVIRONMENT, GAPS, SEED_PATH, VISA, answered, case, citation, declined

TALK = (Turn("user", "And imports?"), Turn("assistant", GAPS))
RUN = Run(
    (
        CaseResult(case(VISA, case_id="good", topic="visa"), answered(citation(VISA)), None, 0.1),
        CaseResult(
            case(ENVIRONMENT, case_id="wrong", question="How so?", conversation=TALK, tags=("follow_up",)),
            answered(citation(GAPS), confidence=0.625),
            None,
            0.1,
        ),
        CaseResult(case(case_id="no", language="zh", topic="visa", split="held_out"), declined(), None, 0.1),
        CaseResult(case(case_id="lost", question="Who?"), None, "OSError: disk", 0.1),
    )
)
REPORT = report_text(RUN, "Evals of some cases")


def line_of(start: str) -> list[str]:
    [line] = [line for line in REPORT.splitlines() if line.startswith(start)]
    return line.removeprefix(start).split("  ")


def cells(start: str) -> list[str]:
    return [cell.strip() for cell in line_of(start) if cell.strip()]


def test_the_table_holds_each_figure_by_language() -> None:
    assert cells("crashed") == ["1", "1", "0", "0"]  # all, en, zh, zh held_out
    # en: two answerable cases, one with its gold quoted; zh has none.
    half = "50.0 [0.0, 100.0]"
    assert cells("gold among the quotes") == [half, half, "–", "–"]
    assert cells("unanswerable declined") == ["100.0", "–", "100.0", "100.0"]
    assert cells("stray sentences")[0] == "0.50 [0.00, 1.00]"
    assert cells("seconds, p50")[0] == "0.10"


def test_the_brief_table_has_a_line_for_each_split_topic_tag_and_document() -> None:
    assert cells("topic visa") == ["2", "100.0", "100.0", "0.00", "0.0", "100.0"]
    assert cells("tag follow_up") == ["1", "0.0", "0.0", "1.00", "0.0", "–"]
    assert cells("split tuning")[0] == "3"
    assert cells(f"document {SEED_PATH.name}")[0] == "4"


def test_it_says_how_far_the_support_checker_agrees_with_people() -> None:
    [line] = [line for line in REPORT.splitlines() if line.startswith("Support checker")]
    assert re.search(r"wice \d+ %, unseen \d+ %; ", line)


def test_every_case_that_did_not_pass_is_shown_with_what_it_expected_and_got() -> None:
    failing = REPORT[REPORT.index("Cases that did not pass: 2") :]
    assert (
        f"wrong (tuning, flows: follow_up)\n  user: And imports?\n  assistant: {GAPS}\n  question: How so?\n"
        f"  expected: answered\n    gold: {ENVIRONMENT}\n  got: answered, confidence 0.625\n"
        f"    quote: {GAPS}\n"
    ) in failing
    assert "  question: Who?\n  expected: not_in_documents\n  crashed: OSError: disk\n" in failing
    assert "good (" not in failing


def test_outcomes_and_the_topic_figure_are_told() -> None:
    assert "  expected answered, got answered: 2\n" in REPORT
    assert "Leave one topic out (tuning cases): not applicable" in REPORT
    both = [
        CaseResult(case(*gold, topic=topic), answer, None, 0.1)
        for topic in ("a", "b")
        for gold, answer in (
            ((VISA,), answered(citation(VISA), confidence=0.9)),
            ((), declined(confidence=0.1)),
        )
    ]
    told = report_text(Run(tuple(both)), "")
    assert "outcome right 100.0 %, answerable answered 100.0 %, unanswerable declined 100.0 %" in told
    assert "  a: 2 of 2 (threshold 0.500)\n" in told
