"""The printed agreement with the labels."""

from assistant.calibration import IN_FOLDS, UNSEEN
from evals.fitting.agreement_table import agreement_table


def test_claims_are_shown_in_folds_and_unseen() -> None:
    folds = {"wice": {"claims": 4, "AUROC": 0.75, "balanced accuracy": 0.5, "calibration error": 0.35}}
    unseen = {
        "wice": {"claims": 4, "AUROC": 0.625, "balanced accuracy": 0.25, "calibration error": 0.125},
        "qags": {"claims": 7, "AUROC": None, "balanced accuracy": 0.5, "calibration error": 0.25},
    }
    *_, header, wice, qags = agreement_table("claims", {"figures": {IN_FOLDS: folds, UNSEEN: unseen}}).split(
        "\n"
    )

    assert header.split()[:3] == ["claims", "AUROC,", "folds"]
    assert wice.split() == ["wice", "4", "0.750", "0.500", "0.350", "0.625", "0.250", "0.125"]
    assert qags.split() == ["qags", "7", "–", "–", "–", "–", "0.500", "0.250"]


def test_answers_are_shown_set_by_set() -> None:
    figures = {
        "clapnq": {
            "questions": 71,
            "answerable or not, AUROC": 0.893,
            "answerable declined": 0.171,
            "unanswerable declined": 0.778,
        }
    }

    *_, row = agreement_table("answers", {"figures": figures}).split("\n")
    assert row.split() == ["clapnq", "71", "0.893", "0.171", "0.778"]
