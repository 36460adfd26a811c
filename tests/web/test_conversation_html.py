"""The conversation and its sources as HTML: what is said, where marks lead, and that text stays text."""

from dataclasses import replace
from typing import Any

import pytest

import prompts
from assistant.answer import Difference, Disagreement, Outcome, Verdict, Wording
from assistant.answer_text import locator
from assistant.web.chat.answer_closing import answer_as_text
from assistant.web.chat.asking import views_of_asking
from assistant.web.chat.exchange import Exchange, Exchanges, conversation_of
from assistant.web.chat.source_cards import CONTEXT, sources_html
from assistant.web.chat.transcript import transcript_html
from assistant.web.words import Words, examples
from knowledge.policy import Document, Language, Validity
from tests.web.reading_html import Element, read_html
from tests.web.scripted_assistant import (
    ANSWERS,
    ScriptedAssistant,
    full_library,
    hostile_sections,
    seed_sections,
)

EN, ZH = Words("en"), Words("zh")
IMPORTS, EXPORTS, CHINESE, FEE = ANSWERS
DOCUMENTS = full_library().documents()


def conversation(*questions: str) -> Exchanges:
    shown: Exchanges = ()
    for question in questions:
        *_, last = views_of_asking(ScriptedAssistant(), question, shown, EN)
        shown = last.exchanges
    return shown


def transcript(shown: Exchanges, words: Words = EN, documents: list[Document] = DOCUMENTS) -> Element:
    return read_html(transcript_html(shown, documents, words))


def sources(shown: Exchanges, words: Words = EN) -> Element:
    return read_html(sources_html(shown, words))


def test_the_answer_is_framed_in_the_askers_language_whatever_the_interface_speaks() -> None:
    english, chinese = transcript(conversation(IMPORTS, CHINESE), ZH).all(css_class="outcome")

    assert "in their own words" in english.text
    assert "均为文件原文" in chinese.text
    assert (english.attributes["lang"], chinese.attributes["lang"]) == ("en", "zh")


def test_sentences_are_the_quotes_with_their_marks() -> None:
    sentences = transcript(conversation(IMPORTS)).all(css_class="sentence")

    assert [sentence.text for sentence in sentences] == [
        f"{quote} [{mark}]" for mark, quote in enumerate(ANSWERS[IMPORTS], 1)
    ]


def test_marks_lead_to_the_offsets_of_their_quotes() -> None:
    seed = seed_sections()[0].document

    links = [mark.attributes["href"] for mark in transcript(conversation(IMPORTS)).all("a", "mark")]

    for quote, link in zip(ANSWERS[IMPORTS], links, strict=True):
        start = seed.text.index(quote)
        assert link == f"/documents/{seed.id}?start={start}&end={start + len(quote)}&lang=en#quote"


def test_no_id_stands_twice_when_answers_follow_one_another() -> None:
    shown = conversation(IMPORTS, EXPORTS, IMPORTS)

    elements = [*transcript(shown).all(), *sources(shown).all()]

    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert {"a1-s1", "a2-s1", "a3-s1"} < set(ids)
    cards = [mark.attributes["data-card"] for mark in transcript(shown).all("a", "mark")]
    assert set(cards) <= set(ids)


def test_only_the_latest_answers_sources_are_open() -> None:
    groups = sources(conversation(IMPORTS, EXPORTS)).all("section")

    assert ["hidden" in group.attributes for group in groups] == [True, False]


def test_a_card_holds_title_facts_place_and_the_quote_in_its_paragraph() -> None:
    shown = conversation(CHINESE)

    card = sources(shown).all("li", "card")[1]

    assert card.one(css_class="card-title").text == "服务贸易便利化试行办法"
    assert card.one(css_class="card-facts").text == "issuer not stated · 29 April 2021"
    assert card.one(css_class="card-place").text == locator(shown[0].citations[1], "en")
    assert card.one("mark").text == ANSWERS[CHINESE][1]


def test_a_long_paragraph_is_shortened_around_the_quote_and_the_cuts_show() -> None:
    quote = ANSWERS[IMPORTS][0]

    block = sources(conversation(IMPORTS)).all("blockquote")[0]

    before, after = block.text.split(quote)
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert len(before) <= CONTEXT + 2
    assert len(after) <= CONTEXT + 2
    assert before.removeprefix("… ") + quote + after.removesuffix(" …") in seed_sections()[0].text


def test_a_restated_question_is_shown_and_an_unchanged_one_is_not() -> None:
    shown = transcript(conversation(IMPORTS, EXPORTS))

    assert (
        shown.one(css_class="restated").text
        == "Understood as: How should service exports be strengthened? Change"
    )


def test_what_is_asked_back_and_where_sources_differ_are_said_in_the_answers_language() -> None:
    (shown,) = conversation(CHINESE)
    first, second, *_ = shown.citations
    note = Disagreement(first, second, (Difference.CONTENT,), newer=first)
    assert shown.answer is not None
    asked = replace(
        shown.answer,
        outcome=Outcome.NEEDS_CLARIFICATION,
        clarification=replace(first, quote="凭合同", start=first.start + 8, end=first.start + 11),
        disagreements=(note,),
    )

    page = transcript((replace(shown, answer=asked),))

    assert page.one(css_class="outcome").text.endswith("请说明是否符合：“凭合同”")
    assert page.one(css_class="disagreement").text.startswith("以下来源说法不一：[1]与[2]。")
    assert page.one(css_class="disagreement").attributes["lang"] == "zh"
    assert len(page.all(css_class="sentence")) == 3
    assert "以下来源说法不一" in answer_as_text(asked, EN)


def test_a_follow_up_knows_what_was_asked_back() -> None:
    (shown,) = conversation(CHINESE)
    assert shown.answer is not None
    asked = replace(shown.answer, clarification=shown.citations[0])

    _question, turn = conversation_of((replace(shown, answer=asked),))

    assert turn.asked_for == shown.citations[0]


def test_an_unanswered_question_gets_the_sentence_the_nearest_passages_and_no_marks() -> None:
    shown = conversation("What is the rate of the tax rebate?")

    page = transcript(shown)

    assert "do not answer this question" in page.one(css_class="outcome").text
    assert page.one(css_class="nearest").one("h3").text == "You may look at"
    assert len(page.all("li", "offer")) == 3
    assert not page.all(css_class="mark")
    assert not page.all(css_class="copy")
    assert sources(shown).one(css_class="side-empty").text == EN("no_sources")


def test_while_it_is_answered_the_page_says_what_is_being_done() -> None:
    views = list(views_of_asking(ScriptedAssistant(), IMPORTS, (), EN))

    said = [transcript(view.exchanges).one(css_class="outcome").text for view in views[:2]]
    busy = [transcript(view.exchanges).one(css_class="answer").attributes["aria-busy"] for view in views]
    assert said == [EN("searching"), EN("choosing", count=len(views[-1].exchanges[0].found))]
    assert busy == ["true", "true", "true", "true", "false"]
    assert sources(views[1].exchanges).one("h3").text == EN("found")


def test_the_welcome_offers_questions_about_documents_that_are_there() -> None:
    offered = [button.text for button in transcript(()).all("button", "example")]
    without_seed = transcript((), documents=[hostile_sections()[0].document])

    assert offered == [example.question for example in examples()]
    assert not without_seed.all("button", "example")


def test_an_example_is_followed_by_the_question_that_goes_on_from_it() -> None:
    (follow_up,) = transcript(conversation(IMPORTS)).all("button", "example")

    assert follow_up.text == examples()[0].follow_up


def test_questions_titles_and_quotes_are_text_and_never_markup() -> None:
    shown = conversation(FEE, "<script>window.hacked = 6</script>")

    for page in (transcript(shown), sources(shown), transcript(())):
        assert not page.all("script")
        assert not page.all("img")
        assert not page.all("b")
    assert transcript(shown).all("h2")[1].text == "You asked: <script>window.hacked = 6</script>"
    assert transcript(shown).all(css_class="sentence")[0].text == f"{ANSWERS[FEE][0]} [1]"


def test_a_copied_answer_carries_its_sources() -> None:
    answer = conversation(IMPORTS)[0].answer
    assert answer is not None

    text = answer_as_text(answer, EN)

    assert text.splitlines()[0] == IMPORTS
    assert f"{ANSWERS[IMPORTS][1]} [2]" in text
    title = seed_sections()[0].document.title
    stands = locator(answer.citations[1], "en")
    assert text.endswith(f"[2] “{title}” (State Council, 26 August, year not stated), {stands}")


def test_a_citation_used_twice_is_one_card() -> None:
    (exchange,) = conversation(IMPORTS)
    twice = Exchange(1, IMPORTS, sentences=(*exchange.sentences, exchange.sentences[0]))

    assert [citation.mark for citation in twice.citations] == [1, 2]


def test_a_source_that_is_not_in_force_is_marked_on_its_card_and_when_it_is_copied() -> None:
    seed = seed_sections()[0].document
    validity = Validity("repealed", by="0123456789abcdef", by_title="New Act", by_date="2022-12-30")
    assistant = ScriptedAssistant(validities={seed.id: validity})
    *_, last = views_of_asking(assistant, CHINESE, (), EN)

    cards = sources(last.exchanges).all("li", "card")
    marked = [[one.text for one in card.all("p", "validity")] for card in cards]
    said = "Repealed on 2022-12-30 by New Act."
    assert marked == [[], [], [f"{said} Open what has taken its place"]]
    assert cards[2].one("p", "validity").one("a").attributes["href"] == "/documents/0123456789abcdef?lang=en"
    answer = last.exchanges[-1].answer
    assert answer is not None
    assert answer_as_text(answer, EN).count(said) == 1
    assert answer_as_text(answer, EN).endswith(said)


class TestDrafted:
    """A model's sentence beside a quoted one; the quote alone carries no sign."""

    @pytest.fixture
    def drafted(self) -> Exchange:
        exchange = conversation(IMPORTS)[0]
        assert exchange.answer is not None
        worded = replace(
            exchange.sentences[0], text="Imports need a <favorable> environment.", verdict=Verdict.SUPPORTED
        )
        sentences = (worded, *exchange.sentences[1:])
        answer = replace(exchange.answer, sentences=sentences, wording=Wording.DRAFTED)
        return replace(exchange, sentences=sentences, answer=answer)

    def test_each_sentence_says_what_the_check_found(self, drafted: Exchange) -> None:
        shown = transcript((drafted,))

        signs = [sign.text for sign in shown.all(css_class="verdict")]
        assert signs == ["checked", "word for word"]
        assert (
            shown.all(css_class="sentence")[0].text == "Imports need a <favorable> environment. [1] checked"
        )
        assert shown.all(css_class="own-words") == []
        assert transcript(conversation(IMPORTS)).all(css_class="verdict") == []

    def test_the_outcome_says_that_a_model_worded_it_also_when_it_is_copied(self, drafted: Exchange) -> None:
        said = prompts.fill("drafted.en")

        assert transcript((drafted,)).all(css_class="outcome")[0].text == said
        assert drafted.answer is not None
        assert said in answer_as_text(drafted.answer, EN)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"outcome": Outcome.MODEL_UNAVAILABLE}, "model_unavailable"),
            ({"wording": Wording.DRAFT_NOT_USED}, "draft_not_used"),
        ],
    )
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_quotes_in_place_of_a_draft_say_so(
        self, change: dict[str, Any], said: str, language: Language
    ) -> None:
        exchange = conversation(IMPORTS)[0]
        assert exchange.answer is not None
        answer = replace(exchange.answer, language=language, **change)

        shown = transcript((replace(exchange, answer=answer),))

        assert shown.all(css_class="outcome")[0].text == prompts.fill(f"{said}.{language}")
        assert len(shown.all(css_class="own-words")) == 1
