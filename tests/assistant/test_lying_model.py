"""A model that writes false numbers, raised force, turned negations, foreign names and forged quotations."""

import pytest

from assistant.answer import Answer, Sentence, Verdict
from assistant.assistant import Assistant
from assistant.checking import word_for_word
from assistant.claims.claim_weights import claim_weights
from assistant.claims.sentence_checker import SentenceChecker
from tests.assistant.drafting_assistant import drafting
from tests.assistant.eager_answers import asked
from tests.assistant.falsifying_model import FalsifyingModel, falsified
from tests.assistant.hard_questions import HARD_QUESTIONS


@pytest.fixture(scope="module")
def model() -> FalsifyingModel:
    return FalsifyingModel()


@pytest.fixture(scope="module")
def assistant(seed_assistant: Assistant, model: FalsifyingModel) -> Assistant:
    embedder, dictionary = seed_assistant.search.embedder, seed_assistant.search.dictionary
    checker = SentenceChecker(embedder, dictionary, claim_weights())
    return drafting(seed_assistant, model, checker=checker, seconds=60.0)


def shown_of_the_model(answer: Answer) -> list[Sentence]:
    """What is shown and does not stand in a document word for word."""
    return [one for one in answer.sentences if word_for_word(one).verdict is not Verdict.QUOTED]


def test_there_are_enough_questions_and_the_lies_differ_from_what_is_said() -> None:
    said = "Efforts should be made to shorten the negative list by 11 items."

    assert len(HARD_QUESTIONS) >= 200
    assert len(set(falsified(said))) == 7
    assert said not in falsified(said)


@pytest.mark.parametrize("part", range(4))
def test_not_one_lie_is_shown(assistant: Assistant, model: FalsifyingModel, part: int) -> None:
    before = len(model.written)
    for question in HARD_QUESTIONS[part::24]:
        assert shown_of_the_model(asked(assistant, question)) == []

    assert len(model.written) > before


@pytest.mark.torture
def test_not_one_lie_is_shown_on_any_question(assistant: Assistant, model: FalsifyingModel) -> None:
    shown = [one for question in HARD_QUESTIONS for one in shown_of_the_model(asked(assistant, question))]

    print(  # noqa: T201
        f"\n{len(HARD_QUESTIONS)} questions, {len(model.written)} false sentences written, {len(shown)} shown"
    )
    assert shown == []
