"""The fitted numbers: read by name, and used as the logistic models that they are."""

import json
import math
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from assistant.quotes.evidence import FEATURE_NAMES
from assistant.quotes.second_look import ANSWER_FEATURE_NAMES, BESIDE_FEATURE_NAMES
from assistant.quotes.weights import ANSWER_FROM, evidence_weights, weights_from


def model(names: Sequence[str]) -> dict[str, Any]:
    """A stored model in which the first feature counts alone: mean 2, scale 4, weight 3, bias 1."""
    features = {name: {"mean": 0.0, "scale": 1.0, "weight": 0.0} for name in names}
    features[names[0]] = {"mean": 2.0, "scale": 4.0, "weight": 3.0}
    return {"features": features, "bias": 1.0}


def stored(**changed: object) -> dict[str, Any]:
    """The models and the margin as the file holds them."""
    models = {
        "sentence": model(FEATURE_NAMES),
        "answer": model(ANSWER_FEATURE_NAMES),
        "beside": model(BESIDE_FEATURE_NAMES),
    }
    return {**models, "quote_margin": 1.5, **changed}


def row(names: Sequence[str], first: float) -> list[float]:
    """Features of which only the first counts."""
    return [first] + [7.0] * (len(names) - 1)


def test_log_odds_are_the_weighted_standardised_features_and_the_bias() -> None:
    # (10 - 2) / 4 * 3 + 1 = 7;  (2 - 2) / 4 * 3 + 1 = 1
    features = np.array([row(FEATURE_NAMES, 10.0), row(FEATURE_NAMES, 2.0)])

    assert weights_from(stored()).sentence.log_odds(features).tolist() == [7.0, 1.0]


def test_confidence_is_the_logistic_of_the_answer_models_log_odds() -> None:
    weights = weights_from(stored())

    # (2/3 - 2) / 4 * 3 + 1 = 0;  (2 - 2) / 4 * 3 + 1 = 1
    assert weights.confidence(np.array(row(ANSWER_FEATURE_NAMES, 2 / 3))) == pytest.approx(ANSWER_FROM)
    assert weights.confidence(np.array(row(ANSWER_FEATURE_NAMES, 2.0))) == pytest.approx(
        1 / (1 + math.exp(-1))
    )


def test_the_order_in_the_file_does_not_matter() -> None:
    shuffled = model(FEATURE_NAMES) | {"features": dict(reversed(model(FEATURE_NAMES)["features"].items()))}

    read = weights_from(stored(sentence=shuffled)).sentence
    assert read.weight.tolist() == weights_from(stored()).sentence.weight.tolist()


@pytest.mark.parametrize("names", [FEATURE_NAMES[1:], (*FEATURE_NAMES, "luck")])
@pytest.mark.parametrize("which", ["sentence", "answer", "beside"])
def test_weights_for_other_features_are_refused(which: str, names: Sequence[str]) -> None:
    with pytest.raises(ValueError, match="is for the features"):
        weights_from(stored(**{which: model(names)}))


class TestShipped:
    def test_they_fit_this_version_and_are_finite(self) -> None:
        weights = evidence_weights()

        for fitted, names in (
            (weights.sentence, FEATURE_NAMES),
            (weights.answer, ANSWER_FEATURE_NAMES),
            (weights.beside, BESIDE_FEATURE_NAMES),
        ):
            for column in (fitted.mean, fitted.scale, fitted.weight):
                assert column.shape == (len(names),)
                assert np.isfinite(column).all()
            assert (fitted.scale > 0).all()
            assert math.isfinite(fitted.bias)
        assert weights.quote_margin > 0

    def test_the_file_says_where_it_comes_from(self) -> None:
        told = json.loads(files("assistant.quotes").joinpath("evidence_weights.json").read_text("utf-8"))

        assert {"written_by", "date", "fitted_on", "figures"} <= told.keys()


def test_what_more_the_reader_reads_can_only_raise_the_confidence() -> None:
    """Why nothing more is read once the answer is yes: see `DOUBT_FROM`."""
    weight = dict(zip(ANSWER_FEATURE_NAMES, evidence_weights().answer.weight, strict=True))

    assert weight["highest_reader_answerable"] > 0
