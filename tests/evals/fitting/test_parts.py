"""What the parts say of themselves, and what the shipped files say of where they come from."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.fitting.parts import ANSWERS, CLAIMS, PARTS, ROOT, Part, calibrated
from evals.fitting.workbench import Workbench
from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder

MOST_BYTES = 60_000


@pytest.fixture
def bench(tmp_path: Path, dictionary: ChineseDictionary) -> Workbench:
    return Workbench(tmp_path, BagOfTermsEmbedder(), None, dictionary)  # type: ignore[arg-type]


def test_a_fitted_part_holds_where_it_comes_from(bench: Workbench) -> None:
    (bench.public / "a.json").write_bytes(b"abc")
    part = replace(CLAIMS, public_files=("a.json",), own_files=("LICENSE",), fit=lambda _bench: {"bias": 1.0})

    stored = calibrated(part, bench, date(2026, 1, 31))

    assert list(stored) == ["written_by", "date", "data_sha256", "bias"]
    assert stored["written_by"] == "policy-assistant evals calibrate claims"
    assert stored["date"] == "2026-01-31"
    assert list(stored["data_sha256"]) == ["a.json", "LICENSE"]
    assert stored["data_sha256"]["a.json"].startswith("ba7816bf")


def test_the_files_of_the_checkout_are_there() -> None:
    for part in PARTS.values():
        assert all((ROOT / name).is_file() for name in part.own_files)
    assert "evals/cases/seed.jsonl" in ANSWERS.own_files
    assert any(name.endswith(".txt") for name in ANSWERS.own_files)


@pytest.mark.parametrize("part", PARTS.values(), ids=list(PARTS))
def test_the_shipped_file_says_what_it_was_fitted_on(part: Part) -> None:
    stored: dict[str, Any] = json.loads(part.target.read_text("utf-8"))

    assert part.target.stat().st_size < MOST_BYTES
    assert stored["written_by"] == f"policy-assistant evals calibrate {part.name}"
    assert date.fromisoformat(stored["date"])
    assert set(stored["data_sha256"]) == {*part.public_files, *part.own_files}
    assert all(len(digest) == 64 for digest in stored["data_sha256"].values())
    assert all(count > 0 for count in stored["fitted_on"].values())
    columns = stored["curve"].pop("columns")
    assert stored["curve"]
    for points in stored["curve"].values():
        assert all(len(point) == len(columns) for point in points)
        assert [point[0] for point in points] == sorted(point[0] for point in points)


def test_the_claim_threshold_is_the_highest_point_of_its_curve() -> None:
    stored = json.loads(CLAIMS.target.read_text("utf-8"))

    highest = max(stored["curve"]["all sets"], key=lambda point: point[1])
    assert stored["support"]["supported_from"] == highest[0]


def test_the_answer_threshold_is_on_its_curve() -> None:
    stored = json.loads(ANSWERS.target.read_text("utf-8"))

    for name in ("seed (held out)", "seed (tuning), each topic left out of the fit"):
        (at_half,) = [point for point in stored["curve"][name] if point[0] == 0.5]
        figures = stored["figures"][name]
        assert at_half[3:] == [figures["answerable declined"], figures["unanswerable declined"]]
