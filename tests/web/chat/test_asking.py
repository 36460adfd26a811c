"""Asking: one view after another while an answer arrives, none with half an answer as a whole one."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count as counting

import pytest

from assistant.answer import Conversation
from assistant.answering import Step
from assistant.web.api.metrics import Metrics
from assistant.web.chat.asking import View, paced, views_of_asking
from assistant.web.chat.exchange import Exchange, Exchanges, PageAssistant, conversation_of
from assistant.web.words import Words
from knowledge.errors import IndexDamaged
from knowledge.policy import Filters
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant

EN = Words("en")
IMPORTS, EXPORTS, CHINESE = list(ANSWERS)[:3]


def ask(question: str, before: Exchanges = (), assistant: PageAssistant | None = None) -> list[View]:
    return list(views_of_asking(assistant or ScriptedAssistant(), question, before, EN))


def test_question_then_sources_then_sentence_after_sentence_then_the_answer() -> None:
    views = ask(IMPORTS)

    latest = [view.exchanges[-1] for view in views]
    assert [exchange.sources is not None for exchange in latest] == [False, True, True, True, True]
    assert [len(exchange.sentences) for exchange in latest] == [0, 0, 1, 2, 2]
    assert [exchange.answer is not None for exchange in latest] == [False, False, False, False, True]
    assert [sentence.text for sentence in latest[-1].sentences] == ANSWERS[IMPORTS]
    assert [view.box for view in views] == ["", None, None, None, None]
    assert {view.notice for view in views} == {""}


def test_each_exchange_has_ids_of_its_own() -> None:
    first = ask(IMPORTS)[-1].exchanges
    second = ask(EXPORTS, first)[-1].exchanges

    assert [exchange.id for exchange in second] == ["a1", "a2"]
    assert second[0] is first[0]


def test_a_follow_up_is_asked_with_the_conversation_before_it() -> None:
    first = ask(IMPORTS)[-1].exchanges

    last = ask(EXPORTS, first)[-1].exchanges[-1]

    assert last.answer is not None
    assert last.answer.standalone_question == "How should service exports be strengthened?"
    assert [(turn.role, turn.text) for turn in conversation_of(first)] == [
        ("user", IMPORTS),
        ("assistant", " ".join(ANSWERS[IMPORTS])),
    ]


def test_a_blank_question_changes_nothing() -> None:
    assert ask("  \n ") == []


def test_a_refused_question_goes_back_into_the_box_with_the_reason() -> None:
    before = ask(IMPORTS)[-1].exchanges
    too_long = "x" * 10_000

    assert ask(too_long, before)[-1] == View(
        before, too_long, "The question has 10,000 characters; 2,000 are allowed."
    )


def test_an_unforeseen_error_is_one_sentence_and_its_traceback_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        last = ask("crash")[-1]

    assert last == View((), "crash", EN("failed"))
    assert "secret detail" not in last.notice
    assert "secret detail" in caplog.text


class StopsHalfway(ScriptedAssistant):
    """Fails after its first sentence, as a damaged index would."""

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Step]:
        steps = super().steps(question, conversation)
        yield next(steps)
        yield next(steps)
        raise IndexDamaged("The index is damaged; run: policy-assistant index --rebuild")


def test_half_an_answer_is_taken_back() -> None:
    views = ask(IMPORTS, assistant=StopsHalfway())

    assert len(views[-2].exchanges[-1].sentences) == 1
    assert views[-1] == View((), IMPORTS, "The index is damaged; run: policy-assistant index --rebuild")


def test_a_lone_surrogate_is_shown_as_a_question_mark_and_asked_as_it_came() -> None:
    views = ask("What \ud800?")

    assert views[0].exchanges[0].question == "What ??"
    answer = views[-1].exchanges[0].answer
    assert answer is not None
    assert answer.question == "What \ud800?"


def test_filters_go_with_the_question_and_stay_with_the_exchange() -> None:
    *_, last = views_of_asking(ScriptedAssistant(), IMPORTS, (), EN, chosen='{"languages": ["en"]}')

    assert last.exchanges[-1].filters == Filters(languages=("en",))
    assert last.exchanges[-1].answer is not None


def test_that_no_document_passes_the_filters_is_said_and_nothing_is_searched() -> None:
    views = list(views_of_asking(ScriptedAssistant(), IMPORTS, (), EN, chosen='{"issuers": ["Nobody"]}'))

    assert views[-1] == View((), IMPORTS, EN("ask_no_document"))
    assert all(exchange.sources is None for view in views for exchange in view.exchanges)


def test_filters_that_cannot_be_read_put_the_question_back() -> None:
    (view,) = views_of_asking(ScriptedAssistant(), IMPORTS, (), Words("zh"), chosen="{")

    assert view == View((), IMPORTS, "无法识别筛选条件，请重新选择。")


def test_only_a_whole_answer_is_kept() -> None:
    kept: list[Exchange] = []

    def keep(exchange: Exchange) -> Exchange:
        kept.append(exchange)
        return replace(exchange, key="k")

    *_, last = views_of_asking(ScriptedAssistant(), IMPORTS, (), EN, keep=keep)

    assert [exchange.answer is not None for exchange in kept] == [True]
    assert last.exchanges[-1].key == "k"


def test_sentences_that_come_at_once_are_drawn_with_the_answer() -> None:
    views = ask(IMPORTS)

    assert list(paced(views, lambda: 0.0)) == [*views[:2], views[4]]


def test_a_sentence_that_is_followed_at_once_is_drawn_with_the_next() -> None:
    views = ask(IMPORTS)
    times = iter([0.0, 0.0, 0.01, 0.5, 0.5, 0.55, 0.6])  # begun, question, sources; sentence, drawn; sentence

    assert list(paced(views, lambda: next(times))) == [*views[:3], views[4]]


def test_sentences_that_take_their_time_are_drawn_one_by_one() -> None:
    views = ask(IMPORTS)
    times = counting(0.0, 0.2)

    assert list(paced(views, lambda: next(times))) == views


def test_what_came_of_a_question_is_counted_as_that_of_a_program_is() -> None:
    metrics = Metrics(lambda: 0)
    count = partial(metrics.came_of, "page")
    for question in (IMPORTS, "What is not there?", "x" * 2_001, "crash"):
        list(views_of_asking(ScriptedAssistant(), question, (), EN, count=count))
    list(views_of_asking(ScriptedAssistant(), IMPORTS, (), EN, chosen='{"issuers": ["nobody"]}', count=count))

    told = metrics.as_text().decode().splitlines()
    counted = dict(line.rsplit(" ", 1) for line in told if line.startswith("policy_assistant_asks_total"))
    outcomes = {"answered": "1.0", "not_in_documents": "1.0", "refused": "2.0", "failed": "1.0"}
    assert counted == {
        f'policy_assistant_asks_total{{outcome="{outcome}",way_in="page"}}': count
        for outcome, count in outcomes.items()
    }
