"""Conversations of the page go into the records as answers arrive, and come back as they stand today."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import RecordsUnusable
from assistant.people.person import Person, Role
from assistant.records.personal_data import MASK
from assistant.records.records import Records
from assistant.records.stored import Kept, Rating, Reason, StoredAnswer
from assistant.web.chat.asking import View, views_of_asking
from assistant.web.chat.exchange import Exchange, Exchanges, conversation_of
from assistant.web.chat.transcript import transcript_html
from assistant.web.history.keeping import exchanges_again, kept_views
from assistant.web.words import Words
from knowledge.policy import Filters
from tests.assistant.records.made_records import CHINESE, DECLINED, EXPORTS, IMPORTS, Clock, stored
from tests.web.reading_html import Element, read_html
from tests.web.recorded_page import LOST, begin, only_lost
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant

EN, ZH = Words("en"), Words("zh")
ANN, BEN, LOCAL = (Person(name, Role.READER) for name in ("ann", "ben", "local"))


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(tmp_path / "records.sqlite", 90, Clock())) as opened:
        yield opened


def ask(records: Records | None, question: str, before: Exchanges = (), person: Person = ANN) -> list[View]:
    views = views_of_asking(ScriptedAssistant(), question, before, EN)
    return list(kept_views(views, before, person, records, EN))


def conversations(records: Records, person: Person = ANN) -> list[tuple[str, int]]:
    return [(one.title, one.exchanges) for one in records.conversations(person.name)]


class TestKeeping:
    def test_an_answer_is_kept_once_it_is_whole_and_the_next_in_the_same_conversation(
        self, records: Records
    ) -> None:
        views = ask(records, IMPORTS)
        assert [view.exchanges[-1].record is not None for view in views] == [False] * 4 + [True]

        after = ask(records, EXPORTS, views[-1].exchanges)[-1].exchanges

        assert conversations(records) == [(IMPORTS, 2)]
        ids = {exchange.record.kept.conversation for exchange in after if exchange.record}
        assert ids == {records.conversations(ANN.name)[0].id}

    def test_a_question_that_is_refused_or_fails_is_not_kept(self, records: Records) -> None:
        for question in ("x" * 3_000, "crash", " "):
            ask(records, question)
        assert conversations(records) == []

    def test_an_answer_that_nobody_waited_for_is_not_kept(self, records: Records) -> None:
        views = kept_views(views_of_asking(ScriptedAssistant(), IMPORTS, (), EN), (), ANN, records, EN)
        next(views)
        views.close()  # type: ignore[attr-defined]

        assert conversations(records) == []

    def test_where_nothing_is_kept_the_views_are_as_they_were(self) -> None:
        assert ask(None, IMPORTS)[-1] == list(views_of_asking(ScriptedAssistant(), IMPORTS, (), EN))[-1]

    def test_an_answer_that_cannot_be_kept_is_shown_with_a_word_about_it(
        self, records: Records, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Full(Records):
            def keep(
                self,
                person: str,
                conversation: str | None,
                question: str,
                answer: StoredAnswer,
                filters: Filters = Filters(),  # noqa: B008
            ) -> Kept:
                raise RecordsUnusable("The disk is full.")

        full = Full.__new__(Full)
        with caplog.at_level(logging.ERROR):
            last = ask(full, IMPORTS)[-1]

        assert last.exchanges[-1].answer is not None
        assert last.notice == EN("records_not_kept")
        assert "The disk is full." in caplog.text


class TestOpeningAgain:
    def test_a_conversation_comes_back_and_goes_on(self, records: Records) -> None:
        shown = ask(records, IMPORTS)[-1].exchanges
        assert shown[0].record is not None
        records.feedback.give(ANN.name, shown[0].record.kept.exchange, Rating.DOWN, Reason.OTHER, "why")

        again = exchanges_again(records, ANN, shown[0].record.kept.conversation, ScriptedAssistant())

        assert [one.question for one in again] == [IMPORTS]
        assert again[0].sentences == shown[0].sentences
        assert [turn.text for turn in conversation_of(again)] == [
            turn.text for turn in conversation_of(shown)
        ]
        on = ask(records, EXPORTS, again)[-1].exchanges
        assert on[-1].answer is not None
        assert on[-1].answer.standalone_question == "How should service exports be strengthened?"
        assert conversations(records) == [(IMPORTS, 2)]

    def test_anothers_conversation_is_not_there(self, records: Records) -> None:
        record = ask(records, IMPORTS)[-1].exchanges[0].record
        assert record is not None

        assert exchanges_again(records, BEN, record.kept.conversation, ScriptedAssistant()) == ()
        assert exchanges_again(records, ANN, "0" * 32, ScriptedAssistant()) == ()
        assert exchanges_again(None, ANN, record.kept.conversation, ScriptedAssistant()) == ()

    def test_what_a_follow_up_refers_to_is_only_what_still_stands(self, records: Records) -> None:
        begin(records)
        again = opened(records)

        assert [turn.text for turn in conversation_of(again)] == [CHINESE, ANSWERS[CHINESE][0]]


def opened(records: Records) -> Exchanges:
    (conversation,) = records.conversations(LOCAL.name)
    return exchanges_again(records, LOCAL, conversation.id, ScriptedAssistant())


def shown(exchanges: Exchanges, words: Words = EN) -> Element:
    return read_html(transcript_html(exchanges, [], words))


class TestWhatIsShown:
    def test_a_lost_sentence_is_struck_through_and_none_of_a_document_out_of_sight(
        self, records: Records
    ) -> None:
        begin(records)

        page = shown(opened(records))

        assert [one.text for one in page.all("del")] == [LOST]
        assert len(page.all("p", "sentence")) == 1
        assert "no longer at hand: 1" in page.one("div", "lost").text
        assert "producer services" not in page.text
        assert "taken out" not in page.text
        assert "Asked on 3 May 2026" in page.one("p", "asked-on").text

    def test_when_nothing_stands_the_answer_does_not_say_that_it_does(self, records: Records) -> None:
        records.keep(LOCAL.name, None, IMPORTS, only_lost(stored(IMPORTS)))

        page = shown(opened(records), ZH)

        assert page.one("p", "outcome").text == ZH("records_nothing_stands")
        assert page.all("p", "sentence") == []

    def test_a_thumb_below_each_whole_answer_shows_what_was_said(self, records: Records) -> None:
        first = ask(records, DECLINED)[-1].exchanges
        assert first[0].record is not None
        records.feedback.give(ANN.name, first[0].record.kept.exchange, Rating.DOWN, Reason.OTHER, "<b>")
        again = exchanges_again(records, ANN, first[0].record.kept.conversation, ScriptedAssistant())

        page = shown(again)

        pressed = {
            one.attributes["data-rating"]: one.attributes["aria-pressed"]
            for one in page.all("button", "thumb")
        }
        assert pressed == {"up": "false", "down": "true"}
        (checked,) = [one for one in page.all("input") if "checked" in one.attributes]
        assert checked.attributes["value"] == "other"
        assert page.one("textarea").text == "<b>"
        assert shown((Exchange(1, IMPORTS),)).all("button", "thumb") == []

    def test_where_nothing_is_kept_there_is_no_thumb(self) -> None:
        assert shown(ask(None, IMPORTS)[-1].exchanges).all("button", "thumb") == []

    @pytest.mark.parametrize("kept", [True, False])
    def test_personal_data_is_pointed_out_and_can_be_left_out(self, records: Records, kept: bool) -> None:
        question = "Phone 13800138000, mail a@example.com: what about exports?"

        page = shown(ask(records if kept else None, question)[-1].exchanges)

        line = page.one("p", "personal")
        assert "a phone number · an e-mail address" in line.text
        assert [one.text for one in line.all("button")] == ([EN("records_forget")] if kept else [])
        if kept:
            again = exchanges_again(records, ANN, records.conversations(ANN.name)[0].id, ScriptedAssistant())
            assert again[0].question.startswith(f"Phone {MASK}, mail {MASK}:")
            assert shown(again).all("p", "personal") == []

    def test_a_question_without_personal_data_has_no_such_line(self, records: Records) -> None:
        assert shown(ask(records, IMPORTS)[-1].exchanges).all("p", "personal") == []

    def test_a_lost_sentence_is_text(self, records: Records) -> None:
        answer = stored(CHINESE)
        sentence = answer.sentences[0]
        (citation,) = sentence.citations
        hostile = "<img src=x onerror=alert(1)>"
        lost = replace(sentence, text=hostile, citations=(replace(citation, quote=hostile),))
        records.keep(LOCAL.name, None, CHINESE, replace(answer, sentences=(lost,)))

        page = shown(opened(records))

        assert page.one("del").text == hostile
        assert page.all("img") == []
