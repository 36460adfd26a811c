"""The command that checks claims, from its file of tasks to its file of checks."""

import json
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from evals.commands import claims
from tests.evals.typed_alone import typed_alone

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
    tasks: Path,
    tmp_path: Path,
    models_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(models_home))
    out = tmp_path / "checked.jsonl"

    assert typed_alone(claims.add_command, "claims", "--tasks", str(tasks), "--out", str(out)) == 0

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
        ("{broken", r"tasks\.jsonl, line 2"),
        ('{"id": "9", "passages": []}', r"tasks\.jsonl, line 2.*claim"),
        ('{"id": "9", "claim": "x", "passages": [{"id": "a"}]}', r"tasks\.jsonl, line 2.*text"),
    ],
)
def test_a_broken_line_is_named(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps(TASKS[0]) + "\n" + line + "\n", "utf-8")

    with pytest.raises(AssistantError, match=told):
        typed_alone(claims.add_command, "claims", "--tasks", str(path), "--out", str(tmp_path / "out.jsonl"))


def test_the_tasks_are_not_overwritten(tasks: Path) -> None:
    before = tasks.read_bytes()

    with pytest.raises(AssistantError, match="name another file"):
        typed_alone(claims.add_command, "claims", "--tasks", str(tasks), "--out", str(tasks))
    assert tasks.read_bytes() == before
