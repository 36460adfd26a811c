from evals.measures.reciprocal_rank import reciprocal_rank
from tests.evals.seed_answers import ENVIRONMENT, GAPS, MARKET, VISA, case, document, retrieved


def test_the_first_passage_with_any_gold_sentence_counts() -> None:
    considered = [retrieved(GAPS), retrieved(VISA), retrieved(MARKET), retrieved(ENVIRONMENT)]
    assert reciprocal_rank(case(ENVIRONMENT, MARKET), considered) == 1 / 3
    assert reciprocal_rank(case(GAPS), considered) == 1.0


def test_gold_that_is_not_found_has_rank_zero_and_no_gold_has_none() -> None:
    elsewhere = retrieved(VISA, document(name="copy.txt"))
    assert reciprocal_rank(case(VISA), [retrieved(GAPS), elsewhere]) == 0.0
    assert reciprocal_rank(case(VISA), []) == 0.0
    assert reciprocal_rank(case(), [retrieved(GAPS)]) is None
