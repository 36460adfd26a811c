"""Quoting: only the documents' own words, the best of them, in the documents' order, or none at all."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.answer import Verdict
from assistant.checking import checked, verdict_of
from assistant.quotes.evidence import FEATURE_NAMES
from assistant.quotes.second_look import ANSWER_FEATURE_NAMES, BESIDE_FEATURE_NAMES
from assistant.quotes.weights import ANSWER_FROM, EvidenceWeights, LinearModel
from assistant.quoting import Quoting
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.policy import Document, RetrievedPassage
from knowledge.reader import E5Reader
from tests.assistant.small_documents import law, make_document, measures, retrieved_from, seed_document

RULES = make_document(
    "Importers pay a fee. The fee for apples is 5 yuan. It is raised every year. Winters are cold here. "
    "The fee for pears is 7 yuan.",
    "Rules",
)
PEARS = make_document("Pears grow on trees. The fee for pears was 6 yuan before.", "Pears")


def counting(names: Sequence[str], only: str, weight: float, bias: float = 0.0) -> LinearModel:
    """A model in which one feature counts and no other."""
    zeros, ones = np.zeros(len(names)), np.ones(len(names))
    return LinearModel(zeros, ones, np.array([weight if name == only else 0.0 for name in names]), bias)


def by_words(margin: float, bias: float = -3.0, beside: float = 0.0) -> EvidenceWeights:
    """Weights under which a sentence's share of the question's words counts alone, ten log-odds for all.

    With `beside` above 1 whatever stands in the passage of the best sentence is quoted beside it.
    """
    return EvidenceWeights(
        sentence=counting(FEATURE_NAMES, "sentence_words", 10.0, bias),
        answer=counting(ANSWER_FEATURE_NAMES, "best_log_odds", 1.0),
        beside=counting(BESIDE_FEATURE_NAMES, "passage_of_best", beside, -1.0),
        quote_margin=margin,
    )


@pytest.fixture
def quoting(embedder: Embedder, dictionary: ChineseDictionary) -> Quoting:
    return Quoting(embedder, E5Reader(), dictionary, by_words(margin=4.0), most_quotes=4)


def retrieved(*documents: Document) -> list[RetrievedPassage]:
    return [one for document in documents for one in retrieved_from(document)]


def texts(quoting: Quoting, question: str, *documents: Document) -> list[str]:
    return [sentence.text for sentence in quoting(question, retrieved(*documents)).sentences]


QUESTIONS = [
    "fee for apples",
    "Who inspects the contracts at any time?",
    "主管部门可以抽查合同吗？",
    "environment for service imports",
    "纸质证书收费多少？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_is_quoted_stands_in_a_document_word_for_word(quoting: Quoting, question: str) -> None:
    eager = replace(quoting, weights=by_words(margin=100.0, bias=1.0), most_quotes=20)
    draft = eager(question, retrieved(RULES, law(), measures(), seed_document()))

    assert 1 <= len(draft.sentences) <= 20
    assert {verdict_of(sentence) for sentence in draft.sentences} == {Verdict.QUOTED}
    assert checked(draft.sentences) == draft.sentences


def test_the_sentence_with_the_words_asked_for_is_quoted(quoting: Quoting) -> None:
    assert texts(quoting, "fee for pears", RULES) == ["The fee for pears is 7 yuan."]


def test_marks_count_from_one_in_the_order_shown(quoting: Quoting) -> None:
    draft = replace(quoting, weights=by_words(margin=100.0))(
        "fee for apples or pears", retrieved(RULES, PEARS)
    )

    assert [one.mark for sentence in draft.sentences for one in sentence.citations] == [1, 2, 3, 4]


def test_quotes_come_in_the_order_of_their_document(quoting: Quoting) -> None:
    assert texts(quoting, "fee for pears or apples", RULES) == [
        "The fee for apples is 5 yuan.",
        "The fee for pears is 7 yuan.",
    ]


def test_the_document_with_the_best_sentence_comes_first(quoting: Quoting) -> None:
    both = replace(quoting, weights=by_words(margin=100.0))

    for question, first in (("fee for pears 6", PEARS), ("fee for pears 7", RULES)):
        sentences = both(question, retrieved(RULES, PEARS)).sentences
        shown = [sentence.citations[0].document.title for sentence in sentences]
        assert shown == sorted(shown, reverse=first is RULES)
        assert shown[0] == first.title != shown[-1]


def test_no_more_is_quoted_than_allowed_and_the_best_stays(quoting: Quoting) -> None:
    eager = replace(quoting, weights=by_words(margin=100.0))

    assert len(texts(replace(eager, most_quotes=2), "fee for pears", RULES, PEARS)) == 2
    assert texts(replace(eager, most_quotes=1), "fee for pears", RULES) == ["The fee for pears is 7 yuan."]


def test_what_belongs_beside_the_best_sentence_is_quoted_with_it(quoting: Quoting) -> None:
    alone, beside = by_words(margin=0.1), by_words(margin=0.1, beside=2.0)

    def shown(weights: EvidenceWeights) -> list[str]:
        return texts(replace(quoting, weights=weights), "fee for pears now 7", RULES, PEARS)

    assert shown(alone) == ["The fee for pears is 7 yuan."]
    assert "The fee for pears is 7 yuan." in shown(beside)
    assert len(shown(beside)) == 4  # as many as are allowed, from the best one's passage alone
    assert "The fee for pears was 6 yuan before." not in shown(beside)


def test_a_sentence_that_points_back_is_led_by_the_one_before(quoting: Quoting) -> None:
    assert texts(quoting, "raised every year", RULES) == [
        "The fee for apples is 5 yuan.",
        "It is raised every year.",
    ]


def test_a_sentence_that_points_at_nothing_before_stands_alone(quoting: Quoting) -> None:
    document = make_document("Winters are cold here. It is necessary to lower the fees for exporters.")

    assert texts(quoting, "lower fees for exporters", document) == [
        "It is necessary to lower the fees for exporters."
    ]


class TestDeclining:
    def test_below_the_threshold_nothing_is_quoted(self, quoting: Quoting) -> None:
        draft = quoting("capital of Mongolia", retrieved(RULES, PEARS))

        assert draft.sentences == ()
        assert 0 < draft.confidence < ANSWER_FROM

    def test_above_it_the_best_sentence_is_always_quoted(self, quoting: Quoting) -> None:
        draft = quoting("fee for apples", retrieved(RULES))

        assert draft.confidence >= ANSWER_FROM
        assert draft.sentences

    def test_confidence_is_what_the_answer_model_says(self, quoting: Quoting) -> None:
        # All words of the question are in one sentence: 10 * 1 - 3 = 7.
        assert quoting("fee for pears", retrieved(RULES)).confidence == pytest.approx(1 / (1 + np.exp(-7)))

    def test_nothing_retrieved_is_no_draft(self, quoting: Quoting) -> None:
        draft = quoting("fee for apples", [])

        assert (draft.sentences, draft.confidence) == ((), 0.0)
