"""What is searched for a question of a conversation, and how two rankings become one."""

import pytest

from assistant.answer import Conversation, Turn
from assistant.conversation_search import found_for, search_texts
from assistant.question import restate
from knowledge.policy import RetrievedPassage
from tests.assistant.small_documents import citation_of, law, retrieved_from

KEEP = "They shall keep each contract for 5 years."
TALK: Conversation = (
    Turn("user", "How long must contracts be kept?"),
    Turn("assistant", KEEP, (citation_of(law(), KEEP),)),
)


def texts(question: str, conversation: Conversation = TALK) -> tuple[str, ...]:
    return search_texts(question, restate(question, conversation), conversation)


def test_without_a_conversation_the_topic_is_searched() -> None:
    assert texts("What does the Act say about fees?", ()) == ("fees?",)


def test_what_leans_on_the_conversation_is_searched_with_the_answer_and_its_heading() -> None:
    assert texts("Why is it so long?") == (
        f"Article 2 {KEEP} How long must contracts be kept? Why is it so long?",
    )


def test_only_the_beginning_of_a_long_answer_is_searched() -> None:
    talk: Conversation = (Turn("user", "Which firms?"), Turn("assistant", "word " * 200))
    talk_zh: Conversation = (Turn("user", "哪些企业？"), Turn("assistant", "企业" * 200))

    assert texts("Why is it so?", talk)[0].count("word") == 30
    assert texts("它为什么这样？", talk_zh)[0].count("企业") == 26  # 50 characters and the question's own


@pytest.mark.parametrize(
    "question", ["Regional differences", "Must importers of grain keep the contracts they sign?"]
)
def test_what_may_go_on_with_the_subject_is_also_searched_led_by_the_question_before(question: str) -> None:
    assert texts(question) == (question, f"How long must contracts be kept? {question}")


@pytest.mark.parametrize(
    "question",
    [
        "Which hidden barriers of the domestic market should be removed?",
        "如何优化跨境资金管理和专业人员流动？",
    ],
)
def test_a_question_of_its_own_words_is_searched_alone(question: str) -> None:
    assert texts(question) == (question,)


def test_a_question_asked_of_another_thing_is_not_searched_with_the_answer_before() -> None:
    talk: Conversation = (Turn("user", "How should service imports be expanded?"), Turn("assistant", "So."))

    assert texts("And what about exports?", talk) == ("How should service exports be expanded?",)


class TestFused:
    """By hand: the ranks count 1/(3+rank) and 1.2/(3+rank)."""

    def found(self, *places: int) -> list[RetrievedPassage]:
        every = retrieved_from(law())
        return [every[place] for place in places]

    def test_a_passage_that_both_find_counts_twice(self) -> None:
        rankings = {"alone": self.found(0, 1), "led": self.found(2, 1)}

        found = found_for(("alone", "led"), rankings.__getitem__)

        # passage 1: 1/5 + 1.2/5 = .44; passage 2: 1.2/4 = .3; passage 0: 1/4 = .25, and two were found.
        assert [one.passage for one in found] == [one.passage for one in self.found(1, 2)]
        assert [one.score for one in found] == pytest.approx([0.44, 0.3])

    def test_one_ranking_is_left_as_it_is(self) -> None:
        assert found_for(("alone",), lambda _text: self.found(1, 0)) == self.found(1, 0)
