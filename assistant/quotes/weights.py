"""The fitted numbers that quoting works with, from evidence_weights.json beside this file.

`policy-assistant evals calibrate answers` writes that file, with what it was fitted on and what it reached.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.quotes.evidence import FEATURE_NAMES
from assistant.quotes.second_look import ANSWER_FEATURE_NAMES, BESIDE_FEATURE_NAMES

ANSWER_FROM = 0.5  # confidence; the answer model is fitted so that this is its threshold
# Confidence from which a second passage may still turn "no" into "yes": it did so from below this in 1 of 257
# questions of MTRAG-UN and in none of 2,162 others. It can only raise the confidence.
DOUBT_FROM = 0.12


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic regression over standardised features; its weights say what counts and how much."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weight: NDArray[np.float64]
    bias: float

    def log_odds(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds, shape (n,), from features (n, f)."""
        result: NDArray[np.float64] = ((features - self.mean) / self.scale) @ self.weight + self.bias
        return result

    def probability(self, features: NDArray[np.float64]) -> float:
        """The probability, 0..1, from the features (f,) of one thing."""
        log_odds = np.clip(self.log_odds(features[None, :])[0], -50, 50)  # exp() must not overflow
        return float(1 / (1 + np.exp(-log_odds)))


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Three models: does a sentence answer, do the passages answer at all, what is quoted beside the best."""

    sentence: LinearModel
    answer: LinearModel
    beside: LinearModel  # fitted so that its threshold is 0
    quote_margin: float  # log-odds below the best sentence within which others are quoted in any case

    def confidence(self, answer_features: NDArray[np.float64]) -> float:
        """How sure it is, 0..1, that the passages answer, from the answer features (f,)."""
        return self.answer.probability(answer_features)


@cache
def evidence_weights() -> EvidenceWeights:
    """The weights that this version ships with."""
    return weights_from(
        json.loads(files("assistant.quotes").joinpath("evidence_weights.json").read_text("utf-8"))
    )


def weights_from(stored: dict[str, Any]) -> EvidenceWeights:
    """Weights from their stored form; raises ValueError when it is for other features than this version's."""
    return EvidenceWeights(
        sentence=_model(stored["sentence"], FEATURE_NAMES),
        answer=_model(stored["answer"], ANSWER_FEATURE_NAMES),
        beside=_model(stored["beside"], BESIDE_FEATURE_NAMES),
        quote_margin=stored["quote_margin"],
    )


def _model(stored: dict[str, Any], names: Sequence[str]) -> LinearModel:
    # Features are stored by name, so that a reordering in the code cannot mix their weights up.
    by_name = stored["features"]
    if set(by_name) != set(names):
        raise ValueError(f"evidence_weights.json is for the features {sorted(by_name)}, not {sorted(names)}")
    mean, scale, weight = (
        np.array([by_name[name][key] for name in names]) for key in ("mean", "scale", "weight")
    )
    return LinearModel(mean, scale, weight, stored["bias"])


def stored_linear(model: LinearModel, names: Sequence[str]) -> dict[str, Any]:
    """The model as a weights file holds it, its features by name."""
    columns = zip(names, model.mean, model.scale, model.weight, strict=True)
    return {
        "features": {
            name: {"mean": round(float(m), 5), "scale": round(float(s), 5), "weight": round(float(w), 4)}
            for name, m, s, w in columns
        },
        "bias": round(model.bias, 4),
    }
