"""The history in a real browser: kept, opened again, gone on from, renamed, exported, deleted by keyboard."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.records.records import Records
from assistant.web.words import Words
from knowledge.policy import Language
from tests.assistant.records.made_records import CHINESE, EXPORTS, IMPORTS, Clock
from tests.web.conftest import looking_at, served
from tests.web.recorded_page import LOST, begin
from tests.web.test_accessibility import grave_problems
from tests.web.test_page_in_browser import ask, widest

pytestmark = pytest.mark.browser

EN, ZH = Words("en"), Words("zh")
SIZES = [(1280, 900), (390, 844)]
BOTH: list[Language] = ["en", "zh"]
PHONE_NUMBER = "13800138000"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Where the recorded page is, and the folder of its records."""
    folder = tmp_path_factory.mktemp("recorded")
    with served(folder / "errors.txt", "-m", "tests.web.recorded_page", str(folder), "0") as found:
        yield found, folder


@pytest.fixture
def address(recorded: tuple[str, Path]) -> str:
    """The page, its records as they were in the beginning."""
    found, folder = recorded
    with closing(Records(folder / "records.sqlite", 90, Clock())) as records:
        for person, _count in records.persons():
            records.delete_all(person)
        begin(records)
    return found


@pytest.fixture(params=SIZES, ids=["1280", "390"])
def window(request: pytest.FixtureRequest, browser: BrowserContext, address: str) -> Iterator[Page]:
    with looking_at(browser, address, *request.param) as page:
        yield page


def speak(page: Page, words: Words) -> None:
    """Turn the page to that language, if it is not in it."""
    if page.locator("html").get_attribute("lang") != ("zh-CN" if words.language == "zh" else "en"):
        page.locator("#switch-language").click()
        expect(page.get_by_label(words("question"))).to_be_visible()


def open_list(page: Page) -> None:
    page.locator("a.history").click()
    page.locator("body.conversations-page").wait_for()


def titles(page: Page) -> list[str]:
    return page.locator(".conversations h2").all_text_contents()


@pytest.mark.parametrize("language", BOTH)
def test_a_conversation_is_kept_listed_opened_again_and_gone_on_from(
    window: Page, language: Language
) -> None:
    words = Words(language)
    speak(window, words)
    ask(window, IMPORTS)
    assert "conversation=" in window.url

    open_list(window)
    assert titles(window) == [IMPORTS, CHINESE]
    assert words("records_kept_for", days=90) in window.locator("main").inner_text()
    assert grave_problems(window) == []
    assert widest(window) <= window.viewport_size["width"]  # type: ignore[index]

    window.get_by_role("link", name=IMPORTS).click()
    window.locator("#a1 .answer[aria-busy=false]").wait_for()
    expect(window.get_by_label(words("question"))).to_be_visible()
    assert window.locator("#a1 .sentence").count() == 2
    window.locator("#a1 a.mark").first.click()
    expect(window.locator("#viewer #quote")).to_be_in_viewport()
    window.locator(".close-viewer").click()

    ask(window, EXPORTS, 2)
    expect(window.locator("#a2 .restated")).to_be_visible()
    assert grave_problems(window) == []
    open_list(window)
    assert titles(window) == [IMPORTS, CHINESE]
    assert words("records_questions", count=2) in window.locator(".conversations li").first.inner_text()


def test_loading_the_page_again_keeps_the_conversation_and_a_new_one_begins_at_its_own_address(
    window: Page, address: str
) -> None:
    ask(window, IMPORTS)
    window.reload()
    window.locator("#a1 .answer[aria-busy=false]").wait_for()

    window.get_by_role("button", name=EN("new_conversation")).click()
    window.locator(".welcome").wait_for()
    expect(window).to_have_url(f"{address}/")
    ask(window, EXPORTS)
    open_list(window)
    assert titles(window) == [EXPORTS, IMPORTS, CHINESE]
    window.get_by_role("link", name=EN("back")).click()
    window.locator("#a1 .answer[aria-busy=false]").wait_for()
    expect(window.locator("#a1 .question")).to_contain_text(EXPORTS)


def test_what_no_longer_stands_is_marked(window: Page) -> None:
    open_list(window)
    window.get_by_role("link", name=CHINESE).click()

    lost = window.locator("#a1 .lost")
    expect(lost.locator("del")).to_have_text(LOST)
    expect(lost).to_contain_text("no longer at hand: 1")
    assert window.locator("#a1 .sentence").count() == 1
    assert LOST not in window.locator("#a1 .copy").get_attribute("data-copy")  # type: ignore[operator]
    assert grave_problems(window) == []


def test_a_conversation_is_shown_whichever_mode_the_page_was_in(
    browser: BrowserContext, address: str
) -> None:
    with looking_at(browser, address) as page:
        page.locator("[data-mode=guidance]").click()
        page.goto(f"{address}/conversations")
        page.get_by_role("link", name=CHINESE).click()
        expect(page.locator("#a1 .question")).to_be_visible()
        page.locator("[data-mode=guidance]").click()
        page.reload()
        expect(page.locator("#description")).to_be_visible()
        expect(page.locator("#a1 .question")).to_be_hidden()


def test_a_conversation_that_is_not_ones_own_is_said_to_be_gone(
    browser: BrowserContext, address: str
) -> None:
    with looking_at(browser, address) as page:
        page.goto(f"{address}/?conversation={'0' * 32}")
        expect(page.get_by_role("alert")).to_have_text(EN("records_gone"))
        ask(page, IMPORTS)


@pytest.mark.parametrize("language", BOTH)
def test_it_is_searched_renamed_exported_and_deleted_by_keyboard_alone(
    window: Page, tmp_path: Path, language: Language
) -> None:
    words = Words(language)
    speak(window, words)
    ask(window, IMPORTS)
    window.locator("a.history").focus()
    window.keyboard.press("Enter")
    window.get_by_role("searchbox").focus()
    window.keyboard.type("imports")
    window.keyboard.press("Enter")
    expect(window.locator(".conversations li")).to_have_count(1)
    assert titles(window) == [IMPORTS]

    def act(action: str) -> None:
        window.locator(".conversations summary").filter(has_text=words(action)).focus()
        window.keyboard.press("Enter")
        window.keyboard.press("Tab")

    act("records_rename")
    expect(window.get_by_role("textbox", name=words("records_title"))).to_be_focused()
    window.keyboard.press("Control+A")
    window.keyboard.type("服务进口")
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_have_text(words("records_renamed"))
    assert titles(window) == ["服务进口", CHINESE]

    window.locator(".conversations summary").filter(has_text=words("records_export")).first.focus()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    with window.expect_download() as markdown:
        window.keyboard.press("Enter")
    assert markdown.value.suggested_filename == "conversations.md"
    window.keyboard.press("Tab")
    with window.expect_download() as exported:
        window.keyboard.press("Enter")
    exported.value.save_as(tmp_path / "own.json")
    (held,) = json.loads((tmp_path / "own.json").read_text("utf-8"))["conversations"]
    assert (held["title"], held["exchanges"][0]["question"]) == ("服务进口", IMPORTS)

    window.locator(".conversations summary").filter(has_text=words("records_delete")).first.focus()
    window.keyboard.press("Enter")
    expect(window.get_by_text(words("records_delete_sure")).first).to_be_visible()
    assert grave_problems(window) == []
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_have_text(words("records_deleted"))
    assert titles(window) == [CHINESE]

    window.locator(".all summary").last.focus()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_have_text(words("records_deleted_all"))
    expect(window.locator(".empty")).to_have_text(words("records_empty"))


@pytest.mark.parametrize("language", BOTH)
def test_a_thumb_is_given_explained_and_taken_back_by_keyboard(window: Page, language: Language) -> None:
    words = Words(language)
    speak(window, words)
    ask(window, IMPORTS)
    up = window.get_by_role("button", name=words("records_up"))
    down = window.get_by_role("button", name=words("records_down"))
    told = window.locator("#a1 .said")

    up.focus()
    window.keyboard.press("Enter")
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(told).to_have_text(words("records_thanks"))

    down.focus()
    window.keyboard.press("Space")
    expect(down).to_have_attribute("aria-expanded", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(window.get_by_role("radio").first).to_be_focused()
    assert grave_problems(window) == []
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Tab")
    window.keyboard.type("It is 13 %.")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    expect(window.locator("#a1 .why")).to_be_hidden()
    expect(down).to_be_focused()

    ask(window, EXPORTS, 2)  # everything is drawn anew
    expect(down.first).to_have_attribute("aria-pressed", "true")
    window.reload()
    expect(down.first).to_have_attribute("aria-pressed", "true")
    assert window.locator("#a1 .why input:checked").get_attribute("value") == "no_answer"
    assert window.locator("#a1 .why textarea").input_value() == "It is 13 %."
    down.first.focus()
    window.keyboard.press("Enter")
    expect(down.first).to_have_attribute("aria-pressed", "false")


def test_escape_leaves_the_explanation_and_the_thumb_stays(window: Page) -> None:
    ask(window, IMPORTS)
    down = window.get_by_role("button", name=EN("records_down"))
    down.click()
    window.locator("#a1 .why textarea").fill("x")
    window.keyboard.press("Escape")

    expect(window.locator("#a1 .why")).to_be_hidden()
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("language", BOTH)
def test_personal_data_is_pointed_out_masked_and_left_out_on_request(
    window: Page, language: Language
) -> None:
    words = Words(language)
    speak(window, words)
    ask(window, f"Phone {PHONE_NUMBER}: what about exports?")
    line = window.locator("#a1 .personal")
    expect(line).to_contain_text(words("records_personal_masked", kinds=words("records_phone")))
    assert grave_problems(window) == []

    line.get_by_role("button", name=words("records_forget")).focus()
    window.keyboard.press("Enter")

    expect(line).to_have_text(words("records_forgotten"))
    expect(line).to_be_focused()
    expect(window.locator("#a1 .thumb")).to_have_count(0)
    ask(window, IMPORTS, 2)
    expect(line).to_have_text(words("records_forgotten"))
    open_list(window)
    assert titles(window) == [IMPORTS, CHINESE]


def test_where_nothing_is_kept_there_is_no_history(browser: BrowserContext, tmp_path: Path) -> None:
    program = ("-m", "tests.web.recorded_page", str(tmp_path), "0", "0")
    with served(tmp_path / "errors.txt", *program) as address, looking_at(browser, address) as page:
        ask(page, IMPORTS)
        assert page.locator("a.history").count() == page.locator(".thumb").count() == 0
        page.goto(f"{address}/conversations?lang=zh")
        expect(page.get_by_text(ZH("records_nothing_kept"))).to_be_visible()
