"""The second mode in a real browser, in four views: the table, the opened quote, files, print."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from assistant.web.words import Words
from tests.web.scripted_assistant import measures_sections
from tests.web.visitor import VIEWS, Visitor
from tests.web.windows import begin_anew, chatting

pytestmark = pytest.mark.browser

DESCRIPTION = "We export services and are paid across borders"
PAYMENT = "第二条　服务出口企业可以凭合同直接办理跨境收付。"


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def window(request: pytest.FixtureRequest, browser: BrowserContext, scripted_page: str) -> Iterator[Visitor]:
    with chatting(browser, scripted_page, request.param) as visitor:
        yield visitor


@pytest.fixture
def visitor(window: Visitor, scripted_page: str) -> Visitor:
    """Somebody who has turned to guidance from a page on which nothing was asked."""
    begin_anew(window.page, scripted_page, window.view.language)
    window.press(window.page.locator('.mode[data-mode="guidance"]'))
    return window


def check(visitor: Visitor, description: str = DESCRIPTION) -> Locator:
    """The table for a description, or what is said in its place."""
    page = visitor.page
    visitor.write(page.locator("#description textarea"), description, "Control+Enter")
    table = page.locator("#guidance-table")
    told = table.locator(".described", has_text=description).or_(table.locator("[role=alert]"))
    told.wait_for(state="attached")  # what is described stands on paper alone
    expect(table.locator("[aria-busy]")).to_have_count(0)
    return table


def test_a_description_gives_a_table_whose_links_open_the_quote(visitor: Visitor) -> None:
    page = visitor.page
    expect(page.locator("#desk")).to_be_hidden()
    if visitor.view.width > 1000:
        expect(page.locator("#description textarea")).to_be_focused()
    visitor.finds_it_sound()
    table = check(visitor)
    visitor.finds_it_sound()

    row = table.locator("tr", has_text=PAYMENT)
    expect(row.locator(".force")).to_have_text({"en": "permitted", "zh": "可以"}[visitor.view.language])
    narrow = row.evaluate("element => getComputedStyle(element).display") == "block"
    assert narrow == (visitor.view.width < 1000)  # each provision is a card
    visitor.press(row.locator("a[data-open]").first)

    quote = page.locator("#viewer #quote")
    expect(quote).to_be_in_viewport(ratio=1)
    expect(quote).to_be_focused()
    assert quote.evaluate("element => element.textContent") == PAYMENT
    assert PAYMENT in measures_sections()[0].document.text
    visitor.finds_it_sound()
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
    expect(row.locator("a[data-open]").first).to_be_focused()


def test_the_table_is_drawn_anew_in_the_other_language_and_the_conversation_stays(visitor: Visitor) -> None:
    page, other = visitor.page, Words(visitor.words.other_language)
    check(visitor)
    head = page.locator("#guidance-table th").first
    before = head.text_content()

    visitor.press(page.locator("#switch-language"))
    expect(page.locator("#check")).to_have_text(other("check"))
    expect(head).not_to_have_text(before or "")
    expect(page.locator('.mode[data-mode="guidance"]')).to_have_attribute("aria-pressed", "true")

    visitor.press(page.locator("#switch-language"))
    expect(page.locator("#check")).to_have_text(visitor.words("check"))
    visitor.press(page.locator('.mode[data-mode="ask"]'))
    expect(page.locator("#guidance")).to_be_hidden()
    if visitor.view.width > 1000:
        expect(page.locator("#question textarea")).to_be_focused()


def test_a_description_that_fails_is_said_in_one_sentence(visitor: Visitor) -> None:
    expect(check(visitor, "crash").locator("[role=alert]")).to_have_text(visitor.words("failed"))

    assert "secret" not in visitor.page.content()
    visitor.finds_it_sound()


def test_the_table_can_be_had_as_a_file_and_on_paper(visitor: Visitor) -> None:
    page = visitor.page
    check(visitor)

    with page.expect_download() as download:
        visitor.press(page.locator("#guidance-table").get_by_role("link", name=visitor.words("save_json")))
    assert download.value.suggested_filename == "guidance.json"
    told = json.loads(download.value.path().read_text("utf-8"))
    assert told["description"] == DESCRIPTION

    page.evaluate("window.print = () => { window.printed = true; }")
    visitor.press(page.locator("#guidance-table button.print"))
    assert page.evaluate("window.printed") is True
    page.emulate_media(media="print")
    expect(page.locator("#guidance-table table").first).to_be_visible()
    expect(page.locator(".described")).to_be_visible()
    for name in ("#masthead", "#guidance-composer", ".actions"):
        expect(page.locator(name)).to_be_hidden()
    page.emulate_media(media="screen")
