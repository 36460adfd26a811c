"""Public sets of claims that people judged, and edited Chinese clauses, through the shipped claim checker."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.claims.claim_support import ClaimChecker, ClaimSupport
from assistant.claims.claim_tasks import ClaimTask, check_claims
from assistant.claims.claim_weights import claim_weights
from evals.claims.clause_edits import clause_pairs
from evals.claims.labelled import LabelledClaim
from evals.claims.sets import CLAIM_SETS
from evals.figures.cases import Figure
from evals.measures.claim_agreement import auroc, balanced_accuracy, expected_calibration_error
from evals.public.result import PublicResult, statistic_figure
from evals.tasks.models import Models

CLAUSE_EDITS = "edited Chinese clauses"
_SEED = 0


def measure_claims(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    """Agreement with people's labels, set by set: nothing of an absent one, a sample of a large one."""
    return [_measured(name, _sampled(claims, sample), models) for name, claims in _present(data) if claims]


def _present(data: Path) -> Iterator[tuple[str, list[LabelledClaim]]]:
    for name, (read, file) in CLAIM_SETS.items():
        if (data / file).is_file():
            yield name, list(read(data))
    yield CLAUSE_EDITS, list(clause_pairs(data))


def _sampled(claims: list[LabelledClaim], sample: int | None) -> list[LabelledClaim]:
    if sample is None or sample >= len(claims):
        return claims
    return random.Random(_SEED).sample(claims, sample)  # noqa: S311 (sampling data)


def _measured(name: str, claims: Sequence[LabelledClaim], models: Models) -> PublicResult:
    checker = ClaimChecker(models.embedder, models.dictionary, claim_weights())
    tasks = [ClaimTask(str(number), one.claim, one.sources) for number, one in enumerate(claims)]
    checked = [support for _task, support in check_claims(tasks, checker=checker, embedder=models.embedder)]
    return PublicResult(f"{name}, claims", claim_figures(claims, checked))


def claim_figures(claims: Sequence[LabelledClaim], checked: Sequence[ClaimSupport]) -> tuple[Figure, ...]:
    """AUROC, balanced accuracy and calibration error, and of each kind of edit the share that passes."""
    labels = [one.supported for one in claims]
    scores = [one.score for one in checked]
    figures = [
        statistic_figure("AUROC", auroc, scores, labels),
        statistic_figure("balanced accuracy", balanced_accuracy, [one.supported for one in checked], labels),
        statistic_figure("calibration error", expected_calibration_error, scores, labels),
    ]
    kinds = sorted({(not one.supported, one.kind) for one in claims if one.kind})
    for wrong, kind in kinds:
        passed = [
            float(support.supported)
            for one, support in zip(claims, checked, strict=True)
            if (not one.supported, one.kind) == (wrong, kind)
        ]
        figures.append(statistic_figure(f"pass, {'false' if wrong else 'true'}: {kind}", _mean, passed))
    return tuple(figures)


def _mean(values: Sequence[float]) -> float:
    return float(sum(values) / len(values))
