"""The second mode in a real browser: turning to it, the table, the opened quote, files, print."""

import json

import pytest
from playwright.sync_api import Page, expect

from assistant.web.words import Words
from tests.web.scripted_assistant import measures_sections

pytestmark = pytest.mark.browser

EN, ZH = Words("en"), Words("zh")
DESCRIPTION = "We export services and are paid across borders"
PAYMENT = "第二条　服务出口企业可以凭合同直接办理跨境收付。"


def check(page: Page, description: str = DESCRIPTION) -> None:
    page.get_by_role("button", name=EN("mode_guidance")).click()
    page.get_by_label(EN("description")).fill(description)
    page.get_by_role("button", name=EN("check"), exact=True).click()


def table_of(page: Page) -> None:
    page.locator(".table-of-guidance").wait_for()


def test_a_description_gives_a_table_whose_links_open_the_quote(page: Page) -> None:
    check(page)
    table_of(page)
    expect(page.locator("#desk")).to_be_hidden()

    row = page.locator("#guidance-table tr", has_text=PAYMENT)
    expect(row.locator(".force")).to_have_text("permitted")
    row.locator("a[data-open]").click()

    quote = page.locator("#viewer #quote")
    expect(quote).to_be_in_viewport(ratio=1)
    assert quote.evaluate("element => element.textContent") == PAYMENT
    assert PAYMENT in measures_sections()[0].document.text
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.get_by_role("button", name=EN("mode_guidance")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(EN("description"))).to_be_focused()
    page.keyboard.type(DESCRIPTION)
    page.keyboard.press("Control+Enter")
    table_of(page)
    page.locator("#guidance-table td a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#viewer #quote")).to_be_focused()


def test_turning_back_shows_the_conversation_as_it_was(page: Page) -> None:
    check(page)
    table_of(page)

    page.get_by_role("button", name=EN("mode_ask")).click()

    expect(page.locator("#guidance")).to_be_hidden()
    expect(page.get_by_label(EN("question"))).to_be_focused()


def test_the_table_is_drawn_anew_in_the_other_language(page: Page) -> None:
    check(page)
    table_of(page)

    page.locator("#switch-language").click()

    expect(page.get_by_role("button", name=ZH("check"), exact=True)).to_be_visible()
    expect(page.locator("#guidance-table th").first).to_have_text("效力")
    expect(page.locator('.mode[data-mode="guidance"]')).to_have_attribute("aria-pressed", "true")


def test_a_description_that_is_refused_or_fails_is_said_in_one_sentence(page: Page) -> None:
    check(page, "crash")

    expect(page.locator("#guidance-table [role=alert]")).to_have_text(EN("failed"))
    assert "secret" not in page.content()


def test_the_table_can_be_had_as_a_file(page: Page) -> None:
    check(page)
    table_of(page)

    with page.expect_download() as download:
        page.get_by_role("link", name=EN("save_json")).click()

    assert download.value.suggested_filename == "guidance.json"
    told = json.loads(download.value.path().read_text("utf-8"))
    assert told["description"] == DESCRIPTION


def test_on_paper_there_is_the_table_alone(page: Page) -> None:
    check(page)
    table_of(page)

    page.emulate_media(media="print")

    expect(page.locator("#guidance-table table").first).to_be_visible()
    expect(page.locator(".described")).to_be_visible()
    for name in ("#masthead", "#guidance-composer", ".actions"):
        expect(page.locator(name)).to_be_hidden()


def test_on_a_narrow_screen_each_provision_is_a_card(phone: Page) -> None:
    check(phone)
    table_of(phone)

    row = phone.locator("#guidance-table tbody tr").first
    assert row.evaluate("element => getComputedStyle(element).display") == "block"
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
