"""Follow-ups: what leans on the conversation is searched with it, all else exactly as asked."""

import time

import pytest

from assistant.answer import Conversation, Turn
from assistant.contrast import with_word_exchanged
from assistant.question import leans_on_context, restate, topic_of

ASKED = "How should service imports be expanded?"
ASKED_ZH = "如何扩大服务进口？"


def conversation(*questions: str) -> Conversation:
    """Each question with an answer whose words no question may hold."""
    return tuple(
        turn for question in questions for turn in (Turn("user", question), Turn("assistant", "ANSWERED"))
    )


FOLLOW_UPS = [
    "And what about exports?",
    "What about visas?",
    "How about data?",
    "Why?",
    "What else?",
    "And for whom?",
    "What are they for?",
    "How does it help?",
    "Does that apply to goods?",
    "So which ones are important?",
    "那么出口呢？",
    "服务出口呢？",
    "还有哪些措施？",
    "它有什么作用？",
    "这有什么意义？",
    "上述措施有哪些？",
]
STANDING_ALONE = [
    "What is the negative list?",
    "How should service exports be promoted?",
    "Which hidden barriers that the market has should be eliminated?",
    "Is it possible to import used cars?",
    "Is it true that imports should grow?",
    "What does this document say about visas?",
    "What was the theme of this session?",
    "How can manufacturing enterprises in advantageous sectors enlarge what they export?",
    "negative list cross-border",
    "如何扩大服务出口？",
    "这次学习的主题是什么？",
    "该条例何时生效？",
    "其他国家的标准是什么？",
]


@pytest.mark.parametrize("question", FOLLOW_UPS)
def test_a_follow_up_is_searched_with_the_question_it_leans_on(question: str) -> None:
    assert leans_on_context(question)
    for asked in (ASKED, ASKED_ZH):
        expected = with_word_exchanged(asked, question) or f"{asked} {question}"
        assert restate(question, conversation(asked)) == expected


@pytest.mark.parametrize("question", STANDING_ALONE)
def test_a_question_that_stands_alone_is_left_as_it_was_asked(question: str) -> None:
    assert not leans_on_context(question)
    assert restate(question, conversation(ASKED, "What about exports?")) == question


@pytest.mark.parametrize("question", [*FOLLOW_UPS, *STANDING_ALONE])
def test_without_a_conversation_every_question_is_left_as_it_was_asked(question: str) -> None:
    assert restate(question, ()) == question
    assert restate(question, (Turn("assistant", "What do you need to know?"),)) == question


def test_a_second_follow_up_keeps_the_question_that_both_lean_on() -> None:
    restated = restate("And visas?", conversation(ASKED, "What about exports?"))

    assert restated.startswith(ASKED)
    assert restated.endswith("And visas?")


def test_a_new_subject_ends_the_one_before() -> None:
    restated = restate("And why?", conversation(ASKED, "What is the negative list?"))

    assert restated == "What is the negative list? And why?"


def test_the_words_of_answers_are_never_taken_for_the_question() -> None:
    assert "ANSWERED" not in restate("What about visas?", conversation(ASKED, "And exports?"))


@pytest.mark.parametrize(
    "question", ["that " * 400, "it is " * 300, "这" * 2_000, "and " * 500, "a" * 2_000, "What is the " * 160]
)
def test_a_long_question_takes_no_longer_than_its_length(question: str) -> None:
    start = time.perf_counter()
    restate(question, conversation(ASKED, question))

    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What did the session say about importing services?", "importing services?"),
        ("What is said about the flow of data?", "the flow of data?"),
        ("会议对扩大服务出口提出了哪些举措？", "扩大服务出口提出了哪些举措？"),
        ("Does the text mention brands or trade marks?", "brands or trade marks"),
        ("Is artificial intelligence mentioned in the directive?", "artificial intelligence"),
        ("Is there any mention of tourism?", "tourism"),
        ("文件里有没有提到人工智能？", "人工智能"),
        ("Does the customs office mention a reason?", "Does the customs office mention a reason?"),
        ("Are hidden barriers to be eliminated?", "Are hidden barriers to be eliminated?"),
        ("What must importers say about origin?", "What must importers say about origin?"),
        ("What is a licence?", "What is a licence?"),
        ("文件在哪里？", "文件在哪里？"),
    ],
)
def test_words_that_only_ask_what_a_document_says_are_not_searched(question: str, topic: str) -> None:
    assert topic_of(question) == topic
