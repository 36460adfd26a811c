"""The file of the weights: whole, short lines for points, and what moved."""

import json
from pathlib import Path

import pytest

from evals.fitting.weights_file import largest_change, write_weights

STORED = {
    "figures": {"wice": {"AUROC": 0.8}},
    "support": {"features": {"words": {"mean": 0.5, "weight": 2.0}}, "bias": -1.0, "supported_from": 0.5},
    "curve": {"columns": ["from", "right"], "all": [[0.4, 0.75], [0.5, None]]},
}


def test_it_reads_back_and_a_point_stands_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    write_weights(STORED, path)

    text = path.read_text("utf-8")
    assert json.loads(text) == STORED
    assert "   [0.4, 0.75],\n   [0.5, null]\n" in text
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    write_weights(STORED, path)

    with pytest.raises(TypeError):
        write_weights({"support": object()}, path)

    assert json.loads(path.read_text("utf-8")) == STORED


def test_the_largest_change_is_that_of_a_weight_and_not_of_a_figure() -> None:
    moved = json.loads(json.dumps(STORED))
    moved["figures"]["wice"]["AUROC"] = 0.1
    moved["curve"]["all"][0][1] = 0.1
    assert largest_change(STORED, moved) == 0.0

    moved["support"]["features"]["words"]["weight"] = 1.75
    moved["support"]["bias"] = -1.125
    assert largest_change(STORED, moved) == 0.25


def test_weights_of_other_features_cannot_be_compared() -> None:
    other = json.loads(json.dumps(STORED))
    other["support"]["features"]["luck"] = {"mean": 0.0, "weight": 0.0}

    assert largest_change(STORED, other) is None
    assert largest_change({}, STORED) is None
