"""Errors speak the language of the page."""

import pytest

from assistant.answering import LONGEST_QUESTION, accepted_question
from assistant.errors import AssistantError, BadQuestion
from assistant.web.error_text import error_text
from assistant.web.words import Words
from knowledge.errors import (
    DataFolderUnusable,
    EmbedderUnavailable,
    IndexDamaged,
    KnowledgeError,
    LibraryTooNew,
    ServerUnreachable,
)

EN, ZH = Words("en"), Words("zh")


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        (" ", "问题为空，请写明想了解的内容。"),
        ("？！", "问题没有文字，请写明想了解的内容。"),
        ("x" * (LONGEST_QUESTION + 1), "问题有 2,001 个字符，最多 2,000 个；请一次只问一件事。"),
        ("What \ud800?", "问题含有无效字符，请重新输入。"),
    ],
)
def test_a_question_that_is_refused(question: str, chinese: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        accepted_question(question)

    assert error_text(refused.value, ZH) == chinese
    assert error_text(refused.value, EN) == str(refused.value)


@pytest.mark.parametrize(
    "error",
    [
        DataFolderUnusable("The disk is full."),
        IndexDamaged("Damaged."),
        EmbedderUnavailable("Missing."),
        ServerUnreachable("Down."),
        LibraryTooNew("New."),
        AssistantError("Something."),
    ],
)
def test_no_english_stands_on_a_chinese_page(error: AssistantError | KnowledgeError) -> None:
    assert str(error) not in error_text(error, ZH)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in error_text(error, ZH))
    assert error_text(error, EN) == str(error)
