"""What a question asks for, and whether a sentence holds one."""

import time

import pytest

from assistant.expected_answer import AnswerKind, holds_kind, kinds_asked

NUMBER, TIME, YEAR = AnswerKind.NUMBER, AnswerKind.TIME, AnswerKind.YEAR
AGENT, AUTHORITY, NAMES = AnswerKind.AGENT, AnswerKind.AUTHORITY, AnswerKind.NAMES


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many pilot zones are there?", NUMBER),
        ("What is the rate of the export tax rebate?", NUMBER),
        ("出口退税率是多少？", NUMBER),
        ("共有几个试点城市？", NUMBER),
        ("When does the policy take effect?", TIME),
        ("By when must firms apply?", TIME),
        ("该政策何时生效？", TIME),
        ("申请期限是多久？", TIME),
        ("In which year was it held?", YEAR),
        ("会议是哪年召开的？", YEAR),
        ("Who gave the lecture?", AGENT),
        ("谁主持了会议？", AGENT),
        ("Which ministry is responsible?", AUTHORITY),
        ("哪个部门负责实施？", AUTHORITY),
        ("Which countries enjoy visa-free entry?", NAMES),
        ("哪些国家享受免签？", NAMES),
    ],
)
def test_a_plain_question_for_a_kind_is_recognised(question: str, kind: AnswerKind) -> None:
    assert kind in kinds_asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "How should service exports be promoted?",
        "Why is service trade important?",
        "What does the text say about visas?",
        "如何扩大服务出口？",
        "为什么要发展服务贸易？",
        "",
    ],
)
def test_a_question_for_nothing_in_particular_asks_for_no_kind(question: str) -> None:
    assert kinds_asked(question) == frozenset()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A fee of 20 yuan is charged.", NUMBER),
        ("In all three zones were set up.", NUMBER),
        ("设立五个试点。", NUMBER),
        ("Firms apply within 30 days.", TIME),
        ("On August 26, it was held.", TIME),
        ("应当自受理之日起五个工作日内决定。", TIME),
        ("It was held in 2021.", YEAR),
        ("The Minister of Commerce spoke.", AGENT),
        ("The Ministry of Commerce decides.", AUTHORITY),
        ("由海关负责。", AUTHORITY),
        ("Visas are waived for France.", NAMES),
    ],
)
def test_a_text_that_holds_one_is_recognised(text: str, kind: AnswerKind) -> None:
    assert holds_kind(text, kind, "?")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fees should be lowered.", NUMBER),
        ("On August 26 the session was held under Article 5.", NUMBER),  # a date and a reference
        ("第五条 应当降低收费。", NUMBER),
        ("Fees should be lowered.", YEAR),
        ("fees should be lowered.", NAMES),
    ],
)
def test_a_text_that_holds_none_is_not(text: str, kind: AnswerKind) -> None:
    assert not holds_kind(text, kind, "?")


def test_what_only_repeats_the_question_does_not_answer_it() -> None:
    text = "The 30 days begin at once."

    assert holds_kind(text, NUMBER, "How many days?")
    assert not holds_kind(text, NUMBER, "Are the 30 days how many weeks?")


@pytest.mark.parametrize("text", ["a" * 2_000, "一" * 2_000, "what which " * 200, "A b " * 500, "1" * 2_000])
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    start = time.perf_counter()
    kinds_asked(text[:2_000])
    for kind in AnswerKind:
        holds_kind(text, kind, "?")

    assert time.perf_counter() - start < 0.5
