import pytest

from assistant.answer import Outcome
from evals.datasets.tasks import LabelledTask, ReadingTask, TaskPassage
from evals.figures.answers import (
    abstention_figures,
    citation_figures,
    cited_sentences,
    most_similar,
    risk_curve,
)
from evals.tasks.reading import TaskAnswer
from tests.evals.seed_answers import answered, citation, declined, document
from tests.fakes import BagOfTermsEmbedder

TEXT = "Steel is taxed. Sugar is free. Salt is free."
SENTENCES = ((0, 15), (16, 30), (31, 44))
ASKED = ReadingTask("1", "Is sugar free?", (TaskPassage("p", TEXT),))
YES, NO = Outcome.ANSWERED, Outcome.NOT_IN_DOCUMENTS


def labelled(*evidence: int) -> LabelledTask:
    return LabelledTask(ASKED, bool(evidence), SENTENCES, frozenset(evidence))


def quoting(*quotes: str) -> TaskAnswer:
    source = document(TEXT, "p")
    return TaskAnswer(ASKED, answered(*(citation(quote, source) for quote in quotes)))


def test_balanced_accuracy_auroc_and_the_two_kinds_of_error() -> None:
    # Three answerable ones, two of them answered; two unanswerable ones, one of them declined.
    figures = abstention_figures(
        [True, True, True, False, False], [YES, YES, NO, YES, NO], [0.9, 0.8, 0.3, 0.7, 0.2]
    )
    assert {one.name: one.value for one in figures} == pytest.approx(
        {
            "answer / decline, balanced accuracy": (2 / 3 + 1 / 2) / 2,
            "answerable declined": 1 / 3,
            "unanswerable declined": 1 / 2,
            "confidence, AUROC": 5 / 6,
            "risk-coverage, area": (0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5,
        }
    )
    assert all(one.interval is not None for one in figures)


def test_figures_of_one_kind_of_question_do_not_apply_without_the_other() -> None:
    figures = {one.name: one.value for one in abstention_figures([True], [YES], [0.9])}
    assert figures["answer / decline, balanced accuracy"] is None
    assert figures["unanswerable declined"] is None
    assert figures["answerable declined"] == 0.0


def test_the_risk_is_to_speak_where_nothing_answers() -> None:
    assert risk_curve([0.9, 0.4], [False, True]) == ((0.5, 1.0), (1.0, 0.5))
    assert risk_curve([], []) == ()


def test_a_quote_cites_the_sentences_that_it_shares_half_of() -> None:
    assert cited_sentences(labelled(1), quoting("Sugar is free.")) == {1}
    assert cited_sentences(labelled(1), quoting("taxed. Sugar is free. Salt")) == {1}
    assert cited_sentences(labelled(1), quoting("Steel is taxed. Sugar is free.")) == {0, 1}
    assert cited_sentences(labelled(1), TaskAnswer(ASKED, declined())) == frozenset()


def test_the_most_similar_sentence_is_the_nearest_to_the_question() -> None:
    assert most_similar(labelled(1), BagOfTermsEmbedder()) == 1


def test_citations_are_measured_beside_the_most_similar_sentence() -> None:
    tasks = [labelled(1, 2), labelled(0), labelled()]
    answers = [quoting("Sugar is free.", "Salt is free."), TaskAnswer(ASKED, declined()), quoting(TEXT)]
    figures = {one.name: one for one in citation_figures(tasks, answers, BagOfTermsEmbedder())}
    assert figures["cited sentences, precision"].value == 1.0
    assert figures["cited sentences, recall"].value == 0.5
    assert figures["cited sentences, F1"].value == 0.5
    assert (figures["cited sentences, F1 where answered"].value) == 1.0
    assert figures["most similar sentence, F1"].value == pytest.approx((2 / 3 + 0) / 2)
    assert figures["cited sentences, F1 above the most similar"].value == pytest.approx(1 / 2 - 1 / 3)
    assert figures["cited sentences, F1"].cases == 2
