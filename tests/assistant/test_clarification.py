"""Questions about the asker are asked back when the clause depends on what the asker has not said."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Conversation, Turn
from assistant.clarification import Clarifying, is_about_asker
from assistant.question import restate
from evals.public.sets import public_data_folder
from knowledge.dictionary import ChineseDictionary
from tests.assistant.small_documents import citation_of, make_document, quoted

ABROAD = "Firms in pilot zones may keep their contracts abroad."
RULE = make_document(f"{ABROAD} Firms keep each contract for five years.\n", "Rule")
ABROAD_ZH = "试点地区的企业可以在境外保存合同。"
RULE_ZH = make_document(f"{ABROAD_ZH}企业应当配合检查。\n", "规定", "zh")


def asked(
    question: str, clarifying: Clarifying, *, clause: str = ABROAD, before: Conversation = ()
) -> str | None:
    document = RULE if clause.isascii() else RULE_ZH
    said = (*before, Turn("user", question))
    found = clarifying(restate(question, before), said, (quoted(document, clause),))
    if found is None:
        return None
    assert found.holds
    return found.quote


@pytest.fixture
def clarifying(dictionary: ChineseDictionary) -> Clarifying:
    return Clarifying(dictionary)


@pytest.mark.parametrize(
    "question",
    [
        "Can we keep our contracts abroad?",
        "Does this apply to us?",
        "May our company keep contracts abroad?",
        "Are we allowed to keep contracts abroad?",
    ],
)
def test_a_condition_that_was_not_spoken_of_is_asked_about(question: str, clarifying: Clarifying) -> None:
    assert asked(question, clarifying) == "in pilot zones"


@pytest.mark.parametrize(
    "question", ["我们能否在境外保存合同？", "我公司可以在境外保存合同吗？", "该规定适用于我们吗？"]
)
def test_the_same_in_chinese(question: str, clarifying: Clarifying) -> None:
    assert asked(question, clarifying, clause=ABROAD_ZH) == "试点地区的企业"


@pytest.mark.parametrize(
    "question",
    [
        "We are in a pilot zone; can we keep our contracts abroad?",
        "We are in no pilot zone. Can we keep our contracts abroad?",
        "Can firms keep their contracts abroad?",
        "Where may contracts be kept?",
    ],
)
def test_a_condition_that_was_spoken_of_and_a_question_about_others_are_answered(
    question: str, clarifying: Clarifying
) -> None:
    assert asked(question, clarifying) is None


def test_across_languages_the_dictionary_tells_what_was_spoken_of(clarifying: Clarifying) -> None:
    assert asked("我们在试点地区，能否在境外保存合同？", clarifying) is None


def test_what_applies_without_a_condition_is_answered(clarifying: Clarifying) -> None:
    assert (
        asked("Must we keep each contract?", clarifying, clause="Firms keep each contract for five years.")
        is None
    )
    assert clarifying("Can we?", (Turn("user", "Can we?"),), ()) is None


@pytest.mark.parametrize(
    "reply",
    [
        "Yes",
        "Yes, we are.",
        "No",
        "We are in a pilot zone.",
        "not yet",
        "Our seat is in a pilot zone",
        "I do not know",
        "是",
        "否",
        "不清楚",
    ],
)
def test_a_reply_to_what_was_asked_is_joined_and_answered(reply: str, clarifying: Clarifying) -> None:
    question = "Can we keep our contracts abroad?"
    condition = citation_of(RULE, "in pilot zones")
    before = (Turn("user", question), Turn("assistant", ABROAD, (citation_of(RULE, ABROAD),), condition))

    assert restate(reply, before) == f"{question} {reply}"
    assert asked(reply, clarifying, before=before) is None


def test_a_new_question_after_it_is_no_reply(clarifying: Clarifying) -> None:
    condition = citation_of(RULE, "in pilot zones")
    before = (Turn("user", "Can we?"), Turn("assistant", ABROAD, (citation_of(RULE, ABROAD),), condition))

    assert (
        restate("Which authority grants import licences?", before)
        == "Which authority grants import licences?"
    )


@pytest.mark.parametrize(
    "question", ["How can firms apply?", "What does the Act apply to?", "我国如何扩大服务出口？", "自我声明"]
)
def test_questions_about_others_are_not_about_the_asker(question: str) -> None:
    assert not is_about_asker(question)


@pytest.mark.public_data
def test_people_who_told_all_are_rarely_asked_back_on_or_sharc(dictionary: ChineseDictionary) -> None:
    """Of those whose question could be decided at most 12 in 100 are asked; of bare ones at least 35."""
    folder = public_data_folder(os.environ) / "or_sharc"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    rows = _rows(folder / "open_retrieval_sharc_dev.json")
    texts = json.loads((folder / "id2snippet.json").read_text("utf-8"))
    asked_back: dict[tuple[bool, bool], list[bool]] = {}
    for row in rows:
        document = make_document(texts[row["gold_snippet_id"]])
        told = [row["scenario"]] if row["scenario"] else []
        told += [
            f"{one['follow_up_question'].rstrip('?')} {one['follow_up_answer']}" for one in row["history"]
        ]
        said = tuple(Turn("user", text) for text in (*told, row["question"]))
        sentences = tuple(
            quoted(document, line) for line in dict.fromkeys(document.text.split("\n")) if line.strip()
        )
        found = Clarifying(dictionary)(row["question"], said, sentences)
        decided = row["answer"] in ("Yes", "No")
        asked_back.setdefault((bool(told), decided), []).append(found is not None)
    share = {key: sum(some) / len(some) for key, some in asked_back.items()}

    assert share[True, True] <= 0.12
    assert share[False, False] >= 0.35


def _rows(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    return (
        list(json.loads(text)) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    )
