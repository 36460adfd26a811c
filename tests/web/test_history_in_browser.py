"""The history in a real browser, in four views: kept, opened again, renamed, exported, deleted, rated."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from assistant.web.words import Words, examples
from tests.assistant.records.made_records import CHINESE, EXPORTS, IMPORTS
from tests.web.conftest import Recorded
from tests.web.page_actions import ask
from tests.web.recorded_page import LOST
from tests.web.visitor import VIEWS, Visitor
from tests.web.windows import begin_anew, chatting, looking_at

pytestmark = pytest.mark.browser

EN, ZH = Words("en"), Words("zh")
PHONE_NUMBER = "13800138000"


@pytest.fixture
def address(recorded: Recorded) -> str:
    """The page, its records as they were in the beginning."""
    recorded.begin_again()
    return recorded.address


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def window(request: pytest.FixtureRequest, browser: BrowserContext, scripted_page: str) -> Iterator[Visitor]:
    with chatting(browser, scripted_page, request.param) as visitor:
        yield visitor


@pytest.fixture
def visitor(window: Visitor, address: str) -> Visitor:
    """Somebody of whom one earlier conversation is kept."""
    begin_anew(window.page, address, window.view.language)
    return window


def open_list(visitor: Visitor) -> None:
    visitor.press(visitor.page.locator("a.history"))
    visitor.page.locator("body.conversations-page").wait_for()


def titles(page: Page) -> list[str]:
    return page.locator(".conversations h2").all_text_contents()


def test_a_conversation_is_kept_listed_opened_again_and_gone_on_from(visitor: Visitor) -> None:
    page, words = visitor.page, visitor.words
    chip = page.locator('.chip[data-filter="languages"] .chip-open')
    visitor.press(chip)
    visitor.press(page.locator('#choose-languages input[value="en"]'), "Space")
    page.keyboard.press("Escape")
    chosen = words("ask_told", name=words("ask_language"), value=words("ask_language_en"))
    expect(chip).to_have_text(chosen)
    visitor.ask(IMPORTS)
    assert "conversation=" in page.url

    open_list(visitor)
    assert titles(page) == [IMPORTS, CHINESE]
    assert words("records_kept_for", days=90) in page.locator("main").inner_text()
    visitor.finds_it_sound()

    visitor.press(page.get_by_role("link", name=IMPORTS))
    page.locator("#a1 .answer[aria-busy=false]").wait_for()
    expect(page.locator("#ask")).to_have_text(words("ask"))
    assert page.locator("#a1 .sentence").count() == 2
    expect(chip).to_have_text(chosen)
    expect(page.locator("#a1 .narrowed")).to_have_text(chosen)
    with page.expect_download() as receipt:
        visitor.press(page.locator('#a1 .files a[href*=".json"]'))
    assert json.loads(receipt.value.path().read_text("utf-8"))["question"] == IMPORTS
    visitor.press(page.locator("#a1 a.mark").first)
    expect(page.locator("#viewer #quote")).to_be_in_viewport()
    visitor.press(page.locator(".close-viewer"))

    visitor.ask(EXPORTS, 2)
    expect(page.locator("#a2 .restated:not(.narrowed)")).to_be_visible()
    visitor.finds_it_sound()
    open_list(visitor)
    assert titles(page) == [IMPORTS, CHINESE]
    assert words("records_questions", count=2) in page.locator(".conversations li").first.inner_text()


def test_an_example_is_asked_and_gone_on_from(visitor: Visitor) -> None:
    page, example = visitor.page, examples()[0]
    visitor.press(page.get_by_role("button", name=example.question))
    page.locator("#a1 .answer[aria-busy=false]").wait_for()
    assert page.locator("#a1 a.mark").count() == 2

    visitor.press(page.get_by_role("button", name=example.follow_up))
    page.locator("#a2 .answer[aria-busy=false]").wait_for()
    expect(page.locator("#a2 .question")).to_contain_text(example.follow_up)


def test_it_is_searched_renamed_exported_and_deleted(visitor: Visitor, tmp_path: Path) -> None:
    page, words = visitor.page, visitor.words
    visitor.ask(IMPORTS)
    open_list(visitor)
    visitor.write(page.get_by_role("searchbox"), "imports", "Enter")
    expect(page.locator(".conversations li")).to_have_count(1)
    assert titles(page) == [IMPORTS]

    def unfold(action: str) -> Locator:
        visitor.press(page.locator(".conversations summary").filter(has_text=words(action)).first)
        return page.locator(".conversations details[open]")

    title = unfold("records_rename").get_by_role("textbox", name=words("records_title"))
    visitor.write(title, "服务进口", "Enter")
    expect(page.get_by_role("status")).to_have_text(words("records_renamed"))
    assert titles(page) == ["服务进口", CHINESE]

    links = unfold("records_export").get_by_role("link")
    with page.expect_download() as markdown:
        visitor.press(links.first)
    assert markdown.value.suggested_filename == "conversations.md"
    with page.expect_download() as exported:
        visitor.press(links.last)
    exported.value.save_as(tmp_path / "own.json")
    (held,) = json.loads((tmp_path / "own.json").read_text("utf-8"))["conversations"]
    assert (held["title"], held["exchanges"][0]["question"]) == ("服务进口", IMPORTS)

    sure = unfold("records_delete")
    expect(sure).to_contain_text(words("records_delete_sure"))
    visitor.finds_it_sound()
    visitor.press(sure.get_by_role("button"))
    expect(page.get_by_role("status")).to_have_text(words("records_deleted"))
    assert titles(page) == [CHINESE]

    visitor.press(page.locator(".all summary").last)
    visitor.press(page.locator(".all details[open] button"))
    expect(page.get_by_role("status")).to_have_text(words("records_deleted_all"))
    expect(page.locator(".empty")).to_have_text(words("records_empty"))
    visitor.finds_it_sound()


def test_a_thumb_is_given_explained_and_taken_back(visitor: Visitor) -> None:
    page, words = visitor.page, visitor.words
    visitor.ask(IMPORTS)
    up = page.get_by_role("button", name=words("records_up"))
    down = page.get_by_role("button", name=words("records_down"))

    visitor.press(up)
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#a1 .said")).to_have_text(words("records_thanks"))

    visitor.press(down, "Space")
    expect(down).to_have_attribute("aria-expanded", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("radio").first).to_be_focused()
    visitor.finds_it_sound()
    page.keyboard.press("Escape")
    expect(page.locator("#a1 .why")).to_be_hidden()
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-pressed", "true")
    visitor.press(down)  # takes it back
    expect(down).to_have_attribute("aria-pressed", "false")

    visitor.press(down)
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    visitor.write(page.locator("#a1 .why textarea"), "It is 13 %.")
    visitor.press(page.locator("#a1 .why [type=submit]"))
    expect(page.locator("#a1 .why")).to_be_hidden()
    expect(down).to_be_focused()

    visitor.ask(EXPORTS, 2)  # everything is drawn anew
    expect(down.first).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(down.first).to_have_attribute("aria-pressed", "true")
    assert page.locator("#a1 .why input:checked").get_attribute("value") == "no_answer"
    assert page.locator("#a1 .why textarea").input_value() == "It is 13 %."


def test_personal_data_is_pointed_out_masked_and_left_out_on_request(visitor: Visitor) -> None:
    page, words = visitor.page, visitor.words
    visitor.ask(f"Phone {PHONE_NUMBER}: what about exports?")
    line = page.locator("#a1 .personal")
    expect(line).to_contain_text(words("records_personal_masked", kinds=words("records_phone")))
    visitor.finds_it_sound()

    visitor.press(line.get_by_role("button", name=words("records_forget")))

    expect(line).to_have_text(words("records_forgotten"))
    expect(line).to_be_focused()
    expect(page.locator("#a1 .thumb")).to_have_count(0)
    visitor.ask(IMPORTS, 2)
    expect(line).to_have_text(words("records_forgotten"))
    open_list(visitor)
    assert titles(page) == [IMPORTS, CHINESE]


def test_what_no_longer_stands_is_marked(visitor: Visitor) -> None:
    page = visitor.page
    open_list(visitor)
    visitor.press(page.get_by_role("link", name=CHINESE))

    lost = page.locator("#a1 .lost")
    expect(lost.locator("del")).to_have_text(LOST)
    expect(lost).to_contain_text(visitor.words("records_lost_unseen", count=1))
    assert page.locator("#a1 .sentence").count() == 1
    assert LOST not in page.locator("#a1 .copy").get_attribute("data-copy")  # type: ignore[operator]
    visitor.finds_it_sound()


def test_loading_the_page_again_keeps_the_conversation_and_a_new_one_begins_at_its_own_address(
    page: Page, address: str
) -> None:
    ask(page, IMPORTS)
    page.reload()
    page.locator("#a1 .answer[aria-busy=false]").wait_for()

    page.get_by_role("button", name=EN("new_conversation")).click()
    page.locator(".welcome").wait_for()
    expect(page).to_have_url(f"{address}/")
    ask(page, EXPORTS)
    page.locator("a.history").click()
    page.locator("body.conversations-page").wait_for()
    assert titles(page) == [EXPORTS, IMPORTS, CHINESE]
    page.get_by_role("link", name=EN("back")).click()
    page.locator("#a1 .answer[aria-busy=false]").wait_for()
    expect(page.locator("#a1 .question")).to_contain_text(EXPORTS)


def test_a_conversation_is_shown_whichever_mode_the_page_was_in(page: Page, address: str) -> None:
    page.locator("[data-mode=guidance]").click()
    page.goto(f"{address}/conversations")
    page.get_by_role("link", name=CHINESE).click()
    expect(page.locator("#a1 .question")).to_be_visible()
    page.locator("[data-mode=guidance]").click()
    page.reload()
    expect(page.locator("#description")).to_be_visible()
    expect(page.locator("#a1 .question")).to_be_hidden()


def test_a_conversation_that_is_not_ones_own_is_said_to_be_gone(page: Page, address: str) -> None:
    page.goto(f"{address}/?conversation={'0' * 32}")
    expect(page.get_by_role("alert")).to_have_text(EN("records_gone"))
    ask(page, IMPORTS)


def test_where_nothing_is_kept_there_is_no_history(browser: BrowserContext, asking_page: str) -> None:
    with looking_at(browser, asking_page) as page:
        ask(page, IMPORTS)
        assert page.locator("a.history").count() == page.locator(".thumb").count() == 0
        page.goto(f"{asking_page}/conversations?lang=zh")
        expect(page.get_by_text(ZH("records_nothing_kept"))).to_be_visible()
