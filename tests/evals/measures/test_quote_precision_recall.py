from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation
from evals.cases.case import Case
from evals.measures.quote_precision_recall import QuoteMeasures, measure_quotes
from tests.evals.seed_answers import (
    ENVIRONMENT,
    GAPS,
    MARKET,
    OPENNESS,
    SEED_TEXT,
    VISA,
    answered,
    case,
    citation,
    declined,
    document,
)


def measured(asked: Case, answer: Answer) -> QuoteMeasures:
    measures = measure_quotes(asked, answer)
    assert measures is not None
    return measures


def test_one_gold_of_two_one_fair_and_two_stray_sentences() -> None:
    asked = case(ENVIRONMENT, MARKET, also_fine=(OPENNESS,))
    found = measured(asked, answered(*map(citation, (ENVIRONMENT, OPENNESS, GAPS, VISA))))
    assert (found.gold, found.gold_quoted, found.also_fine_quoted, found.strays) == (2, 1, 1, 2)
    assert found.recall == 0.5
    assert found.precision == pytest.approx(1 / 3)  # one gold of three that count
    assert found.gold_among_quotes
    assert not found.all_gold_quoted


def test_a_quote_without_its_full_stop_still_quotes_the_sentence() -> None:
    found = measured(case(VISA), answered(citation(VISA[:-1])))
    assert (found.gold_quoted, found.strays) == (1, 0)
    assert found.all_gold_quoted


def test_a_clause_of_a_gold_sentence_is_not_the_sentence() -> None:
    found = measured(case(VISA), answered(citation(VISA[:60])))
    assert (found.gold_quoted, found.strays) == (0, 1)
    assert found.precision == 0.0


def test_a_quoted_paragraph_is_stray_once_for_each_sentence_that_was_not_asked_for() -> None:
    [paragraph] = [line for line in SEED_TEXT.splitlines() if ENVIRONMENT in line]  # five sentences
    found = measured(case(ENVIRONMENT, also_fine=(MARKET,)), answered(citation(paragraph)))
    assert (found.gold_quoted, found.also_fine_quoted, found.strays) == (1, 1, 3)


def test_a_sentence_quoted_twice_counts_once() -> None:
    found = measured(case(VISA), answered(citation(VISA), citation(VISA), citation(GAPS), citation(GAPS)))
    assert (found.gold_quoted, found.strays) == (1, 1)


def test_abbreviations_and_numbers_do_not_end_a_stray_sentence() -> None:
    text = "Order No. 15 of the U.S. Department applies. Gold stands here."
    held = document(text, "order.txt")
    asked = case("Gold stands here.", documents=("order.txt",))
    assert measured(asked, answered(citation(text, held))).strays == 1


def test_chinese_sentences_are_counted_without_spaces() -> None:
    text = "第一条明确宗旨。第二条说明范围；第三条列出义务。"
    held = document(text, "law.txt")
    asked = case("第一条明确宗旨。", documents=("law.txt",))
    assert measured(asked, answered(citation(text, held))).strays == 2


def test_a_quote_that_does_not_stand_at_its_offsets_quotes_nothing() -> None:
    right = citation(VISA)
    moved: Citation = replace(right, quote=GAPS)
    found = measured(case(VISA), answered(moved))
    assert (found.gold_quoted, found.strays) == (0, 1)


def test_the_same_words_in_another_document_are_stray() -> None:
    copy = document(name="copy.txt")
    found = measured(case(VISA), answered(citation(VISA, copy)))
    assert (found.gold_quoted, found.strays) == (0, 1)


def test_a_declined_answer_has_recall_zero_and_no_precision() -> None:
    found = measured(case(VISA), declined())
    assert found.recall == 0.0
    assert found.precision is None
    assert not found.quotes_something


def test_an_answer_of_fair_context_alone_has_no_precision_but_quotes_something() -> None:
    found = measured(case(ENVIRONMENT, also_fine=(MARKET,)), answered(citation(MARKET)))
    assert found.precision is None
    assert found.quotes_something
    assert not found.gold_among_quotes


def test_quote_measures_do_not_apply_to_an_unanswerable_case() -> None:
    assert measure_quotes(case(), answered(citation(VISA))) is None
