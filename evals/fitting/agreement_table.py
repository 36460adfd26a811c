"""What a fit reached, set by set, as a person reads it in a terminal."""

from collections.abc import Mapping
from typing import Any

from assistant.calibration import IN_FOLDS, UNSEEN
from evals.report.numbers import NOT_APPLICABLE, aligned

_CLAIM_FIGURES = ("AUROC", "balanced accuracy", "calibration error")
_ANSWER_FIGURES = ("answerable or not, AUROC", "answerable declined", "unanswerable declined")


def agreement_table(name: str, stored: Mapping[str, Any]) -> str:
    """The table of the part of that name, "answers" or "claims", from its stored form."""
    figures = stored["figures"]
    return _answers(figures) if name == "answers" else _claims(figures)


def _answers(figures: Mapping[str, Any]) -> str:
    rows = [
        [name, str(one["questions"]), *(_share(one, figure) for figure in _ANSWER_FIGURES)]
        for name, one in figures.items()
    ]
    return "Answering or declining, against the labels\n" + aligned(
        [["", "questions", *_ANSWER_FIGURES], *rows]
    )


def _claims(figures: Mapping[str, Any]) -> str:
    unseen, in_folds = figures[UNSEEN], figures[IN_FOLDS]
    rows = [
        [
            name,
            str(one["claims"]),
            *(_share(part.get(name, {}), figure) for part in (in_folds, unseen) for figure in _CLAIM_FIGURES),
        ]
        for name, one in unseen.items()
    ]
    header = [f"{figure}, {part}" for part in ("folds", "unseen") for figure in _CLAIM_FIGURES]
    told = (
        "The claim checker against the labels: people's, but for the planted claims. In folds a claim's\n"
        f"score is from weights that saw no claim of its document; unseen: {UNSEEN}."
    )
    return f"{told}\n{aligned([['', 'claims', *header], *rows])}"


def _share(figures: Mapping[str, Any], name: str) -> str:
    value = figures.get(name)
    return NOT_APPLICABLE if value is None else f"{value:.3f}"
