"""From a question to its quotes on the seed, as people ask: only cases that are beyond doubt."""

import pytest

from assistant.answer import Answer, Outcome, Turn, Verdict
from assistant.assistant import Assistant
from tests.assistant.small_documents import ENVIRONMENT, SEED_TEXT

IMPORTS = "How should a favorable environment for service imports be created?"
IMPORTS_ZH = "服务进口的良好环境应当如何营造？"
VISAS = "Further amplifying the effects of visa-free policies"


def quotes(answer: Answer) -> list[str]:
    """The sentences of an answer, each of them proved to be the seed's own words at their place."""
    assert answer.outcome is Outcome.ANSWERED
    assert answer.withheld == 0
    for sentence in answer.sentences:
        (citation,) = sentence.citations
        assert sentence.verdict is Verdict.QUOTED
        assert SEED_TEXT[citation.start : citation.end] == citation.quote == sentence.text
    assert [citation.mark for citation in answer.citations] == [*range(1, len(answer.sentences) + 1)]
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(("question", "language"), [(IMPORTS, "en"), (IMPORTS_ZH, "zh")])
def test_in_both_languages_the_sentence_that_says_so_is_quoted(
    seed_assistant: Assistant, question: str, language: str
) -> None:
    answer = seed_assistant.answer(question)

    assert ENVIRONMENT in quotes(answer)
    assert answer.language == language


def test_a_british_spelling_finds_the_same_sentence(seed_assistant: Assistant) -> None:
    assert ENVIRONMENT in quotes(seed_assistant.answer(IMPORTS.replace("favorable", "favourable")))


def test_a_follow_up_is_answered_from_what_it_leans_on(seed_assistant: Assistant) -> None:
    before = seed_assistant.answer(IMPORTS)
    conversation = (Turn("user", IMPORTS), Turn("assistant", " ".join(quotes(before)), before.citations))

    answer = seed_assistant.answer("And what about visa-free policies?", conversation)

    assert answer.standalone_question.startswith(IMPORTS)
    assert any(quote.startswith(VISAS) for quote in quotes(answer))


@pytest.mark.parametrize(
    "question", ["What is the capital of Mongolia?", "蒙古国的首都是哪里？", "Who won the football match?"]
)
def test_what_the_text_does_not_say_is_declined_with_passages_to_look_at(
    seed_assistant: Assistant, question: str
) -> None:
    answer = seed_assistant.answer(question)

    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.confidence < 0.5
    assert answer.nearest


@pytest.mark.parametrize(
    "question",
    ["x", "?!a", "<script>alert(1)</script>", "'; DROP TABLE documents; --", "AND OR NOT (", "body:visa^2 +*",
     "服" * 300, "a " * 300, "\u0000 what", "🙂 visas?", "مرحبا"],
)  # fmt: skip
def test_no_odd_question_breaks_anything(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.answer(question)

    assert answer.outcome in (Outcome.ANSWERED, Outcome.NOT_IN_DOCUMENTS)
    assert all(citation.holds for citation in answer.citations)


def test_the_same_question_has_the_same_answer(seed_assistant: Assistant) -> None:
    first, second = (seed_assistant.answer(IMPORTS) for _ in range(2))

    assert (first.sentences, first.considered) == (second.sentences, second.considered)
