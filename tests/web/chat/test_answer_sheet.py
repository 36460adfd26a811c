"""An answer on paper: what was shown, word for word, as Word and as Markdown."""

import io
from dataclasses import replace

import docx
import pytest

from assistant.answer import Verdict, Wording
from assistant.web.chat.answer_sheet import Sheet, sheet_of
from assistant.web.chat.asking import views_of_asking
from assistant.web.chat.exchange import Exchange
from assistant.web.chat.sheet_docx import sheet_as_docx
from assistant.web.chat.sheet_markdown import sheet_as_markdown
from assistant.web.words import Words
from knowledge.policy import Filters, Validity
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant, seed_sections

EN, ZH = Words("en"), Words("zh")
IMPORTS, EXPORTS, CHINESE, FEE = ANSWERS


def exchange(question: str, **validities: Validity) -> Exchange:
    assistant = ScriptedAssistant(
        validities={seed_sections()[0].document.id: one for one in validities.values()}
    )
    *_, last = views_of_asking(assistant, question, (), EN)
    return last.exchanges[-1]


def sheet(shown: Exchange, words: Words = EN) -> Sheet:
    return sheet_of(shown, words, day="2026-11-29", titles={})


def test_it_holds_sentences_sources_and_warnings() -> None:
    written = sheet(exchange(IMPORTS, seed=Validity("expired", ends="2025-12-31")))

    assert [sentence.text for sentence in written.sentences] == ANSWERS[IMPORTS]
    assert [source.quote for source in written.sources] == ANSWERS[IMPORTS]
    assert {source.warning for source in written.sources} == {"Expired: it was in force until 2025-12-31."}
    assert all("paragraph 3" in source.citation for source in written.sources)
    assert "29 November 2026" in written.closing


def test_it_says_how_the_question_was_understood_and_restricted() -> None:
    asked = exchange(IMPORTS)
    assert asked.answer is not None
    answer = replace(asked.answer, standalone_question="Imports, then?")

    written = sheet(replace(asked, answer=answer, filters=Filters(issuers=("State Council",))))

    assert written.about == ("Understood as: Imports, then?", "Issuer: State Council")


def test_what_the_check_found_and_what_was_withheld_is_said() -> None:
    asked = exchange(IMPORTS)
    assert asked.answer is not None
    worded = replace(asked.sentences[0], verdict=Verdict.SUPPORTED, text="Imports need it.")
    answer = replace(
        asked.answer, sentences=(worded, asked.sentences[1]), withheld=1, wording=Wording.DRAFTED
    )

    written = sheet(replace(asked, answer=answer))

    assert [sentence.verdict for sentence in written.sentences] == ["checked", "word for word"]
    assert written.notes == (EN("ask_withheld_one"),)
    assert "(checked)" in sheet_as_markdown(written)


def test_an_exchange_without_an_answer_has_no_sheet() -> None:
    with pytest.raises(ValueError, match="no answer yet"):
        sheet(Exchange(1, IMPORTS))


@pytest.mark.parametrize("question", [IMPORTS, CHINESE, FEE])
def test_word_opens_with_the_same_sentences_and_quotes(question: str) -> None:
    written = docx.Document(io.BytesIO(sheet_as_docx(sheet(exchange(question), ZH))))

    paragraphs = [paragraph.text for paragraph in written.paragraphs]
    assert paragraphs[0] == question
    for mark, quote in enumerate(ANSWERS[question], start=1):
        assert f"{quote} [{mark}]" in paragraphs
        assert quote in paragraphs


def test_what_xml_cannot_hold_does_not_break_the_word_file() -> None:
    written = replace(sheet(exchange(IMPORTS)), question="What \x00\ud800\x0b?")

    opened = docx.Document(io.BytesIO(sheet_as_docx(written)))

    assert opened.paragraphs[0].text == "What \ufffd\ufffd\ufffd?"


def test_every_character_of_a_document_stands_for_itself_in_markdown() -> None:
    written = sheet_as_markdown(sheet(exchange(FEE)))

    assert 'The fee is \\<b\\>waived\\</b\\> for "small" firms \\& \\<img src=x' in written
    assert "\\$\\{window.hacked = 3\\} \\{\\{is\\}\\} said \\&amp; done." in written


def test_a_quote_of_several_lines_stays_one_quote_in_markdown() -> None:
    written = sheet_as_markdown(sheet(exchange(CHINESE)))

    assert (
        "> 企业应当妥善保存合同及相关凭证，保存期限为五年；\\\n> 主管部门可以抽查，企业应当配合。" in written
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("# Title", "\\# Title"),
        ("1. One", "1\\. One"),
        ("- one", "\\- one"),
        ("+ a", "\\+ a"),
        ("= b", "\\= b"),
    ],
)
def test_no_line_begins_a_list_or_a_heading(words: str, shown: str) -> None:
    one = replace(sheet(exchange(IMPORTS)), framing=words)

    assert f"\n{shown}\n" in sheet_as_markdown(one)
