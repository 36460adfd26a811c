"""The fit of the support model, on claims whose right weights are plain."""

import numpy as np
import pytest

from assistant.claims.claim_features import DIFFERENCE_NAMES, OVERLAP_NAMES
from evals.claims.noisy_and import LEAST_TAKEN, MOST_TAKEN, Example, fit_logistic, fit_support, scores

WORDS, MISSING = OVERLAP_NAMES.index("words_anywhere"), OVERLAP_NAMES.index("words_missing")
NEGATION, ELSEWHERE = DIFFERENCE_NAMES.index("negation"), DIFFERENCE_NAMES.index("number_elsewhere")


def example(*words: float, negation: float = 0.0, supported: bool = True) -> Example:
    overlap, differences = (
        np.zeros((len(words), len(OVERLAP_NAMES))),
        np.zeros((len(words), len(DIFFERENCE_NAMES))),
    )
    overlap[:, WORDS], differences[:, NEGATION] = words, negation
    return Example(overlap, differences, supported)


MADE = [
    *(example(0.8 + 0.01 * i) for i in range(20)),
    *(example(0.2 + 0.01 * i, supported=False) for i in range(20)),
    *(example(0.9, negation=1.0, supported=False) for _ in range(5)),
    *(example(0.9, 0.2, supported=False) for _ in range(5)),  # wrong for its second sentence alone
]


def test_overlap_helps_and_what_never_occurs_with_support_takes_away() -> None:
    model = fit_support([(MADE, 1.0)])

    assert model.overlap.weight[WORDS] > 0
    assert model.overlap.weight[MISSING] == pytest.approx(0.0)  # never seen
    assert model.takes[NEGATION] == pytest.approx(MOST_TAKEN)
    assert model.takes[DIFFERENCE_NAMES.index("limit")] >= LEAST_TAKEN["limit"]
    right, wrong, denied = (
        scores(model, one)[0] for one in (example(0.9), example(0.2), example(0.9, negation=1.0))
    )
    assert right > 0.8
    assert wrong < 0.2
    assert denied < 0.05


def test_a_claim_counts_with_its_weakest_sentence() -> None:
    model = fit_support([(MADE, 1.0)])

    good, bad = scores(model, example(0.9, 0.2))
    assert good > 0.8
    assert bad < 0.2


def test_weights_never_take_the_wrong_sign() -> None:
    turned = [Example(one.overlap, one.differences, not one.supported) for one in MADE]

    assert fit_support([(turned, 1.0)]).overlap.weight[WORDS] == pytest.approx(0.0)


def test_plain_logistic_regression_may_take_either() -> None:
    features = np.array([[0.0, 1.0], [0.1, 0.9], [0.9, 0.1], [1.0, 0.0]] * 10)
    model = fit_logistic(features, np.array([0.0, 0.0, 1.0, 1.0] * 10))

    assert model.weight[0] > 0 > model.weight[1]
    assert (model.log_odds(features) > 0).tolist() == [False, False, True, True] * 10
