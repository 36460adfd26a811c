"""Fit the claim checker: `policy-assistant evals calibrate` writes assistant/claims/claim_weights.json.

Learned from are only sets whose licence allows it: WiCE dev (ODC-BY, CC BY-SA), BEGIN dev (CC BY 4.0, CMU's
permissive licence, CDLA-Sharing 1.0), and claims planted in squad2, or_sharc, drcd (CC BY-SA) and statutes.
QAGS (no licence) and OCNLI (non-commercial) are only measured on. What counts as supported: `claim_sets`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.calibration import IN_FOLDS, UNSEEN
from assistant.claims.claim_evidence import EVIDENCE_FEATURE_NAMES
from assistant.quotes.weights import stored_linear
from evals.claims.figures import (
    Figures,
    agreement,
    best_threshold,
    by_kind,
    claim_scores,
    evidence_in_folds,
    fit_evidence,
    fitted,
    scores_in_folds,
    threshold_curve,
)
from evals.claims.labelled import LabelledClaim
from evals.claims.measured import MeasuredClaim, measured_claims
from evals.claims.noisy_and import stored_support
from evals.claims.planted import planted
from evals.claims.sets import CLAIM_SETS
from evals.claims.texts import public_texts
from evals.fitting.workbench import Workbench

PLANTED = {"en": "planted (en)", "zh": "planted (zh)"}
# What each set weighs in the fit; the sets that people labelled weigh 1.
SHARES = {
    "wice": 1.0, "begin (wow)": 1.0, "begin (cmu)": 1.0, "begin (tc)": 1.0,
    "planted (en)": 0.5, "planted (zh)": 0.5,
}  # fmt: skip
FAMILIES = ("wice", "begin", "planted")  # left out together, since the sets of one have a manner in common
TEXTS_OF_EACH = 60
PLANTED_A_TEXT = 2


def fit_claims(bench: Workbench) -> dict[str, Any]:
    """Both models as claim_weights.json holds them, with their figures and the curve of the threshold."""
    return fit_and_measure(
        {
            name: measured_claims(claims, bench.embedder, bench.dictionary, name=name)
            for name, claims in _labelled(bench.public).items()
        }
    )


def fit_and_measure(sets: Mapping[str, list[MeasuredClaim]]) -> dict[str, Any]:
    """Weights, figures and curve of these sets, as claim_weights.json holds them."""
    folds = {name: scores_in_folds(sets, SHARES, name) for name in SHARES if name in sets}
    labels = {name: [one.labelled.supported for one in sets[name]] for name in folds}
    curve = threshold_curve([(folds[name], labels[name]) for name in folds])
    threshold = best_threshold(curve)
    model = fitted(sets, SHARES)
    unseen: dict[str, Figures] = {}
    for family in FAMILIES:
        rest = {name: some for name, some in sets.items() if not name.startswith(family)}
        without = fitted(rest, SHARES)
        for name in sets.keys() - rest.keys():
            unseen[name] = agreement(claim_scores(without, sets[name]), sets[name], threshold)
    for name in sets.keys() - SHARES.keys():
        unseen[name] = agreement(claim_scores(model, sets[name]), sets[name], threshold)
    evidence_from, evidence = evidence_in_folds(sets["wice"])
    return {
        "fitted_on": {name: len(sets[name]) for name in SHARES if name in sets},
        "figures": {
            IN_FOLDS: {name: agreement(folds[name], sets[name], threshold) for name in folds},
            UNSEEN: {name: unseen[name] for name in sets},
            "planted claims that pass, in folds": {
                name: by_kind(folds[name], sets[name], threshold) for name in PLANTED.values()
            },
            "evidence sentences, wice in folds": evidence,
        },
        "support": {**stored_support(model), "supported_from": threshold},
        "evidence": {
            **stored_linear(fit_evidence(sets["wice"]), EVIDENCE_FEATURE_NAMES),
            "evidence_from": evidence_from,
        },
        "curve": {
            "columns": ["supported from", "balanced accuracy, mean over the sets in folds"],
            "all sets": [[least, round(mean, 4)] for least, mean in curve],
        },
    }


def _labelled(public: Path) -> dict[str, list[LabelledClaim]]:
    labelled = {name: list(read(public)) for name, (read, _file) in CLAIM_SETS.items()}
    texts = public_texts(public, of_each=TEXTS_OF_EACH)
    for language, name in PLANTED.items():
        some = [text for text in texts if text.language == language]
        labelled[name] = list(planted(some, of_each=PLANTED_A_TEXT))
    return labelled
