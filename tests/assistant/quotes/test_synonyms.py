"""Words that say the same are found for each other, and no others."""

import pytest

from assistant.quotes.question_terms import question_terms
from assistant.quotes.synonyms import with_synonyms
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import terms


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("meeting", "session"),
        ("held", "organised"),
        ("issued", "promulgates"),
        ("firms", "enterprise"),
        ("举行", "召开"),
        ("颁布", "公布"),
    ],
)
def test_a_word_is_led_to_what_says_the_same(asked: str, said: str) -> None:
    assert set(terms(said)) <= with_synonyms(terms(asked))
    assert set(terms(asked)) <= with_synonyms(terms(said))


@pytest.mark.parametrize(
    ("one", "other"),
    [("imports", "exports"), ("must", "may"), ("increase", "improve"), ("law", "rule"), ("进口", "出口")],
)
def test_what_is_near_but_not_the_same_stays_apart(one: str, other: str) -> None:
    assert with_synonyms(terms(one)).isdisjoint(with_synonyms(terms(other)))


def test_a_word_of_no_group_stands_for_itself() -> None:
    assert with_synonyms(["tariff"]) == {"tariff"}


def test_a_chinese_question_reaches_the_synonyms_of_its_english_words(dictionary: ChineseDictionary) -> None:
    (meeting,) = [term for term in question_terms("会议", "en", dictionary) if term.word == "会议"]

    assert meeting.stands_in(frozenset(terms("a study session")))
