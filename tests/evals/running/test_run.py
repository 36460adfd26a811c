import itertools

import pytest

from assistant.answer import Answer, Conversation, Turn
from evals.running.run import Run, leave_one_topic_out_of, run_cases, slices_of
from tests.evals.seed_answers import ENVIRONMENT, GAPS, SEED_PATH, VISA, answered, case, citation, declined


class TickingClock:
    """Each reading is half a second after the one before."""

    def __init__(self) -> None:
        self.ticks = itertools.count()

    def __call__(self) -> float:
        return next(self.ticks) / 2


def product(question: str, conversation: Conversation) -> Answer:
    if question == "crash":
        raise LookupError("no index\nbelow here")
    if question == "visa" or (question == "And that?" and conversation):
        return answered(citation(VISA), question=question)
    if question == "strange":
        return answered(citation(GAPS), confidence=float("nan"))
    return declined(question)


def run(*questions: str) -> Run:
    return run_cases([case(VISA, question=one) for one in questions], product, clock=TickingClock())


def test_each_case_is_asked_with_its_conversation_and_timed() -> None:
    talk = (Turn("user", "visa"), Turn("assistant", VISA))
    asked = [case(VISA, question="And that?", conversation=talk), case(VISA, question="And that?")]
    with_talk, without = run_cases(asked, product, clock=TickingClock()).results
    assert with_talk.passed
    assert not without.passed
    assert (with_talk.seconds, without.seconds) == (0.5, 0.5)


def test_a_crash_is_kept_with_its_text_and_the_next_case_is_still_asked() -> None:
    crashed, fine = run("crash", "visa").results
    assert crashed.answer is None
    assert crashed.failure is not None
    assert crashed.failure.startswith("LookupError: no index below here (test_run.py:")
    assert crashed.quotes is None
    assert crashed.outcome_is_right is None
    assert not crashed.passed
    assert fine.failure is None
    assert fine.passed


def test_a_confidence_that_is_no_number_is_a_failure() -> None:
    strange = run("strange")
    assert strange.crashed == strange.results
    assert strange.results[0].failure is not None
    assert "confidence is nan" in strange.results[0].failure


def test_stopping_the_run_is_not_a_crash_of_a_case() -> None:
    def stopped(question: str, conversation: Conversation) -> Answer:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_cases([case(VISA)], stopped, clock=TickingClock())


def test_answering_without_gold_or_answering_the_unanswerable_does_not_pass() -> None:
    asked = [case(ENVIRONMENT, question="visa"), case(question="visa"), case(question="who?")]
    results = run_cases(asked, product, clock=TickingClock()).results
    assert [result.passed for result in results] == [False, False, True]
    assert [result.outcome_is_right for result in results] == [True, False, True]


def test_slices_hold_the_cases_of_each_language_split_topic_tag_and_document() -> None:
    asked = [
        case(VISA, case_id="1", topic="visa", tags=("why", "typo")),
        case(case_id="2", language="zh", split="held_out", tags=("why",)),
    ]
    slices = slices_of(run_cases(asked, product, clock=TickingClock()))
    held = [(part.kind, part.name, "".join(one.case.id for one in part.results)) for part in slices]
    assert held == [
        ("all", "all", "12"),
        ("language", "en", "1"),
        ("language", "zh", "2"),
        ("split", "held_out", "2"),
        ("split", "tuning", "1"),
        ("language and split", "en tuning", "1"),
        ("language and split", "zh held_out", "2"),
        ("topic", "flows", "2"),
        ("topic", "visa", "1"),
        ("tag", "typo", "1"),
        ("tag", "why", "12"),
        ("document", SEED_PATH.name, "12"),
    ]


def test_leave_one_topic_out_uses_the_confidences_of_the_tuning_cases() -> None:
    asked = [
        case(VISA, question="visa", topic="a"),
        case(question="who?", topic="a"),
        case(VISA, question="visa", topic="b"),
        case(question="who?", topic="b"),
        case(VISA, question="crash", topic="b"),
        case(VISA, question="who?", topic="b", split="held_out"),
    ]
    finished = run_cases(asked, product, clock=TickingClock())
    left_out = leave_one_topic_out_of(finished)
    assert left_out is not None
    assert [(one.threshold, one.right, one.cases) for one in left_out.topics] == [(0.5, 2, 2), (0.5, 2, 2)]
    never = leave_one_topic_out_of(finished, fit=lambda _: 1.0)
    assert never is not None
    assert (never.answerable_answered, never.unanswerable_declined) == (0.0, 1.0)


def test_leave_one_topic_out_does_not_apply_to_cases_of_one_kind() -> None:
    assert leave_one_topic_out_of(run("visa")) is None
