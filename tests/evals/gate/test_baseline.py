import hashlib
from pathlib import Path

import pytest

from evals.figures.cases import Figure
from evals.gate.baseline import BaselineError, read_baseline, sha256_of, write_baseline
from evals.gate.gate import Baseline, CaseState

BASELINE = Baseline(
    settings={"quotes": "4"},
    data={"cases.jsonl": "ab"},
    figures={
        "all": {
            "recall@1": Figure("recall@1", 0.75, (0.5, 1.0), 8),
            "quote recall": Figure("quote recall", 1.0, None, 1),
            "facts told": Figure("facts told", None, None, 0),
        },
    },
    cases={"a": CaseState("answered", passed=True), "第二": CaseState(None, passed=False)},
)


def test_a_baseline_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "seed.json"
    write_baseline(BASELINE, path)
    assert read_baseline(path) == BASELINE
    assert [one.name for one in path.parent.iterdir()] == ["seed.json"]


def test_each_figure_and_case_has_a_line_of_its_own(tmp_path: Path) -> None:
    write_baseline(BASELINE, tmp_path / "seed.json")
    lines = (tmp_path / "seed.json").read_text("utf-8").split("\n")
    assert '   "recall@1": {"value": 0.75, "low": 0.5, "high": 1.0, "cases": 8},' in lines
    assert '  "a": {"outcome": "answered", "passed": true},' in lines


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"figures": {"all": {"x": {}}}}'])
def test_a_file_that_is_no_baseline_is_named_with_what_to_do(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "seed.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BaselineError, match=r"seed\.json holds no baseline .* evals gate --update"):
        read_baseline(path)


def test_files_are_told_apart_by_their_bytes_but_not_by_their_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\n")
    (tmp_path / "b.txt").write_bytes(b"one\ntwo\n")
    found = sha256_of([tmp_path / "b.txt", tmp_path / "a.txt"], tmp_path)
    assert list(found) == ["a.txt", "b.txt"]
    assert set(found.values()) == {hashlib.sha256(b"one\ntwo\n").hexdigest()}
