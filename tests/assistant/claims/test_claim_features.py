"""What is measured of a claim sentence: clear cases on small texts, with a predictable embedder."""

from dataclasses import astuple

import numpy as np
import pytest

from assistant.claims.claim_alignment import SourceText, align
from assistant.claims.claim_features import (
    DIFFERENCE_NAMES,
    NOTHING,
    OVERLAP_NAMES,
    ClaimFeatures,
    difference_matrix,
    measure,
    nearness,
    overlap_matrix,
    texts_compared,
)
from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder

TEXT = "Banks pay a fee of 20 yuan. The Ministry of Commerce publishes a list. In 1999 it rained."


@pytest.fixture
def measured(dictionary: ChineseDictionary) -> "Measure":
    return Measure(dictionary)


class Measure:
    """Measures a claim against texts."""

    def __init__(self, dictionary: ChineseDictionary) -> None:
        self._dictionary = dictionary
        self.embedder = BagOfTermsEmbedder()

    def __call__(self, claim: str, *texts: str) -> ClaimFeatures:
        sources = [SourceText(str(i), text) for i, text in enumerate(texts or (TEXT,))]
        aligned = align(claim, sources, self._dictionary)
        near = nearness(aligned, self.embedder) if aligned.comparable else np.zeros(0)
        return measure(aligned, near, self.embedder, self._dictionary)


def test_a_quotation_overlaps_wholly_and_differs_in_nothing(measured: Measure) -> None:
    found = measured("Banks pay a fee of 20 yuan.")

    overlap = found.overlap
    assert overlap.meaning_of_evidence == pytest.approx(1.0)
    assert overlap.words_in_evidence == overlap.words_anywhere == pytest.approx(1.0)
    assert overlap.weakest_clause_words == overlap.weakest_clause_in_sentence == pytest.approx(1.0)
    assert (overlap.in_order, overlap.words_missing) == (1.0, 0.0)
    assert found.differences == NOTHING.differences


@pytest.mark.parametrize(
    ("claim", "different"),
    [
        ("Banks pay a fee of 30 yuan.", {"numbers_missing", "number_missing"}),
        ("Banks pay a fee in 1999.", {"number_elsewhere"}),
        ("The Ministry of Finance publishes a list.", {"name_missing"}),
        ("Banks pay Commerce a fee of 20 yuan.", {"name_elsewhere"}),
        ("Banks do not pay a fee of 20 yuan.", {"negation"}),
        ("Only banks pay a fee of 20 yuan.", {"limit"}),
    ],
)
def test_differences(claim: str, different: set[str], measured: Measure) -> None:
    values = dict(zip(DIFFERENCE_NAMES, astuple(measured(claim).differences), strict=True))

    assert {name for name, value in values.items() if value} == different


def test_the_share_of_missing_numbers_is_counted(measured: Measure) -> None:
    assert measured("Banks pay 20 yuan, 30 yuan and 40 yuan.").differences.numbers_missing == pytest.approx(
        2 / 3
    )


def test_missing_words_are_counted_up_to_five(measured: Measure) -> None:
    assert measured("Banks pay gold.").overlap.words_missing == pytest.approx(1 / 5)
    assert measured("Cats eat red fish near old trees.").overlap.words_missing == 1.0


def test_imports_are_not_exports(measured: Measure) -> None:
    assert measured("Imports are free.", "Exports are free.").differences.contrary_side == 1.0


@pytest.mark.parametrize(("claim", "text"), [("Banks pay.", ""), ("It is.", TEXT)])
def test_what_cannot_be_compared_has_no_features(claim: str, text: str, measured: Measure) -> None:
    assert measured(claim, text) == NOTHING


def test_measuring_embeds_only_what_was_announced(dictionary: ChineseDictionary, measured: Measure) -> None:
    measured("Banks pay a fee, and it rained.")
    announced = texts_compared(align("Banks pay a fee, and it rained.", [SourceText("0", TEXT)], dictionary))

    assert set(measured.embedder.embedded) == set(announced)


def test_matrices_keep_the_order_of_the_names(measured: Measure) -> None:
    found = measured("Banks pay gold.")

    assert overlap_matrix([found]).tolist() == [list(astuple(found.overlap))]
    assert difference_matrix([found]).tolist() == [list(astuple(found.differences))]
    assert overlap_matrix([]).shape == (0, len(OVERLAP_NAMES))
    assert difference_matrix([]).shape == (0, len(DIFFERENCE_NAMES))
