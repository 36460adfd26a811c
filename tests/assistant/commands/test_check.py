"""`policy-assistant check`, from its file of claims to its file of checks."""

import json
from pathlib import Path

import pytest

from assistant.claims.claim_alignment import SourceText
from assistant.claims.claim_tasks import ClaimTask, read_claim_tasks
from assistant.command_line import main

TASKS = [
    {
        "id": "1",
        "claim": "Only licensed firms may export steel. They pay 20 yuan.",
        "passages": [
            {"id": "a", "text": "It rained."},
            {"id": "b", "text": "Only licensed firms may export steel."},
        ],
    },
    {
        "id": 2,
        "claim": "企业应当报告。",
        "passages": [{"id": "条", "text": "企业应当报告。企业可以出口货物。"}],
    },
    {"id": "3", "claim": "Anyone may export.", "passages": []},
    {"id": "4", "claim": "", "passages": [{"id": "a", "text": "It rained."}]},
]


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.jsonl"
    path.write_text("".join(json.dumps(task, ensure_ascii=False) + "\n" for task in TASKS), "utf-8")
    return path


def test_every_claim_is_checked_in_the_format_of_claim_checks(
    tasks: Path, tmp_path: Path, seed_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "checked.jsonl"

    assert main(["check", "--tasks", str(tasks), "--out", str(out)]) == 0
    assert seed_home.is_dir()

    english, chinese, nothing, empty = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert [one["id"] for one in (english, chinese, nothing, empty)] == ["1", "2", "3", "4"]
    assert [one["supported"] for one in (english, chinese, nothing, empty)] == [False, True, False, False]
    quoted, invented = english["sentences"]
    assert set(quoted) == {"text", "supported", "score", "reason", "evidence"}
    assert (quoted["text"], quoted["supported"]) == ("Only licensed firms may export steel.", True)
    assert quoted["evidence"] == [
        {"passage_id": "b", "quote": "Only licensed firms may export steel.", "start": 0, "end": 37}
    ]
    assert not invented["supported"]
    assert english["score"] == min(quoted["score"], invented["score"])
    assert chinese["sentences"][0]["evidence"][0]["quote"] == "企业应当报告。"
    assert (nothing["score"], nothing["sentences"][0]["evidence"]) == (0.0, [])
    assert (empty["score"], empty["sentences"]) == (0.0, [])
    assert "4 claims: 1 supported" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{broken", ["tasks.jsonl, line 2", "not JSON"]),
        ('["id"]', ["tasks.jsonl, line 2", "a list instead of an object"]),
        ('{"id": "9", "passages": []}', ["tasks.jsonl, line 2", "'claim' is missing"]),
        ('{"id": "9", "claim": 5, "passages": []}', ["tasks.jsonl, line 2", "'claim' must be a text"]),
        ('{"id": "9", "claim": "x", "passages": "y"}', ["tasks.jsonl, line 2", "'passages' must be a list"]),
        ('{"id": "9", "claim": "x", "passages": [{"id": "a"}]}', ["line 2, passages 1", "'text' is missing"]),
        ('{"id": "1", "claim": "x", "passages": []}', ["line 2", "has the id '1' already"]),
    ],
)
def test_a_broken_line_is_named(
    line: str, told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "tasks.jsonl", tmp_path / "out.jsonl"
    path.write_text(json.dumps(TASKS[0]) + "\n" + line + "\n", "utf-8")

    assert main(["check", "--tasks", str(path), "--out", str(out)]) == 1
    error = capsys.readouterr().err
    assert all(part in error for part in told), error
    assert not out.exists()


def test_the_tasks_are_not_overwritten(tasks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tasks.read_bytes()

    assert main(["check", "--tasks", str(tasks), "--out", str(tasks)]) == 1
    assert "name another file" in capsys.readouterr().err
    assert tasks.read_bytes() == before


def test_claims_are_read_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text('{"id": 1, "claim": "It holds.", "passages": [{"id": "a", "text": ""}]}\n', "utf-8")

    assert read_claim_tasks(path) == (ClaimTask("1", "It holds.", (SourceText("a", ""),)),)
