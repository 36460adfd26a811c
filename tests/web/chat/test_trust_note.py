"""The line that says how far to trust: its figures, in both languages, once on the page."""

import pytest

from assistant.calibration import HeldOutDecisions, held_out_decisions
from assistant.web.chat.asking import views_of_asking
from assistant.web.chat.exchange import Exchanges
from assistant.web.chat.transcript import transcript_html
from assistant.web.chat.trust_note import trust_note
from assistant.web.words import LANGUAGES, Words
from knowledge.policy import Language
from tests.web.reading_html import read_html
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant, full_library

IMPORTS, EXPORTS, *_ = ANSWERS
DOCUMENTS = full_library().documents()
MEASURED = HeldOutDecisions(questions=113, right=0.8672, unanswerable_declined=0.843)


def conversation(*questions: str) -> Exchanges:
    shown: Exchanges = ()
    for question in questions:
        *_, last = views_of_asking(ScriptedAssistant(), question, shown, Words("en"))
        shown = last.exchanges
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_tells_the_share_and_what_is_behind_it_the_rest(language: Language) -> None:
    note = read_html(trust_note(Words(language), MEASURED))

    (line,), (text,) = note.all("summary"), note.all("p")
    assert "87" in line.text
    assert all(figure in text.text for figure in ("113", "87", "84"))
    assert "open" not in note.all("details")[0].attributes


def test_the_line_is_short_enough_for_a_narrow_screen() -> None:
    line = Words("en")("trust", right="87", questions=113, declined="84")

    assert len(line) <= 62  # 5.2 pixels each in 362


@pytest.mark.parametrize("questions", [(), (IMPORTS,), (IMPORTS, EXPORTS)])
def test_it_stands_on_the_page_once(questions: tuple[str, ...]) -> None:
    page = read_html(transcript_html(conversation(*questions), DOCUMENTS, Words("en")))

    (note,) = page.all("details", "trust")
    assert f"{100 * held_out_decisions().right:.0f} % right" in note.text


def test_a_declined_question_has_none_beside_the_passages() -> None:
    page = read_html(transcript_html(conversation("What is not there?"), DOCUMENTS, Words("en")))

    assert page.all("details", "trust") == []
