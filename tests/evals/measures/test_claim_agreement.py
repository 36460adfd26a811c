import pytest

from evals.measures.claim_agreement import (
    auroc,
    balanced_accuracy,
    calibration_points,
    expected_calibration_error,
)


def test_auroc_counts_the_pairs_in_the_right_order_and_ties_half() -> None:
    # True .9 .5, false .5 .1: pairs (.9,.5) right, (.9,.1) right, (.5,.5) tie, (.5,.1) right.
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == 3.5 / 4
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    assert auroc([0.5, 0.5, 0.5], [True, False, False]) == 0.5


def test_balanced_accuracy_weighs_both_labels_alike() -> None:
    # Three of four true ones and none of one false one.
    assert balanced_accuracy([True, True, True, False, True], [True, True, True, True, False]) == 0.375


def test_calibration_error_is_the_weighted_distance_of_score_and_share() -> None:
    # Bin (.2, .3]: scores .25 .3, one true: |.275 - .5| = .225. Bin (.9, 1]: .95, true: .05.
    scores, labels = [0.25, 0.3, 0.95], [True, False, True]
    assert expected_calibration_error(scores, labels) == pytest.approx((2 * 0.225 + 0.05) / 3)
    assert calibration_points(scores, labels) == [(0.275, 0.5, 2), (0.95, 1.0, 1)]


def test_with_one_bin_only_the_means_count() -> None:
    assert expected_calibration_error([0.0, 1.0], [True, False], bins=1) == 0.0
    assert expected_calibration_error([0.0, 1.0], [True, False], bins=2) == 1.0


def test_what_does_not_apply_is_none() -> None:
    assert auroc([0.1, 0.2], [True, True]) is None
    assert auroc([], []) is None
    assert balanced_accuracy([True, False], [False, False]) is None
    assert balanced_accuracy([], []) is None
    assert expected_calibration_error([], []) is None


def test_lengths_that_differ_and_scores_that_are_no_probabilities_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 1 labels"):
        auroc([0.1, 0.2], [True])
    with pytest.raises(ValueError, match="from 0 to 1"):
        expected_calibration_error([1.5], [True])
    with pytest.raises(ValueError, match="from 0 to 1"):
        expected_calibration_error([float("nan")], [True])
