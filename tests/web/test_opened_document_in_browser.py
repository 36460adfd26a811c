"""A document opened from an answer, in a real browser: at the quote, in a panel or on a page of its own."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.page_actions import (
    CHINESE,
    EXPORTS,
    FEE,
    IMPORTS,
    UNANSWERABLE,
    ask,
    closes,
    marks,
    quote_in_view,
)
from tests.web.scripted_assistant import ANSWERS, hostile_sections, seed_sections

pytestmark = pytest.mark.browser


def test_a_click_on_a_mark_opens_the_document_at_exactly_the_quote(page: Page) -> None:
    answer = ask(page, IMPORTS)
    assert answer.locator(".sentence").count() == 2

    for number, quote in enumerate(ANSWERS[IMPORTS]):
        marks(page).nth(number).click()
        assert quote_in_view(page) == quote
    assert page.locator("#viewer .document-text").text_content() == seed_sections()[0].text.replace("\n", "")

    page.locator(".close-viewer").click()
    closes(page)


def test_a_click_anywhere_on_a_card_opens_its_quote(page: Page) -> None:
    ask(page, IMPORTS)

    page.locator("#a1-s2 blockquote").click()

    assert quote_in_view(page) == ANSWERS[IMPORTS][1]


def test_a_chinese_question_is_framed_in_chinese_and_a_quote_across_lines_is_whole(page: Page) -> None:
    answer = ask(page, CHINESE)
    assert "均为文件原文" in (answer.locator(".outcome").text_content() or "")

    marks(page).nth(1).click()

    assert quote_in_view(page) == ANSWERS[CHINESE][1]
    assert "\n" in ANSWERS[CHINESE][1]


def test_marks_of_earlier_answers_keep_working(page: Page) -> None:
    ask(page, IMPORTS, 1)
    ask(page, EXPORTS, 2)
    expect(page.locator("#a2 .restated")).to_contain_text("How should service exports be strengthened?")
    ask(page, UNANSWERABLE, 3)

    marks(page, 2).nth(1).click()
    assert quote_in_view(page) == ANSWERS[EXPORTS][1]
    expect(page.locator("#a2-sources")).to_be_attached()
    expect(page.locator("#a2-sources")).not_to_have_attribute("hidden", "")

    marks(page, 1).first.click()
    assert quote_in_view(page) == ANSWERS[IMPORTS][0]


def test_scripts_in_questions_and_documents_are_text(page: Page) -> None:
    typed = '<img src=x onerror="window.hacked = 7"><script>window.hacked = 8</script> ${window.hacked = 9}'
    ask(page, typed, 1)
    expect(page.locator("#a1 .question")).to_contain_text(typed)

    ask(page, FEE, 2)
    marks(page, 2).first.click()

    assert quote_in_view(page) == ANSWERS[FEE][0]
    assert page.locator("#viewer h1").text_content() == hostile_sections()[0].document.title
    assert page.evaluate("window.hacked") is None


def test_the_back_gesture_of_a_phone_closes_the_document_and_keeps_the_conversation(phone: Page) -> None:
    ask(phone, IMPORTS)
    marks(phone).first.click()
    quote_in_view(phone)

    phone.go_back()

    closes(phone)
    assert marks(phone).count() == 2


def test_a_document_page_opens_at_the_quote_without_any_script(
    browser: BrowserContext, scripted_page: str
) -> None:
    seed = seed_sections()[0].document
    quote = ANSWERS[EXPORTS][1]
    start = seed.text.index(quote)
    started = browser.browser
    assert started is not None
    context = started.new_context(java_script_enabled=False, viewport={"width": 390, "height": 600})
    page = context.new_page()

    page.goto(f"{scripted_page}/documents/{seed.id}?start={start}&end={start + len(quote)}#quote")

    expect(page.locator("#quote")).to_be_in_viewport()
    assert page.locator("#quote").text_content() == quote
    context.close()


def test_a_link_inside_an_opened_document_moves_there_and_keeps_it_open(page: Page) -> None:
    ask(page, IMPORTS)
    marks(page).first.click()
    expect(page.locator("#viewer #quote")).to_be_focused()
    page.locator("#viewer .viewer-body").evaluate("body => body.scrollTo(0, 0)")
    address = page.url

    page.locator("#viewer .pointer a").click()

    expect(page.locator("#viewer #quote")).to_be_in_viewport()
    expect(page.locator("#viewer")).to_be_visible()
    assert page.url == address
