import pytest

from assistant.answer import Outcome
from evals.measures.outcome_accuracy import Met, confusion, outcome_is_right
from tests.evals.seed_answers import VISA, case

YES, NO = case(VISA), case()


@pytest.mark.parametrize(
    ("outcome", "right_if_answerable", "right_if_unanswerable"),
    [
        (Outcome.ANSWERED, True, False),
        (Outcome.PARTLY_ANSWERED, True, False),
        (Outcome.NOT_IN_DOCUMENTS, False, True),
        (Outcome.OUT_OF_SCOPE, False, True),
        (Outcome.NEEDS_CLARIFICATION, False, False),
        (Outcome.MODEL_UNAVAILABLE, False, False),
    ],
)
def test_which_outcome_is_right(
    outcome: Outcome, right_if_answerable: bool, right_if_unanswerable: bool
) -> None:
    assert outcome_is_right(YES, outcome) is right_if_answerable
    assert outcome_is_right(NO, outcome) is right_if_unanswerable


def test_confusion_counts_expected_against_got() -> None:
    met = confusion(
        [
            (YES, Outcome.ANSWERED),
            (YES, Outcome.ANSWERED),
            (YES, Outcome.NOT_IN_DOCUMENTS),
            (NO, Outcome.ANSWERED),
        ]
    )
    assert met == (
        Met(Outcome.ANSWERED, Outcome.ANSWERED, 2),
        Met(Outcome.ANSWERED, Outcome.NOT_IN_DOCUMENTS, 1),
        Met(Outcome.NOT_IN_DOCUMENTS, Outcome.ANSWERED, 1),
    )
