"""Answers that can be had as files: for whom they were made, as long as they are kept."""

from assistant.people.person import LOCAL_PERSON, Person, Role
from assistant.web.chat.exchange import Exchange
from assistant.web.chat.shown_answers import ShownAnswers

ANN, BEN = Person("ann", Role.READER), Person("ben", Role.ADMIN)


def test_an_answer_is_found_by_whom_it_was_made_for_and_by_nobody_else() -> None:
    shown = ShownAnswers()
    kept = shown.keep(Exchange(1, "Why?"), ANN)

    found = shown.find(kept.key, ANN)

    assert found is not None
    assert found.exchange is kept
    assert found.made.utcoffset() is not None
    assert shown.find(kept.key, BEN) is None
    assert shown.find("x" * 22, ANN) is None


def test_no_two_keys_are_alike() -> None:
    shown = ShownAnswers()

    keys = {shown.keep(Exchange(1, "Why?"), LOCAL_PERSON).key for _ in range(100)}

    assert len(keys) == 100
    assert min(map(len, keys)) >= 16


def test_the_oldest_go_first() -> None:
    shown = ShownAnswers(most=2)
    keys = [shown.keep(Exchange(number, "Why?"), ANN).key for number in (1, 2, 3)]

    assert [shown.find(key, ANN) is not None for key in keys] == [False, True, True]
