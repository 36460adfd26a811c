import copy
import json
from importlib.resources import files

import numpy as np
import pytest

from assistant.claims.claim_features import DIFFERENCE_NAMES, OVERLAP_NAMES
from assistant.claims.claim_weights import SupportModel, claim_weights, claim_weights_from
from assistant.quotes.weights import LinearModel

STORED = json.loads(files("assistant.claims").joinpath("claim_weights.json").read_text("utf-8"))


def test_each_difference_leaves_a_part_of_the_probability() -> None:
    linear = LinearModel(np.array([0.5]), np.array([0.5]), np.array([2.0]), 0.0)
    model = SupportModel(linear, np.array([0.8, 0.5]))

    found = model.probability(
        np.array([[0.5], [0.5], [0.5], [1.0]]), np.array([[0, 0], [1, 0], [1, 1], [0, 0.5]])
    )

    # logistic(0) = 0.5; logistic(2) = 0.8808, of which half of a half is taken
    assert found == pytest.approx([0.5, 0.1, 0.05, 0.8808 * 0.75], abs=1e-4)


def test_the_shipped_weights_let_overlap_help_and_differences_take_away() -> None:
    weights = claim_weights()

    helps = dict(zip(OVERLAP_NAMES, weights.support.overlap.weight, strict=True))
    assert helps.pop("words_missing") <= 0
    assert min(helps.values()) >= 0
    assert 0 < weights.supported_from < 1
    assert ((weights.support.takes >= 0) & (weights.support.takes < 1)).all()


@pytest.mark.parametrize(
    "name", ["number_missing", "name_missing", "negation", "obligation", "limit", "direction"]
)
def test_any_one_clear_difference_brings_a_quotation_below_the_threshold(name: str) -> None:
    weights = claim_weights()

    assert 1 - weights.support.takes[DIFFERENCE_NAMES.index(name)] < weights.supported_from


def test_the_file_says_where_it_comes_from() -> None:
    assert STORED["written_by"] == "policy-assistant evals calibrate claims"
    assert "wice" in STORED["fitted_on"]
    assert not {"qags", "ocnli"} & STORED["fitted_on"].keys()
    assert all(len(digest) == 64 for digest in STORED["data_sha256"].values())


@pytest.mark.parametrize("part", [("support", "takes"), ("support", "features"), ("evidence", "features")])
def test_weights_for_other_features_are_refused(part: tuple[str, str]) -> None:
    stored = copy.deepcopy(STORED)
    stored[part[0]][part[1]]["another"] = 0.0

    with pytest.raises(ValueError, match=r"fit it anew with: policy-assistant evals calibrate claims"):
        claim_weights_from(stored)
