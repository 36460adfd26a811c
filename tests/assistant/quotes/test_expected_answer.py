"""What a question asks for, and whether a sentence holds one."""

import time

import pytest

from assistant.quotes.expected_answer import answer_kinds, kinds_asked, without_kind_words

KINDS = {kind.name: kind for kind in answer_kinds()}
NUMBER, TIME, YEAR, DURATION, PERSON, PLACE = "number", "time", "year", "duration", "person", "place"
AGENT, AUTHORITY, NAMES, DEFINITION, PROCEDURE = "agent", "authority", "names", "definition", "procedure"
ORDINAL = "ordinal"


def test_every_kind_is_listed_here() -> None:
    assert set(KINDS) == {
        NUMBER, TIME, YEAR, DURATION, AGENT, PERSON, PLACE, AUTHORITY, DEFINITION, PROCEDURE, NAMES,
        ORDINAL,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which number in the series was it?", ORDINAL),
        ("Was this the first meeting of its kind?", ORDINAL),
        ("这是第几次专题学习？", ORDINAL),
        ("How many pilot zones are there?", NUMBER),
        ("What is the rate of the export tax rebate?", NUMBER),
        ("出口退税率是多少？", NUMBER),
        ("共有几个试点城市？", NUMBER),
        ("When does the policy take effect?", TIME),
        ("By when must firms apply?", TIME),
        ("该政策何时生效？", TIME),
        ("申请期限是多久？", DURATION),
        ("How many days may visitors stay?", DURATION),
        ("Which professor lectured?", PERSON),
        ("Where was the fair held?", PLACE),
        ("会议在哪里召开？", PLACE),
        ("授课的是哪位专家？", PERSON),
        ("What is meant by producer services?", DEFINITION),
        ("什么是服务贸易？", DEFINITION),
        ("How do I register a trademark?", PROCEDURE),
        ("贴息怎么申请？", PROCEDURE),
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
def test_a_plain_question_for_a_kind_is_recognised(question: str, kind: str) -> None:
    assert kind in {asked.name for asked in kinds_asked(question)}


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
    assert kinds_asked(question) == ()


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
        ("Three zones were set up.", NUMBER),
        ("Visitors may stay for 30 days.", DURATION),
        ("可以停留三十天。", DURATION),
        ("Professor Li spoke.", PERSON),
        ("The fair was held in Shanghai.", PLACE),
        ("会议在上海召开。", PLACE),
        ("本法所称货物，是指有形动产。", DEFINITION),
        ("Applications are filed with customs.", PROCEDURE),
        ("向海关提交材料。", PROCEDURE),
    ],
)
def test_a_text_that_holds_one_is_recognised(text: str, kind: str) -> None:
    assert KINDS[kind].held_by(text, "?")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fees should be lowered.", NUMBER),
        ("On August 26 the session was held under Article 5.", NUMBER),  # a date and a reference
        ("第五条 应当降低收费。", NUMBER),
        ("Fees should be lowered.", YEAR),
        ("fees should be lowered.", NAMES),
        ("On August 26, the State Council held a session.", DURATION),
        ("On August 26, the State Council held a session.", PERSON),
        ("Service trade is important.", DEFINITION),
        ("In August the session was held in full.", PLACE),
    ],
)
def test_a_text_that_holds_none_is_not(text: str, kind: str) -> None:
    assert not KINDS[kind].held_by(text, "?")


def test_what_only_repeats_the_question_does_not_answer_it() -> None:
    text = "The 30 days begin at once."

    assert KINDS[NUMBER].held_by(text, "How many days?")
    assert not KINDS[NUMBER].held_by(text, "Are the 30 days how many weeks?")


@pytest.mark.parametrize("text", ["a" * 2_000, "一" * 2_000, "what which " * 200, "A b " * 500, "1" * 2_000])
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    start = time.perf_counter()
    kinds_asked(text[:2_000])
    for kind in answer_kinds():
        kind.held_by(text, "?")

    assert time.perf_counter() - start < 0.5


def test_a_place_in_a_series_is_no_number() -> None:
    assert [kind.name for kind in kinds_asked("这是第几次专题学习？")] == [ORDINAL]
    assert KINDS[ORDINAL].held_by("the 15th session", "which one?")
    assert not KINDS[ORDINAL].held_by("15 sessions", "which one?")


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("On which day did the fair take place?", ["did", "the", "fair"]),
        ("展会是几月几号举行的？", ["展会是", "举行的"]),
        ("When?", ["When"]),  # nothing else would be left
    ],
)
def test_words_that_only_say_the_kind_are_no_evidence(question: str, left: list[str]) -> None:
    assert without_kind_words(question).replace("?", " ").replace("？", " ").split() == left
