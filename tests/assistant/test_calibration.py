"""How far to trust what is fitted: figures of the stored weights, worked out by hand."""

from typing import Any

import pytest

from assistant.calibration import (
    HELD_OUT_SET,
    IN_FOLDS,
    UNSEEN,
    CheckerAgreement,
    agreement_from,
    checker_agreement,
    decisions_from,
    held_out_decisions,
)


def test_right_is_what_was_answered_of_the_one_kind_and_declined_of_the_other() -> None:
    figures = {
        "questions": 10,
        "answerable": 6,
        "answerable declined": 0.5,
        "unanswerable declined": 0.75,
    }

    found = decisions_from({"figures": {HELD_OUT_SET: figures}})

    # 3 of 6 answered and 3 of 4 declined
    assert found.right == pytest.approx(0.6)
    assert (found.questions, found.unanswerable_declined) == (10, 0.75)


def test_agreement_is_with_people_and_a_set_that_is_only_measured_on_has_no_folds() -> None:
    def one(balanced: float) -> dict[str, Any]:
        return {"claims": 7, "balanced accuracy": balanced}

    figures = {
        IN_FOLDS: {"wice": one(0.75), "planted (en)": one(0.9)},
        UNSEEN: {"wice": one(0.625), "qags": one(0.5), "planted (en)": one(0.9)},
    }

    assert agreement_from({"figures": figures}) == (
        CheckerAgreement("wice", 7, 0.75, 0.625),
        CheckerAgreement("qags", 7, None, 0.5),
    )


def test_the_shipped_weights_say_both() -> None:
    decisions, agreement = held_out_decisions(), checker_agreement()

    assert decisions.questions > 100
    assert 0.5 < decisions.right < 1
    assert {"wice", "qags", "ocnli"} <= {one.name for one in agreement}
    assert not any(one.name.startswith("planted") for one in agreement)
    assert all(0 <= one.unseen_balanced_accuracy <= 1 for one in agreement if one.unseen_balanced_accuracy)
