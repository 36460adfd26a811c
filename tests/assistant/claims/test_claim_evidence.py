import numpy as np
import pytest

from assistant.claims.claim_alignment import SourceText, align
from assistant.claims.claim_evidence import EVIDENCE_FEATURE_NAMES, evidence_matrix, evidence_sentences
from assistant.quotes.weights import LinearModel
from knowledge.dictionary import ChineseDictionary

TEXT = SourceText("p", "Banks pay a fee. Firms file a report. It rained.")
NEAR = np.array([0.8, 0.9, 0.7])
BY_MEANING = LinearModel(np.zeros(6), np.ones(6), np.array([0, 0, 10.0, 0, 0, 0]), -8.5)


def test_each_candidate_is_measured_beside_the_others(dictionary: ChineseDictionary) -> None:
    matrix = evidence_matrix(align("Banks file a report.", [TEXT], dictionary), NEAR)

    third = 1 / 3
    rows = dict(zip(EVIDENCE_FEATURE_NAMES, matrix.T, strict=True))
    assert rows["words"] == pytest.approx([third, 2 * third, 0])
    assert rows["words_behind"] == pytest.approx([third, 0, 2 * third])
    assert rows["meaning"] == pytest.approx(NEAR)
    assert rows["meaning_behind"] == pytest.approx([0.1, 0, 0.2])
    assert rows["words_added"] == pytest.approx([third, 2 * third, 0])
    assert rows["own_words"] == pytest.approx([third, 2 * third, 0])


def test_the_best_and_those_above_the_threshold_in_the_order_of_the_text(
    dictionary: ChineseDictionary,
) -> None:
    aligned = align("Banks file a report.", [TEXT], dictionary)

    def chosen(least: float) -> list[str]:
        return [one.text for one in evidence_sentences(aligned, NEAR, BY_MEANING, least)]

    assert chosen(-0.6) == ["Banks pay a fee.", "Firms file a report."]  # log-odds -0.5, 0.5, -1.5
    assert chosen(9.0) == ["Firms file a report."]


def test_no_passages_no_evidence(dictionary: ChineseDictionary) -> None:
    aligned = align("Banks pay.", [], dictionary)

    assert evidence_matrix(aligned, np.zeros(0)).shape == (0, len(EVIDENCE_FEATURE_NAMES))
    assert evidence_sentences(aligned, np.zeros(0), BY_MEANING, 0.0) == ()
