from assistant.answer import Outcome
from evals.measures.answer_rates import AnswerRates, answer_rates

ANSWERED, DECLINED, BACK = Outcome.ANSWERED, Outcome.NOT_IN_DOCUMENTS, Outcome.NEEDS_CLARIFICATION


def test_rates_over_four_answerable_and_three_unanswerable_questions() -> None:
    decisions = [
        *((True, one) for one in (ANSWERED, Outcome.PARTLY_ANSWERED, DECLINED, BACK)),
        *((False, one) for one in (ANSWERED, DECLINED, Outcome.OUT_OF_SCOPE)),
    ]
    assert answer_rates(decisions) == AnswerRates(
        answer_rate=3 / 7,
        hallucination_rate=1 / 3,
        wrong_abstain_rate=1 / 4,
        balanced_accuracy=(2 / 4 + 2 / 3) / 2,
    )


def test_one_kind_of_question_has_the_rates_of_that_kind_alone() -> None:
    assert answer_rates([(False, DECLINED)]) == AnswerRates(0.0, 0.0, None, None)
    assert answer_rates([(True, ANSWERED)]) == AnswerRates(1.0, None, 0.0, None)


def test_a_question_back_is_wrong_for_both_kinds() -> None:
    assert answer_rates([(True, BACK), (False, BACK)]) == AnswerRates(0.0, 0.0, 0.0, 0.0)


def test_no_question_has_no_rate() -> None:
    assert answer_rates([]) == AnswerRates(None, None, None, None)
