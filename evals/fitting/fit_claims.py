"""Fit the claim checker: `python -m evals.fitting.fit_claims` writes assistant/claim_weights.json.

Learned from are only sets whose licence allows it: WiCE dev (ODC-BY, CC BY-SA), BEGIN dev (CC BY 4.0, CMU's
permissive licence, CDLA-Sharing 1.0), and claims planted in squad2, or_sharc, drcd (CC BY-SA) and statutes.
QAGS (no licence) and OCNLI (non-commercial) are only measured on. What counts as supported: `claim_sets`.
"""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.claim_evidence import EVIDENCE_FEATURE_NAMES
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
)
from evals.claims.labelled import LabelledClaim
from evals.claims.measured import MeasuredClaim, measured_claims
from evals.claims.noisy_and import stored_linear, stored_support
from evals.claims.planted import planted
from evals.claims.sets import CLAIM_SETS
from evals.claims.texts import TEXT_FILES, public_texts
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import DEFAULT_EMBEDDER, open_embedder
from knowledge.vector_cache import CachedEmbedder

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "assistant" / "claim_weights.json"
PLANTED = {"en": "planted (en)", "zh": "planted (zh)"}
# What each set weighs in the fit; the sets that people labelled weigh 1.
SHARES = {
    "wice": 1.0, "begin (wow)": 1.0, "begin (cmu)": 1.0, "begin (tc)": 1.0,
    "planted (en)": 0.5, "planted (zh)": 0.5,
}  # fmt: skip
FAMILIES = ("wice", "begin", "planted")  # left out together, since the sets of one have a manner in common
TEXTS_OF_EACH = 60
PLANTED_A_TEXT = 2


def main() -> int:
    """Fit, print the figures, write the weights."""
    public = Path(os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA", ROOT.parent / "shared" / "data"))
    if not public.is_dir():
        sys.stderr.write(
            f"{public} is not there; set POLICY_ASSISTANT_PUBLIC_DATA to the public data sets.\n"
        )
        return 1
    cache = Path(os.environ.get("POLICY_ASSISTANT_HOME", tempfile.gettempdir())) / "fit-cache"
    cache.mkdir(parents=True, exist_ok=True)
    embedder = CachedEmbedder(open_embedder(DEFAULT_EMBEDDER, cache_folder=cache), cache / "vectors.sqlite")
    dictionary = ChineseDictionary(cache)
    sets = {
        name: measured_claims(claims, embedder, dictionary, name=name)
        for name, claims in _labelled(public).items()
    }
    stored = fit_and_measure(sets)
    stored["data_sha256"] = _hashes(public)
    sys.stdout.write(json.dumps(stored["figures"], indent=2) + "\n")
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"Written: {TARGET}\n")
    return 0


def fit_and_measure(sets: Mapping[str, list[MeasuredClaim]]) -> dict[str, object]:
    """Weights and figures as claim_weights.json holds them, but for the data's hashes."""
    folds = {name: scores_in_folds(sets, SHARES, name) for name in SHARES if name in sets}
    labels = {name: [one.labelled.supported for one in sets[name]] for name in folds}
    threshold = best_threshold([(folds[name], labels[name]) for name in folds])
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
        "written_by": "python -m evals.fitting.fit_claims",
        "date": datetime.now(UTC).date().isoformat(),
        "fitted_on": {name: len(sets[name]) for name in SHARES if name in sets},
        "figures": {
            "in folds, by document": {name: agreement(folds[name], sets[name], threshold) for name in folds},
            "fitted without it and its like": {name: unseen[name] for name in sets},
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
    }


def _labelled(public: Path) -> dict[str, list[LabelledClaim]]:
    labelled = {name: list(read(public)) for name, (read, _file) in CLAIM_SETS.items()}
    texts = public_texts(public, of_each=TEXTS_OF_EACH)
    for language, name in PLANTED.items():
        some = [text for text in texts if text.language == language]
        labelled[name] = list(planted(some, of_each=PLANTED_A_TEXT))
    return labelled


def _hashes(public: Path) -> dict[str, str]:
    paths = [file for _read, file in CLAIM_SETS.values()] + list(TEXT_FILES)
    return {path: _sha256(public / path) for path in paths}


def _sha256(path: Path) -> str:
    """Of a file, or of a folder's Markdown files: their names and contents in order."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
        if path.is_dir():
            digest.update(file.relative_to(path).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
