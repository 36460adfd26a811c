"""Fits the claim checker's model: overlaps that may only help, differences that may only take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.claims.claim_features import DIFFERENCE_NAMES, OVERLAP_NAMES
from assistant.claims.claim_weights import SupportModel
from assistant.quotes.weights import LinearModel, stored_linear

STRENGTH = 0.1  # inverse of the L2 penalty on standardised overlap weights
MOST_TAKEN = 0.97
# What each of these takes at least: a quotation with one of them must fall below the threshold, and the
# sets that people labelled hold too few such quotations to learn it from.
LEAST_TAKEN = dict.fromkeys(
    ("number_missing", "name_missing", "negation", "obligation", "limit", "direction", "contrary_side"), 0.68
)
_SPEAKS_AGAINST = ("words_missing",)  # the one overlap that may only count against a claim
_ROUNDS = 3  # of finding each claim's weakest sentence and fitting anew
_CLAIMS_A_SET = 400.0  # what every set weighs, however many claims it has


@dataclass(frozen=True, slots=True)
class Example:
    """A claim as the model sees it: its sentences' overlaps (s, o) and differences (s, d), and its label."""

    overlap: NDArray[np.float64]
    differences: NDArray[np.float64]
    supported: bool


def fit_support(sets: Sequence[tuple[Sequence[Example], float]]) -> SupportModel:
    """The model of (claims, share) sets, supported and unsupported claims of a set weighing alike.

    A claim counts with its weakest sentence, as the checker judges it. Every set needs both kinds of claims.
    """
    examples = [example for some, _share in sets for example in some]
    labels = np.array([example.supported for example in examples], dtype=float)
    weights = np.concatenate([_weights(some, share) for some, share in sets])
    overlap = np.array([example.overlap.mean(axis=0) for example in examples])
    differences = np.array([example.differences.max(axis=0) for example in examples])
    model = _fitted(overlap, differences, labels, weights)
    for _ in range(_ROUNDS - 1):
        weakest = [int(scores(model, example).argmin()) for example in examples]
        pairs = list(zip(examples, weakest, strict=True))
        overlap = np.array([example.overlap[i] for example, i in pairs])
        differences = np.array([example.differences[i] for example, i in pairs])
        model = _fitted(overlap, differences, labels, weights)
    return model


def scores(model: SupportModel, example: Example) -> NDArray[np.float64]:
    """The probability of each sentence of a claim, shape (s,)."""
    return model.probability(example.overlap, example.differences)


def fit_logistic(features: NDArray[np.float64], labels: NDArray[np.float64]) -> LinearModel:
    """Plain logistic regression by the same method: no differences, weights of either sign."""
    names = [""] * features.shape[1]
    nothing = np.zeros((len(features), 0))
    return _fitted(features, nothing, labels, np.ones(len(labels)), names=names, signed=False).overlap


def _weights(examples: Sequence[Example], share: float) -> NDArray[np.float64]:
    supported = np.array([example.supported for example in examples])
    each = np.where(supported, 1 / supported.sum(), 1 / (~supported).sum())
    weights: NDArray[np.float64] = each * share * _CLAIMS_A_SET / 2
    return weights


def _fitted(
    overlap: NDArray[np.float64],
    differences: NDArray[np.float64],
    labels: NDArray[np.float64],
    weights: NDArray[np.float64],
    *,
    names: Sequence[str] = OVERLAP_NAMES,
    signed: bool = True,
) -> SupportModel:
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    mean, scale = overlap.mean(axis=0), np.maximum(overlap.std(axis=0), 1e-6)
    standard = (overlap - mean) / scale
    count, taken = len(names), differences.shape[1]
    bounds: list[tuple[float | None, float | None]] = [(None, None)] * (count + 1)
    if signed:
        bounds = [(None, 0) if name in _SPEAKS_AGAINST else (0, None) for name in names] + [(None, None)]
    bounds += [(LEAST_TAKEN.get(name, 0.0), MOST_TAKEN) for name in DIFFERENCE_NAMES[:taken]]

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weight, bias, takes = parameters[:count], parameters[count], parameters[count + 1 :]
        alone = 1 / (1 + np.exp(-np.clip(standard @ weight + bias, -50, 50)))
        leaves = 1 - differences * takes
        left = leaves.prod(axis=1)
        found = np.clip(alone * left, 1e-6, 1 - 1e-6)
        likelihood = labels * np.log(found) + (1 - labels) * np.log(1 - found)
        by_found = weights * (found - labels) / (found * (1 - found))
        by_log_odds = by_found * alone * (1 - alone) * left
        by_takes = -((by_found * found)[:, None] * differences / leaves).sum(axis=0)
        gradient = np.concatenate(
            [standard.T @ by_log_odds + weight / STRENGTH, [by_log_odds.sum()], by_takes]
        )
        return float(-(weights * likelihood).sum() + weight @ weight / (2 * STRENGTH)), gradient

    start = np.concatenate([np.zeros(count + 1), np.full(taken, 0.7)])
    result = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}).x
    linear = LinearModel(mean, scale, result[:count], float(result[count]))
    return SupportModel(linear, result[count + 1 :])


def stored_support(model: SupportModel) -> Mapping[str, object]:
    """The model as claim_weights.json holds it."""
    takes = dict(zip(DIFFERENCE_NAMES, (round(float(take), 4) for take in model.takes), strict=True))
    return {**stored_linear(model.overlap, OVERLAP_NAMES), "takes": takes}
