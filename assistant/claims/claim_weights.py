"""The fitted numbers that the claim checker works with, from claim_weights.json beside this file.

`policy-assistant evals calibrate claims` writes that file, with what it was fitted on and what it reached.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.claims.claim_evidence import EVIDENCE_FEATURE_NAMES
from assistant.claims.claim_features import DIFFERENCE_NAMES, OVERLAP_NAMES
from assistant.quotes.weights import LinearModel


@dataclass(frozen=True, slots=True)
class SupportModel:
    """A logistic model of overlap, of whose probability each difference leaves a part (a noisy AND).

    So a sentence that is quoted but for one number does not pass for all that it shares, and a difference
    weighs the same however much is shared. Source of the noisy AND: J. Pearl, Probabilistic Reasoning in
    Intelligent Systems (1988), section 4.3.
    """

    overlap: LinearModel
    takes: NDArray[np.float64]  # (differences,): what each, 0..1, takes away of the probability

    def overlap_alone(self, overlap: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same, shape (n,), as if nothing differed: for those who judge differences by themselves."""
        return self.probability(overlap, np.zeros((len(overlap), len(self.takes))))

    def probability(
        self, overlap: NDArray[np.float64], differences: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Probability, shape (n,), from overlaps (n, o) and differences (n, d)."""
        log_odds = np.clip(self.overlap.log_odds(overlap), -50, 50)  # exp() must not overflow
        left = np.prod(1 - differences * self.takes, axis=1)
        found: NDArray[np.float64] = left / (1 + np.exp(-log_odds))
        return found


@dataclass(frozen=True, slots=True)
class ClaimWeights:
    """Two models: is a sentence supported, and is a sentence of a passage evidence for it."""

    support: SupportModel
    supported_from: float  # probability
    evidence: LinearModel
    evidence_from: float  # log-odds


@cache
def claim_weights() -> ClaimWeights:
    """The weights that this version ships with."""
    return claim_weights_from(
        json.loads(files("assistant.claims").joinpath("claim_weights.json").read_text("utf-8"))
    )


def claim_weights_from(stored: Mapping[str, Any]) -> ClaimWeights:
    """Weights from their stored form; raises ValueError when it is for other features than this version's."""
    takes = stored["support"]["takes"]
    _check_names(takes, DIFFERENCE_NAMES)
    return ClaimWeights(
        SupportModel(
            _linear(stored["support"], OVERLAP_NAMES), np.array([takes[name] for name in DIFFERENCE_NAMES])
        ),
        stored["support"]["supported_from"],
        _linear(stored["evidence"], EVIDENCE_FEATURE_NAMES),
        stored["evidence"]["evidence_from"],
    )


def _linear(stored: Mapping[str, Any], names: Sequence[str]) -> LinearModel:
    # Features are stored by name, so that a reordering in the code cannot mix their weights up.
    by_name = stored["features"]
    _check_names(by_name, names)
    mean, scale, weight = (
        np.array([by_name[name][key] for name in names]) for key in ("mean", "scale", "weight")
    )
    return LinearModel(mean, scale, weight, stored["bias"])


def _check_names(stored: Mapping[str, Any], names: Sequence[str]) -> None:
    if set(stored) != set(names):
        raise ValueError(
            f"claim_weights.json is for {sorted(stored)}, not {sorted(names)}; "
            "fit it anew with: policy-assistant evals calibrate claims"
        )
