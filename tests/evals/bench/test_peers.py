import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.bench.peers.environments import PROGRAMS, Environment, offline
from evals.bench.peers.material import MADE, SHIPPED, holds, rank_of, write_material
from evals.bench.peers.table import Figures, table

ROOT = Path(__file__).parents[3]
GOLD = "Station Abcdefg files its yearly report within 300 days."


def test_an_adapter_answers_a_line_with_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words", "utf-8")
    asked = [
        {"do": "index", "documents": str(tmp_path)},
        {"do": "search", "question": "Who?", "limit": 2},
        {"do": "answer", "question": "Who?"},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.evals.bench.echo_peer", str(tmp_path)],
        input="\n".join(map(json.dumps, asked)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [told[0]["passages"], told[1]["passages"], told[2]["answer"]] == [1, ["Who?", "Who?"], None]
    assert all(one["seconds"] >= 0 and one["memory"] > 0 for one in told)
    assert done.stderr == "a library that talks\n"


def test_a_passage_holds_a_sentence_also_where_it_cuts_a_word_of_it_off() -> None:
    assert holds(f"Before it. {GOLD} After it.", GOLD)
    assert holds("station abcdefg files its yearly report within 300", GOLD)
    assert not holds("Station Hijklmn files its yearly report within 300 days.", GOLD)
    assert rank_of((GOLD,), ["Something else.", GOLD, GOLD]) == 2
    assert rank_of((GOLD,), ["Something else."]) is None


def test_everyone_is_given_the_same_files_and_questions_that_they_answer(tmp_path: Path) -> None:
    asked, characters = write_material(tmp_path, 1, 10)
    made = [path.read_text("utf-8") for path in (tmp_path / MADE).glob("*.txt")]
    shipped = [path.read_text("utf-8") for path in (tmp_path / SHIPPED).glob("*.txt")]
    assert characters == sum(map(len, made))
    assert {one.kind for one in asked} == {"policy", "made"}
    for one in asked:
        texts = made if one.kind == "made" else shipped
        assert any(gold in text for gold in one.gold for text in texts)


def test_nothing_is_fetched_at_run_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_MODEL", "openai:x")
    for program in PROGRAMS:
        environment = offline(program)
        assert environment["HF_HUB_OFFLINE"] == "1"
        assert "POLICY_ASSISTANT_MODEL" not in environment


def test_the_table_says_who_has_no_answer_without_a_model() -> None:
    place = Environment(Path("python"), "1.0", 100, 0)
    ours = Figures(place, 1_000, [2.0], [1.0], [1.5], [[0.01] * 3], [[0.1] * 3], {"made": [1, 2, None, 1]})
    peer = Figures(place, 1_000, [4.0], [3.0], [], [[0.02] * 3], [], {"made": [None, 1, None, None]})
    told = table({"ours": ours, "peer": peer})
    assert "| cold: to a checked answer | 1.50 s | none without a model |" in told
    assert "| made questions: found first / among five | 0.50 / 0.75 | 0.25 / 0.25 |" in told
