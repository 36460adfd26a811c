"""The command that fits: what it refuses, and when it writes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.calibration import IN_FOLDS, UNSEEN
from assistant.errors import AssistantError
from evals.commands.calibrate import calibrate_part
from evals.fitting.parts import CLAIMS, Part
from evals.fitting.workbench import Workbench
from knowledge.dictionary import ChineseDictionary
from tests.evals.commands.typed import typed
from tests.fakes import BagOfTermsEmbedder

FITTED: dict[str, Any] = {
    "fitted_on": {"wice": 349},
    "figures": {IN_FOLDS: {}, UNSEEN: {"wice": {"claims": 349, "AUROC": 0.823}}},
    "support": {"bias": 1.5},
}


@pytest.fixture
def bench(tmp_path: Path, dictionary: ChineseDictionary) -> Workbench:
    return Workbench(tmp_path, BagOfTermsEmbedder(), None, dictionary)  # type: ignore[arg-type]


@pytest.fixture
def part(tmp_path: Path) -> Part:
    target = tmp_path / "weights.json"
    return replace(CLAIMS, target=target, public_files=(), own_files=(), fit=lambda _bench: FITTED)


def test_a_folder_that_is_not_there_is_named_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(AssistantError) as told:
        typed("calibrate", "--data", str(tmp_path / "none"))

    assert str(told.value) == (
        f"There is no folder {tmp_path / 'none'} with the public data sets; name it with --data or set "
        "POLICY_ASSISTANT_PUBLIC_DATA."
    )


def test_files_that_are_not_there_are_named_before_anything_is_fitted(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match=r"To fit claims, wice/dev\.jsonl, .* must be in .*nothing was"):
        typed("calibrate", "claims", "--data", str(tmp_path))


def test_another_part_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="nothing called 'fusion' to fit; it is: answers or claims"):
        typed("calibrate", "fusion", "--data", str(tmp_path))


def test_a_dry_run_tells_and_writes_nothing(
    part: Part, bench: Workbench, capsys: pytest.CaptureFixture[str]
) -> None:
    calibrate_part(part, bench, write=False)

    told = capsys.readouterr().out
    assert "On: wice (349)\n" in told
    assert "0.823" in told
    assert "Written" not in told
    assert not part.target.exists()


def test_otherwise_the_file_is_written_and_the_change_told(
    part: Part, bench: Workbench, capsys: pytest.CaptureFixture[str]
) -> None:
    part.target.write_text(json.dumps(FITTED | {"support": {"bias": 1.25}}), "utf-8")

    calibrate_part(part, bench, write=True)

    told = capsys.readouterr().out
    assert "The weights differ from the stored ones by at most 0.25.\n" in told
    assert f"Written: {part.target}\n" in told
    stored = json.loads(part.target.read_text("utf-8"))
    assert stored["support"] == {"bias": 1.5}
    assert stored["written_by"] == "policy-assistant evals calibrate claims"
