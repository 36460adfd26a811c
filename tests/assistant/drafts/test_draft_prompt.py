"""What a model is shown: which passages, how many, and nothing of them as it stands."""

import pytest

from assistant.answer import Sentence, Verdict
from assistant.drafts.draft_prompt import task_within
from assistant.errors import ModelFault
from knowledge.policy import RetrievedPassage
from knowledge.token_count import count_tokens
from tests.assistant.small_documents import law, measures, quoted, retrieved_from

QUESTION = "Which fees are charged?"
NO_FEE = quoted(law(), "(a) No fee is charged for registration.")
LAW = retrieved_from(law())
BOTH: list[RetrievedPassage] = [*LAW, *retrieved_from(measures())]


def test_the_quoted_passages_come_first_then_the_others_as_found() -> None:
    task = task_within(4_000, QUESTION, "en", LAW, [NO_FEE])

    quoted_one = NO_FEE.citations[0].passage
    others = [one.passage for one in LAW if one.passage != quoted_one]
    assert task.passages == (quoted_one, *others)
    assert task.named(1) == quoted_one
    assert (task.named(0), task.named(len(LAW) + 1)) == (None, None)


def test_of_several_documents_none_has_more_than_two_passages() -> None:
    task = task_within(4_000, QUESTION, "en", BOTH, [NO_FEE])

    documents = [passage.document.title for passage in task.passages]
    assert len(documents) == 4
    assert set(map(documents.count, documents)) == {2}


@pytest.mark.parametrize("tokens", [500, 520, 4_000])
def test_it_keeps_to_its_tokens_with_fewer_passages(tokens: int) -> None:
    task = task_within(tokens, QUESTION, "en", LAW, [NO_FEE])

    assert count_tokens(task.system) + count_tokens(task.to_draft) <= tokens
    assert (len(task.passages) < len(LAW)) == (tokens < 4_000)


def test_a_question_longer_than_its_tokens_is_a_fault() -> None:
    with pytest.raises(ModelFault, match="longer than 1,000 tokens"):
        task_within(1_000, "fees " * 1_000, "en", LAW, [NO_FEE])


def test_passages_are_numbered_and_marked_and_the_question_is_not() -> None:
    task = task_within(4_000, "Which fees\nare charged?", "en", LAW, [NO_FEE])

    assert "[1] Service^Trade^Facilitation^Act" in task.to_draft
    assert "(a)^No^fee^is^charged^for^registration." in task.to_draft
    assert "No fee is charged" not in task.to_draft
    assert "Question: Which fees are charged?" in task.to_draft


def test_a_chinese_question_is_asked_in_chinese_whatever_the_passages_are_in() -> None:
    task = task_within(4_000, "收取哪些费用？", "zh", LAW, [NO_FEE])

    assert "用中文书写" in task.system
    assert "问题：收取哪些费用？" in task.to_draft


def test_what_failed_is_told_with_its_label_and_reason() -> None:
    task = task_within(4_000, QUESTION, "en", LAW, [NO_FEE])
    failed = [
        Sentence(f"Fee {n}.", (), Verdict.UNSUPPORTED, reason) for n, reason in ((1, "no mark"), (2, ""))
    ]

    told = task.to_repair(failed)

    assert "S1: Fee 1. (no mark)\nS2: Fee 2. (the passages do not say so)" in told
    assert "(a)^No^fee^is^charged" in told
