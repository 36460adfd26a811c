"""The product's one function, with a search and a writer that are written down."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answer import Answer, Conversation, Outcome, Sentence, Turn, Verdict
from assistant.answering import (
    LONGEST_QUESTION,
    Sources,
    Step,
    accepted_question,
    answer_in_steps,
    answer_question,
)
from assistant.errors import BadQuestion
from knowledge.policy import RetrievedPassage
from tests.assistant.scripted import ScriptedSearch, ScriptedWriter
from tests.assistant.small_documents import law, quoted, retrieved_from

APPLIES = quoted(law(), "This Act applies to service exports.", 1)
NO_FEE = quoted(law(), "(a) No fee is charged for registration.", 2)
INVENTED = replace(NO_FEE, text="(a) A fee of 90 yuan is charged for registration.")
UNCITED = Sentence("Fees are abolished.", (), Verdict.SUPPORTED)


@pytest.fixture
def search() -> ScriptedSearch:
    return ScriptedSearch(retrieved_from(law()))


def steps(
    search: ScriptedSearch, *sentences: Sentence, question: str = "What does the Act apply to?"
) -> list[Step]:
    return list(answer_in_steps(question, (), search=search, writer=ScriptedWriter(sentences)))


class TestSteps:
    def test_sources_come_first_then_each_sentence_then_the_answer(self, search: ScriptedSearch) -> None:
        sources, first, second, answer = steps(search, APPLIES, NO_FEE)

        assert sources == Sources("What does the Act apply to?", tuple(search.found))
        assert (first, second) == (APPLIES, NO_FEE)
        assert isinstance(answer, Answer)
        assert answer.sentences == (APPLIES, NO_FEE)

    def test_the_sources_are_there_before_anything_is_written(self, search: ScriptedSearch) -> None:
        writer = ScriptedWriter((APPLIES,))

        arriving = answer_in_steps("What?", (), search=search, writer=writer)

        assert isinstance(next(arriving), Sources)
        assert writer.asked == []

    def test_the_last_step_is_what_answer_question_returns(self, search: ScriptedSearch) -> None:
        *_, last = steps(search, APPLIES, INVENTED)
        answer = answer_question(
            "What does the Act apply to?", (), search=search, writer=ScriptedWriter((APPLIES, INVENTED))
        )

        assert isinstance(last, Answer)
        assert replace(answer, seconds=()) == replace(last, seconds=())

    def test_each_part_is_timed_without_the_time_the_caller_takes_between_steps(
        self, search: ScriptedSearch
    ) -> None:
        def slow_search(question: str) -> list[RetrievedPassage]:
            time.sleep(0.02)
            return search(question)

        arriving: Iterator[Step] = answer_in_steps(
            "What?", (), search=slow_search, writer=ScriptedWriter((APPLIES,))
        )
        for step in arriving:
            time.sleep(0.1)
            answer = step

        assert isinstance(answer, Answer)
        assert [name for name, _seconds in answer.seconds] == ["restate", "search", "writing", "checking"]
        assert dict(answer.seconds)["search"] >= 0.02
        assert sum(seconds for _step, seconds in answer.seconds) < 0.1


class TestChecked:
    def test_unsupported_sentences_never_leave_and_are_counted(self, search: ScriptedSearch) -> None:
        *shown, answer = steps(search, INVENTED, APPLIES, UNCITED, NO_FEE)

        assert shown[1:] == [APPLIES, NO_FEE]
        assert isinstance(answer, Answer)
        assert (answer.outcome, answer.sentences, answer.withheld) == (
            Outcome.ANSWERED,
            (APPLIES, NO_FEE),
            2,
        )

    def test_when_nothing_written_is_supported_the_documents_do_not_answer(
        self, search: ScriptedSearch
    ) -> None:
        sources, answer = steps(search, INVENTED, UNCITED)

        assert isinstance(sources, Sources)
        assert isinstance(answer, Answer)
        assert (answer.outcome, answer.sentences, answer.withheld) == (Outcome.NOT_IN_DOCUMENTS, (), 2)
        assert answer.nearest == tuple(search.found[:3])

    def test_the_verdict_is_the_checkers_and_not_the_writers(self, search: ScriptedSearch) -> None:
        _, shown, _ = steps(search, replace(APPLIES, verdict=Verdict.UNSUPPORTED))

        assert shown == APPLIES
        assert APPLIES.verdict is Verdict.QUOTED


class TestOutcomes:
    def test_nothing_written_is_a_decline_with_the_nearest_passages(self, search: ScriptedSearch) -> None:
        answer = answer_question(
            "What is the tax?", (), search=search, writer=ScriptedWriter((), confidence=0.2)
        )

        assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
        assert (answer.confidence, answer.withheld, answer.citations) == (0.2, 0, ())
        assert answer.considered == tuple(search.found)
        assert answer.nearest == tuple(search.found[:3])

    def test_nothing_found_is_a_decline_too(self) -> None:
        answer = answer_question(
            "What is the tax?", (), search=ScriptedSearch([]), writer=ScriptedWriter((), confidence=0.0)
        )

        assert (answer.outcome, answer.nearest) == (Outcome.NOT_IN_DOCUMENTS, ())

    @pytest.mark.parametrize(
        ("question", "language"), [("What is the tax?", "en"), ("税率是多少？", "zh"), ("42?", "en")]
    )
    def test_the_answer_is_in_the_language_of_the_question(
        self, search: ScriptedSearch, question: str, language: str
    ) -> None:
        answer = answer_question(question, (), search=search, writer=ScriptedWriter((APPLIES,)))

        assert answer.language == language


class TestQuestion:
    def test_a_follow_up_is_searched_and_written_as_restated_and_kept_as_asked(
        self, search: ScriptedSearch
    ) -> None:
        writer = ScriptedWriter((NO_FEE,))
        conversation: Conversation = (Turn("user", "What fees are charged?"), Turn("assistant", "None."))

        answer = answer_question("And for paper?", conversation, search=search, writer=writer)

        assert answer.question == "And for paper?"
        assert answer.standalone_question == "What fees are charged? And for paper?"
        assert search.asked == ["None. What fees are charged? And for paper?"]
        assert writer.asked == [("What fees are charged? And for paper?", search.found)]

    def test_outer_white_space_is_taken_off(self, search: ScriptedSearch) -> None:
        answer = answer_question("\n  Fees?\u3000", (), search=search, writer=ScriptedWriter(()))

        assert (answer.question, search.asked) == ("Fees?", ["Fees?"])

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("", "is empty; write what you want to know"),
            (" \n\t\u3000", "is empty; write what you want to know"),
            ("\u200b", "holds no word; write what you want to know"),
            ("？！…", "holds no word; write what you want to know"),
            ("a" * 10_000, "has 10,000 characters; 2,000 are allowed"),
            ("问" * 2_001, "has 2,001 characters; 2,000 are allowed"),
            ("What is \ud800?", "not valid text; type it again"),
            ("\udcff\udcfe fees", "not valid text; type it again"),
        ],
    )
    def test_a_bad_question_is_refused_before_anything_is_searched(
        self, search: ScriptedSearch, question: str, said: str
    ) -> None:
        with pytest.raises(BadQuestion, match=said):
            answer_question(question, (), search=search, writer=ScriptedWriter((APPLIES,)))
        with pytest.raises(BadQuestion, match=said):
            next(answer_in_steps(question, (), search=search, writer=ScriptedWriter((APPLIES,))))
        assert search.asked == []

    def test_half_a_character_earlier_in_the_conversation_is_refused_too(
        self, search: ScriptedSearch
    ) -> None:
        with pytest.raises(BadQuestion, match="not valid text"):
            answer_question(
                "And fees?", (Turn("user", "\ud800"),), search=search, writer=ScriptedWriter((APPLIES,))
            )
        assert search.asked == []

    @pytest.mark.parametrize("question", ["a" * LONGEST_QUESTION, "费", "7", " fees "])
    def test_short_and_long_questions_within_the_limit_are_accepted(self, question: str) -> None:
        assert accepted_question(question) == question.strip()

    def test_what_goes_wrong_in_the_search_is_not_hidden(self) -> None:
        def broken(question: str) -> list[RetrievedPassage]:
            raise OSError("disk gone")

        with pytest.raises(OSError, match="disk gone"):
            answer_question("Fees?", (), search=broken, writer=ScriptedWriter((APPLIES,)))
