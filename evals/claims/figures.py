"""How well the claim checker agrees with people, and its evidence sentences with those that people marked."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.claims.claim_evidence import MOST_SENTENCES
from assistant.claims.claim_weights import SupportModel
from assistant.quotes.weights import LinearModel
from evals.claims.measured import Candidates, MeasuredClaim
from evals.claims.noisy_and import fit_logistic, fit_support, scores
from evals.measures.claim_agreement import auroc, balanced_accuracy, expected_calibration_error
from evals.measures.sentence_f1 import sentence_precision_recall

FOLDS = 5
THRESHOLDS = np.round(np.arange(0.34, 0.601, 0.02), 2)  # above what LEAST_TAKEN leaves of 1
EVIDENCE_THRESHOLDS = np.round(np.arange(-3.0, 1.01, 0.1), 2)

Sets = Mapping[str, Sequence[MeasuredClaim]]
Figures = dict[str, float | int | None]


def claim_scores(model: SupportModel, claims: Sequence[MeasuredClaim]) -> NDArray[np.float64]:
    """The probability of each claim: that of its weakest sentence, shape (n,)."""
    return np.array([scores(model, one.example).min() for one in claims])


def fitted(sets: Sets, shares: Mapping[str, float]) -> SupportModel:
    """The model of the sets that have a share."""
    return fit_support(
        [([one.example for one in sets[name]], share) for name, share in shares.items() if name in sets]
    )


def scores_in_folds(sets: Sets, shares: Mapping[str, float], name: str) -> NDArray[np.float64]:
    """Scores of a fitted set, each claim's from a model that saw the other sets and no claim of its group."""
    claims = sets[name]
    folds = fold_of([one.group for one in claims])
    found = np.zeros(len(claims))
    for fold in range(FOLDS):
        rest = {**sets, name: [one for one, its in zip(claims, folds, strict=True) if its != fold]}
        model = fitted(rest, shares)
        here = [i for i, its in enumerate(folds) if its == fold]
        found[here] = claim_scores(model, [claims[i] for i in here])
    return found


def fold_of(groups: Sequence[str], seed: int = 0) -> list[int]:
    """A fold for each, one for all of a group, drawn at random."""
    known = sorted(set(groups))
    drawn = np.random.default_rng(seed).permutation(len(known)) % FOLDS
    by_group = dict(zip(known, drawn, strict=True))
    return [int(by_group[group]) for group in groups]


def threshold_curve(
    scored: Sequence[tuple[NDArray[np.float64], Sequence[bool]]],
) -> list[tuple[float, float]]:
    """For each threshold that is tried, the balanced accuracy as a mean over the sets."""

    def mean(threshold: float) -> float:
        return float(
            np.mean([balanced_accuracy(list(s >= threshold), labels) or 0.0 for s, labels in scored])
        )

    return [(float(threshold), mean(float(threshold))) for threshold in THRESHOLDS]


def best_threshold(curve: Sequence[tuple[float, float]]) -> float:
    """The first threshold of the curve at its highest point."""
    return max(curve, key=lambda point: point[1])[0]


def agreement(found: NDArray[np.float64], claims: Sequence[MeasuredClaim], threshold: float) -> Figures:
    """Claims, share supported, AUROC, balanced accuracy at the threshold, expected calibration error."""
    labels = [one.labelled.supported for one in claims]
    values = [float(value) for value in found]
    return {
        "claims": len(claims),
        "supported": _rounded(float(np.mean(labels))),
        "AUROC": _rounded(auroc(values, labels)),
        "balanced accuracy": _rounded(balanced_accuracy([v >= threshold for v in values], labels)),
        "calibration error": _rounded(expected_calibration_error(values, labels)),
    }


def by_kind(found: NDArray[np.float64], claims: Sequence[MeasuredClaim], threshold: float) -> Figures:
    """Of each kind of planted claim, the share that passes for supported."""
    kinds = sorted({(not one.labelled.supported, one.labelled.kind) for one in claims})
    return {
        f"{'wrong' if wrong else 'right'}: {kind}": _rounded(
            float(
                np.mean(
                    [
                        value >= threshold
                        for value, one in zip(found, claims, strict=True)
                        if (not one.labelled.supported, one.labelled.kind) == (wrong, kind)
                    ]
                )
            )
        )
        for wrong, kind in kinds
    }


def fit_evidence(claims: Sequence[MeasuredClaim]) -> LinearModel:
    """Is a candidate one of the sentences that people marked?"""
    found = [part for one in claims for part in one.candidates]
    features = np.concatenate([part.features for part in found])
    labels = np.array([bool(marked) for part in found for marked in part.marked], dtype=float)
    return fit_logistic(features, labels)


def evidence_in_folds(claims: Sequence[MeasuredClaim]) -> tuple[float, dict[str, Figures]]:
    """The best threshold, and precision, recall and F1 in folds beside "cite the most similar sentence".

    Of several marked sets the one that fits best counts, as in WiCE. The threshold is chosen on the same
    folds, one number for all of them.
    """
    marked = [one for one in claims if one.ranges and one.candidates]
    folds = fold_of([one.group for one in marked])
    log_odds: list[list[NDArray[np.float64]]] = [[] for _ in marked]
    for fold in range(FOLDS):
        model = fit_evidence([one for one, its in zip(marked, folds, strict=True) if its != fold])
        for i, (one, its) in enumerate(zip(marked, folds, strict=True)):
            if its == fold:
                log_odds[i] = [model.log_odds(part.features) for part in one.candidates]

    def measured(least: float) -> Figures:
        return _evidence_figures(marked, lambda i, j, _part: _kept(log_odds[i][j], least))

    threshold = float(max(EVIDENCE_THRESHOLDS, key=lambda least: measured(float(least))["F1"] or 0.0))
    nearest = _evidence_figures(marked, lambda _i, _j, part: [int(part.features[:, 2].argmax())])
    return threshold, {"the checker's evidence": measured(threshold), "the most similar sentence": nearest}


def _kept(log_odds: NDArray[np.float64], least: float) -> list[int]:
    best = np.argsort(-log_odds, kind="stable")[:MOST_SENTENCES]
    return sorted({int(best[0]), *(int(i) for i in best if log_odds[i] >= least)})


def _evidence_figures(
    marked: Sequence[MeasuredClaim], cited_by: Callable[[int, int, Candidates], list[int]]
) -> Figures:
    best = []
    for i, one in enumerate(marked):
        cited: set[tuple[int, ...]] = set()
        for j, part in enumerate(one.candidates):
            # A sentence outside every marked one is a stray of its own.
            cited |= {tuple(sorted(part.marked[k])) or (-1, j, k) for k in cited_by(i, j, part)}
        numbers = {number for each in cited if each[0] >= 0 for number in each} | {
            hash(each) - 10**20 for each in cited if each[0] < 0
        }
        gold = [frozenset(one.ranges.index(span) for span in some) for some in one.labelled.evidence]
        best.append(max((sentence_precision_recall(numbers, some) for some in gold), key=lambda s: s.f1))
    return {
        "claims": len(best),
        "precision": _rounded(float(np.mean([score.precision or 0.0 for score in best]))),
        "recall": _rounded(float(np.mean([score.recall or 0.0 for score in best]))),
        "F1": _rounded(float(np.mean([score.f1 for score in best]))),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
