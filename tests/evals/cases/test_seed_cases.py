"""The case file itself: what it promises about its number, kinds and gold."""

from collections import Counter

from evals.cases.case import check_cases, load_cases
from tests.evals.seed_answers import CASES_PATH, SEED_PATH, SEED_TEXT

CASES = load_cases(CASES_PATH)


def test_every_gold_and_also_fine_sentence_stands_in_the_seed_text() -> None:
    check_cases(CASES, {SEED_PATH.name: (SEED_TEXT,)})


def test_gold_sentences_are_whole_sentences() -> None:
    for sentence in {sentence for case in CASES for sentence in (*case.gold, *case.also_fine)}:
        start = SEED_TEXT.index(sentence)
        assert SEED_TEXT[start - 1 : start] in ("", " ", "\n")
        assert sentence.endswith((".", ".”"))
        assert SEED_TEXT[start + len(sentence) :][:1] in ("", " ", "\n")


def test_there_are_enough_cases_of_every_kind() -> None:
    kinds = Counter((case.language, case.answerable) for case in CASES)
    follow_ups = Counter(case.language for case in CASES if "follow_up" in case.tags)
    assert len(CASES) >= 110
    assert kinds["en", False] + kinds["zh", False] >= 40
    assert kinds["zh", True] + kinds["zh", False] >= 28
    assert kinds["zh", False] >= 8
    assert sum(follow_ups.values()) >= 10
    assert follow_ups["zh"] > 0


def test_no_question_is_asked_twice() -> None:
    assert len({(case.question.casefold(), case.conversation) for case in CASES}) == len(CASES)


def test_follow_ups_have_a_conversation_and_other_questions_none() -> None:
    for case in CASES:
        assert bool(case.conversation) == bool({"follow_up", "topic_change"} & set(case.tags)), case.id


def test_a_third_of_each_language_and_outcome_is_held_out() -> None:
    sizes = Counter((case.language, case.answerable) for case in CASES)
    held_out = Counter((case.language, case.answerable) for case in CASES if case.split == "held_out")
    for kind, size in sizes.items():
        assert abs(held_out[kind] - size / 3) <= 1


def test_every_topic_can_be_left_out_and_all_but_the_far_ones_hold_both_kinds() -> None:
    topics = {case.topic for case in CASES}
    both = {topic for topic in topics if {c.answerable for c in CASES if c.topic == topic} == {True, False}}
    assert 8 <= len(topics) <= 10
    assert topics - both == {"elsewhere"}
