from evals.measures.recall_at_k import recall_at_k
from knowledge.policy import RetrievedPassage
from tests.evals.seed_answers import (
    ENVIRONMENT,
    GAPS,
    MARKET,
    SEED_TEXT,
    VISA,
    case,
    document,
    passage,
    retrieved,
)


def test_recall_counts_gold_sentences_within_the_first_k_passages() -> None:
    considered = [retrieved(GAPS), retrieved(ENVIRONMENT), retrieved(VISA)]
    asked = case(ENVIRONMENT, MARKET)  # found at rank 2; never found
    assert recall_at_k(asked, considered, 1) == 0.0
    assert recall_at_k(asked, considered, 2) == 0.5
    assert recall_at_k(asked, considered, 10) == 0.5


def test_a_passage_of_two_sentences_holds_both() -> None:
    start, end = SEED_TEXT.index(ENVIRONMENT), SEED_TEXT.index(MARKET) + len(MARKET)
    both = RetrievedPassage(passage(start, end), 0.5, frozenset({"meaning"}))
    assert recall_at_k(case(ENVIRONMENT, MARKET), [both], 1) == 1.0


def test_a_sentence_cut_between_two_passages_is_found_in_neither() -> None:
    start, half = SEED_TEXT.index(ENVIRONMENT), len(ENVIRONMENT) // 2
    halves = [passage(start, start + half), passage(start + half, start + len(ENVIRONMENT))]
    considered = [RetrievedPassage(one, 0.5, frozenset({"meaning"})) for one in halves]
    assert recall_at_k(case(ENVIRONMENT), considered, 2) == 0.0


def test_the_same_words_in_a_document_that_the_case_does_not_name_are_not_found() -> None:
    elsewhere = retrieved(ENVIRONMENT, document(name="copy.txt"))
    assert recall_at_k(case(ENVIRONMENT), [elsewhere], 1) == 0.0


def test_recall_does_not_apply_without_gold() -> None:
    assert recall_at_k(case(), [retrieved(GAPS)], 1) is None
