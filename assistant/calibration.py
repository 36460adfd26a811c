"""How often what is fitted is right, as the fit measured it and stored it beside the weights.

`policy-assistant evals calibrate` writes both; nothing here decides anything, it only says how far to trust.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HELD_OUT_SET = "seed (held out)"  # cases that nothing is fitted on
IN_FOLDS = "in folds, by document"
UNSEEN = "fitted without it and its like"
_MADE_BY_RULE = "planted"  # sets of this name: their labels are not people's


@dataclass(frozen=True, slots=True)
class HeldOutDecisions:
    """Answering or declining, on questions that set nothing in the product; shares are 0..1."""

    questions: int
    right: float
    unanswerable_declined: float


@dataclass(frozen=True, slots=True)
class CheckerAgreement:
    """How the claim checker agrees with the people who labelled one set; shares are 0..1.

    `balanced_accuracy` is None for a set that is only measured on; `unseen_balanced_accuracy` is from
    weights that were fitted without the set and its like.
    """

    name: str
    claims: int
    balanced_accuracy: float | None
    unseen_balanced_accuracy: float | None


def held_out_decisions() -> HeldOutDecisions:
    """How often this version's decision to answer is right."""
    return decisions_from(_stored("quotes/evidence_weights.json"))


def checker_agreement() -> tuple[CheckerAgreement, ...]:
    """How this version's claim checker agrees with people, a set each."""
    return agreement_from(_stored("claims/claim_weights.json"))


def decisions_from(stored: Mapping[str, Any]) -> HeldOutDecisions:
    """The figures of the held-out set, from the stored form of the evidence weights."""
    figures = stored["figures"][HELD_OUT_SET]
    questions, answerable = figures["questions"], figures["answerable"]
    declined = figures["unanswerable declined"]
    right = answerable * (1 - figures["answerable declined"]) + (questions - answerable) * declined
    return HeldOutDecisions(questions, right / questions, declined)


def agreement_from(stored: Mapping[str, Any]) -> tuple[CheckerAgreement, ...]:
    """The agreement with each set that people labelled, from the stored form of the claim weights."""
    in_folds, unseen = stored["figures"][IN_FOLDS], stored["figures"][UNSEEN]
    return tuple(
        CheckerAgreement(
            name,
            figures["claims"],
            in_folds[name]["balanced accuracy"] if name in in_folds else None,
            figures["balanced accuracy"],
        )
        for name, figures in unseen.items()
        if not name.startswith(_MADE_BY_RULE)
    )


@cache
def _stored(name: str) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(files("assistant").joinpath(name).read_text("utf-8"))
    return stored
