"""Follow-ups that only name another thing."""

import pytest

from assistant.contrast import with_word_exchanged

IMPORTS = "How should a favourable environment for service imports be created?"
EXPORTS = "How should a favourable environment for service exports be created?"


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        (IMPORTS, "And what about exports?", EXPORTS),
        (IMPORTS, "What about the exports?", EXPORTS),
        (IMPORTS, "And for service exports?", EXPORTS),
        (IMPORTS, "and exports", EXPORTS),
        ("如何扩大服务进口？", "那出口呢？", "如何扩大服务出口？"),
        ("如何扩大服务进口？", "服务出口方面呢？", "如何扩大服务出口？"),
        ("What was spent in 2022?", "And what about 2023?", "What was spent in 2023?"),
        ("2022年的限额是多少？", "那2023年呢？", "2023年的限额是多少？"),
    ],
)
def test_the_question_before_is_asked_of_the_thing_named(before: str, question: str, asked: str) -> None:
    assert with_word_exchanged(before, question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "And about money?",  # nothing in the question before looks like it
        "And what about imports?",  # that is what was asked
        "So why?",
        "And which exports should grow?",  # a question of its own
        "Exports?",
        "那为什么？",
        "资金方面呢？",
        "What about 2023?",  # no year was asked about
        "那2023年呢？",
        "",
    ],
)
def test_any_other_follow_up_is_left_alone(question: str) -> None:
    assert with_word_exchanged(IMPORTS, question) is None
