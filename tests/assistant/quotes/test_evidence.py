"""What is measured of each sentence: clear cases on small documents, with the real embedder."""

from collections.abc import Callable
from dataclasses import astuple

import numpy as np
import pytest

from assistant.quotes.evidence import FEATURE_NAMES, Candidate, as_matrix, candidates
from knowledge.clauses.headings import is_heading_line
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Document
from tests.assistant.small_documents import law, make_document, measures, passages_of

FEE = make_document("The fee for a paper certificate is 20 yuan. It rained heavily during the whole night.")

Measure = Callable[..., list[Candidate]]


@pytest.fixture
def measured(embedder: Embedder, dictionary: ChineseDictionary) -> Measure:
    """Measures every sentence of some documents against a question."""

    def measure(question: str, *documents: Document) -> list[Candidate]:
        passages = [passage for document in documents for passage in passages_of(document)]
        return candidates(question, passages, embedder=embedder, dictionary=dictionary)

    return measure


def test_every_sentence_but_a_heading_is_a_candidate_at_its_place(measured: Measure) -> None:
    found = measured("What is the fee?", law(), measures())

    expected = [
        (passage, span)
        for document in (law(), measures())
        for passage in passages_of(document)
        for span in sentence_spans(passage)
        if not is_heading_line(document.text[span.start : span.end])
    ]
    headings = {"# Service Trade Facilitation Act", "### Article 1"}
    assert headings & {law().text[slice(*span)] for p in passages_of(law()) for span in sentence_spans(p)}
    assert not headings & {one.text for one in found}
    assert [(one.passage, one.span) for one in found] == expected
    assert all(one.text == one.passage.document.text[one.span.start : one.span.end] for one in found)


def test_every_feature_is_finite_and_shares_lie_between_none_and_all(measured: Measure) -> None:
    matrix = as_matrix(measured("What fee does the Ministry of Nowhere charge in 1999?", law(), measures()))

    assert matrix.shape[1] == len(FEATURE_NAMES)
    assert np.isfinite(matrix).all()
    shares = [FEATURE_NAMES.index(name) for name in ("sentence_words", "passage_words", "question_length")]
    assert matrix[:, shares].min() >= 0
    assert matrix[:, shares].max() <= 1


def test_the_matrix_has_the_features_in_the_order_of_their_names(measured: Measure) -> None:
    found = measured("What is the fee?", FEE)

    assert as_matrix(found).tolist() == [list(astuple(one.features)) for one in found]
    assert as_matrix([]).shape == (0, len(FEATURE_NAMES))


@pytest.mark.parametrize("question", ["What does a paper certificate cost?", "纸质证书收费多少？"])
def test_the_sentence_that_answers_is_nearer_in_meaning(measured: Measure, question: str) -> None:
    answers, other = measured(question, FEE)

    assert answers.features.sentence_meaning > other.features.sentence_meaning


def test_shared_words_are_a_share_of_the_questions(measured: Measure) -> None:
    answers, other = measured("paper certificate fee", FEE)

    assert answers.features.sentence_words == pytest.approx(1.0)
    assert other.features.sentence_words == 0.0
    assert answers.features.passage_words == other.features.passage_words == 1.0


def test_a_sentence_without_the_kind_asked_for_is_marked(measured: Measure) -> None:
    answers, other = measured("How much is the fee?", FEE)

    assert (answers.features.kind_asked, other.features.kind_asked) == (1.0, 1.0)
    assert (answers.features.kind_missing, other.features.kind_missing) == (0.0, 1.0)


def test_names_that_the_passage_does_not_hold_are_counted(measured: Measure) -> None:
    missing = {
        question: measured(question, FEE)[0].features.names_missing
        for question in ("What is the fee?", "What is the fee in Ruritania?", "Is the fee 20 yuan?")
    }

    assert list(missing.values()) == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(("question", "other"), [("What is the fee?", 0.0), ("费用是多少？", 1.0)])
def test_a_document_in_another_language_than_the_question_is_marked(
    measured: Measure, question: str, other: float
) -> None:
    assert {one.features.other_language for one in measured(question, FEE)} == {other}


def test_a_question_without_meaningful_words_has_no_shared_ones(measured: Measure) -> None:
    assert {one.features.sentence_words for one in measured("What is it about?", FEE)} == {0.0}
