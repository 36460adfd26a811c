import json
from pathlib import Path

import pytest

from assistant.answer import Outcome, Turn
from assistant.command_line import main
from evals.datasets.tasks import ReadingTask, TaskPassage
from evals.tasks.models import Models
from evals.tasks.reading import TaskAnswer, as_json, read_tasks
from evals.tasks.throwaway_library import throwaway_library

ENGLISH = TaskPassage(
    "a b", "No firm may import steel.\n\nOnly licensed firms may export steel.\r\nThey file a report."
)
CHINESE = TaskPassage(
    "条", "第一条　本法适用于货物出口。\n第二条　持有许可证的企业可以出口货物。企业应当报告。"
)


def read(models: Models, *tasks: ReadingTask) -> list[TaskAnswer]:
    with throwaway_library((), embedder=models.embedder, dictionary=models.dictionary) as library:
        return list(read_tasks(tasks, writer=library.assistant.quoting, embedder=models.embedder))


def quoted(answer: TaskAnswer, *passages: TaskPassage) -> list[str]:
    """The quotes of an answer, each compared with what stands at its offsets."""
    texts = {passage.id: passage.text for passage in passages}
    quotes = []
    for sentence in as_json(answer)["sentences"]:
        for citation in sentence["citations"]:
            text = texts[citation["passage_id"]]
            assert text[citation["start"] : citation["end"]] == citation["quote"]
            quotes.append(citation["quote"])
    return quotes


def test_quotes_stand_at_their_offsets_in_the_given_passage_in_both_languages(models: Models) -> None:
    english, chinese = read(
        models,
        ReadingTask("1", "Who may export steel?", (CHINESE, ENGLISH)),
        ReadingTask("2", "谁可以出口货物？", (ENGLISH, CHINESE)),
    )
    assert "Only licensed firms may export steel." in quoted(english, ENGLISH, CHINESE)
    assert any("持有许可证的企业可以出口货物。" in quote for quote in quoted(chinese, ENGLISH, CHINESE))
    line = as_json(english)
    assert (line["id"], line["outcome"]) == ("1", "answered")
    assert 0.5 <= line["confidence"] <= 1
    assert line["text"] == " ".join(sentence["text"] for sentence in line["sentences"])
    assert {sentence["verdict"] for sentence in line["sentences"]} == {"quoted"}
    assert "error" not in line


def test_what_the_passages_do_not_say_is_declined(models: Models) -> None:
    nothing, empty, other = read(
        models,
        ReadingTask("1", "Who may export steel?", ()),
        ReadingTask("2", "Who may export steel?", (TaskPassage("p", ""), TaskPassage("q", " \n"))),
        ReadingTask("3", "What is the capital of Mongolia?", (ENGLISH,)),
    )
    assert {one.outcome for one in (nothing, empty, other)} == {Outcome.NOT_IN_DOCUMENTS}
    assert (nothing.confidence, empty.confidence) == (0.0, 0.0)
    assert as_json(other)["sentences"] == []


def test_a_follow_up_is_understood_with_the_conversation(models: Models) -> None:
    talk = (Turn("user", "Which firms may export steel?"), Turn("assistant", "Licensed ones."))
    (read_one,) = read(models, ReadingTask("1", "And who may import it?", (ENGLISH,), talk))
    assert read_one.answer is not None
    assert read_one.answer.standalone_question == "Which firms may export steel? And who may import it?"


def test_a_question_that_the_product_refuses_costs_only_its_own_line(models: Models) -> None:
    refused, answered = read(
        models,
        ReadingTask("1", " ", (ENGLISH,)),
        ReadingTask("2", "Who may export steel?", (ENGLISH,)),
    )
    assert as_json(refused) == {
        "id": "1",
        "outcome": "needs_clarification",
        "confidence": 0.0,
        "text": "",
        "sentences": [],
        "error": "The question is empty; write what you want to know.",
    }
    assert answered.outcome is Outcome.ANSWERED


def test_a_passage_of_a_hundred_thousand_characters_is_read_to_its_end(models: Models) -> None:
    filling = "Nothing that is said in this long sentence is of any use to whoever asks about trade in metals"
    long = TaskPassage("long", f"{filling * 4}.\n\n" * 270 + ENGLISH.text)
    assert len(long.text) > 100_000
    (read_one,) = read(models, ReadingTask("1", "Who may export steel?", (long,)))
    assert "Only licensed firms may export steel." in quoted(read_one, long)


def test_the_command_writes_one_line_a_task(
    tmp_path: Path, models_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(models_home))
    tasks, out = tmp_path / "tasks.jsonl", tmp_path / "answers.jsonl"
    passages = [{"id": CHINESE.id, "text": CHINESE.text}]
    asked = [{"id": id_, "question": "谁可以出口货物？", "passages": passages} for id_ in ("1", "2")]
    tasks.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    command = ["evals", "reading", "--tasks", str(tasks), "--out", str(out)]
    assert main(command) == 0
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(one["id"], one["outcome"]) for one in answers] == [("1", "answered"), ("2", "answered")]
    assert "2 tasks: 2 answered" in capsys.readouterr().out

    assert main([*command[:-1], str(tasks)]) == 1
    assert "holds the tasks" in capsys.readouterr().err

    tasks.write_text('{"id": "1"}', "utf-8")
    assert main(command) == 1
    assert "tasks.jsonl, line 1: field 'question' is missing" in capsys.readouterr().err
