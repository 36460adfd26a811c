"""The figures of the claim checker, on a few claims made by hand."""

import numpy as np
import pytest

from assistant.claims.claim_alignment import SourceText
from assistant.claims.claim_features import DIFFERENCE_NAMES, OVERLAP_NAMES
from evals.claims.figures import (
    agreement,
    best_threshold,
    by_kind,
    evidence_in_folds,
    fold_of,
    scores_in_folds,
    threshold_curve,
)
from evals.claims.labelled import LabelledClaim
from evals.claims.measured import Candidates, MeasuredClaim, measured_claims
from evals.claims.noisy_and import Example
from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder


def claim(words: float, supported: bool, *, group: str = "", kind: str = "") -> MeasuredClaim:
    overlap = np.zeros((1, len(OVERLAP_NAMES)))
    overlap[0, OVERLAP_NAMES.index("words_anywhere")] = words
    labelled = LabelledClaim("x", (), supported, group, kind=kind)
    return MeasuredClaim(labelled, Example(overlap, np.zeros((1, len(DIFFERENCE_NAMES))), supported), ())


def test_agreement_is_counted_by_hand() -> None:
    claims = [claim(0, True), claim(0, True), claim(0, False), claim(0, False)]

    figures = agreement(np.array([0.9, 0.4, 0.6, 0.1]), claims, 0.5)

    assert figures == {
        "claims": 4,
        "supported": 0.5,
        "AUROC": 0.75,  # of the four pairs only 0.4 against 0.6 is the wrong way round
        "balanced accuracy": 0.5,
        "calibration error": 0.35,  # (0.1 + 0.6 + 0.6 + 0.1) / 4
    }


def test_the_threshold_is_where_both_sets_together_agree_best() -> None:
    one = (np.array([0.45, 0.55]), [False, True])
    other = (np.array([0.49, 0.51]), [False, True])

    curve = threshold_curve([one, other])

    assert best_threshold(curve) == pytest.approx(0.5)
    # At 0.46 the first set is told apart and the second is not: (1 + 0.5) / 2.
    assert dict(curve)[0.46] == pytest.approx(0.75)
    assert dict(curve)[0.4] == pytest.approx(0.5)


def test_kinds_of_planted_claims_are_told_apart() -> None:
    claims = [claim(0, False, kind="number"), claim(0, False, kind="number"), claim(0, True, kind="verbatim")]

    assert by_kind(np.array([0.9, 0.1, 0.9]), claims, 0.5) == {"right: verbatim": 1.0, "wrong: number": 0.5}


def test_a_group_is_never_divided() -> None:
    groups = [str(i // 4) for i in range(40)]
    folds = fold_of(groups)

    assert all(
        len({its for its, of in zip(folds, groups, strict=True) if of == group}) == 1 for group in groups
    )
    assert sorted(set(folds)) == [0, 1, 2, 3, 4]


def test_no_claim_is_scored_by_a_model_that_saw_its_group() -> None:
    # Group "odd" alone says that few words are support: seen, it would change its own scores.
    made = [claim(0.8, True, group=str(i)) for i in range(30)]
    made += [claim(0.2, False, group=str(i)) for i in range(30)]
    odd = [claim(0.2, True, group="odd") for _ in range(10)]

    found = scores_in_folds({"a": [*made, *odd]}, {"a": 1.0}, "a")

    assert found[:30].min() > 0.6
    assert found[60:].max() < 0.4


def test_evidence_is_measured_against_the_set_that_fits_best() -> None:
    # Two candidates: the first is evidence by every feature, the second is not.
    features = np.array([[0.9, 0.0, 0.9, 0.0, 0.9, 0.9], [0.1, 0.8, 0.7, 0.2, 0.0, 0.0]])
    labelled = [
        LabelledClaim("x", (), True, str(i), evidence=(((0, 5),), ((0, 5), (5, 9)))) for i in range(10)
    ]
    part = Candidates(features, (frozenset({0}), frozenset()))
    claims = [MeasuredClaim(one, claim(0, True).example, (part,), ((0, 5), (5, 9))) for one in labelled]

    _threshold, figures = evidence_in_folds(claims)

    perfect = {"claims": 10, "precision": 1.0, "recall": 1.0, "F1": 1.0}
    assert figures == {"the checker's evidence": perfect, "the most similar sentence": perfect}


def test_claims_are_measured_with_the_candidates_that_people_marked(dictionary: ChineseDictionary) -> None:
    source = SourceText("p", "Banks pay a fee.\n\nIt rained.")
    labelled = LabelledClaim("Banks pay a fee.", (source,), True, "g", evidence=(((0, 16),),))
    wordless = LabelledClaim("…", (source,), True, "g")

    (found,) = measured_claims([labelled, wordless], BagOfTermsEmbedder(), dictionary, name="made")

    assert found.example.overlap.shape == (1, len(OVERLAP_NAMES))
    assert found.candidates[0].marked == (frozenset({0}), frozenset())
