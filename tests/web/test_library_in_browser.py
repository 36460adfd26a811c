"""The library in a real browser, in both languages and at two widths: table, document, versions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.web.conftest import served
from tests.web.library_window import SIZES, check_sound, tab_to, window

pytestmark = pytest.mark.browser

WORDS = {
    "en": {"library": "Library", "show": "Show", "search": "Search", "changed": "what changed"},
    "zh": {"library": "文件库", "show": "显示", "search": "检索", "changed": "修改内容"},
}


@pytest.fixture(scope="module")
def desk_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over a small library that only this module looks at."""
    folder = tmp_path_factory.mktemp("library")
    with served(folder / "errors.txt", "-m", "tests.web.desk_server", str(folder / "home")) as address:
        yield address


@pytest.fixture(params=SIZES, ids=["wide", "narrow"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    size: tuple[int, int] = request.param
    return size


def act(page: Page, version: int) -> str:
    """The address of a version of the act, as the table links to it."""
    links = page.locator("table.library tbody th a", has_text="Service Trade Act")
    return str(links.nth(version).get_attribute("href"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_is_sorted_and_filtered(
    browser: BrowserContext, desk_page: str, language: str, size: tuple[int, int]
) -> None:
    with window(browser, f"{desk_page}/library?lang={language}", *size) as page:
        check_sound(page)
        assert page.locator("table.library tbody tr").count() == 3
        assert page.locator("nav.bar [aria-current=page]").inner_text() == WORDS[language]["library"]
        page.locator("th.date a").click()
        page.locator("th.date a").click()
        assert page.locator("th.date").get_attribute("aria-sort") == "descending"
        dates = page.locator("td.date").all_inner_texts()
        assert [re.search(r"20\d\d", text).group() for text in dates] == ["2024", "2021", "2020"]  # type: ignore[union-attr]
        page.locator("input[name=words]").fill("便利化")
        page.get_by_role("button", name=WORDS[language]["show"]).click()
        assert page.locator("table.library tbody tr").count() == 1
        check_sound(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_document_shows_its_versions_its_clauses_and_what_is_searched_in_it(
    browser: BrowserContext, desk_page: str, language: str, size: tuple[int, int]
) -> None:
    with window(browser, f"{desk_page}/library?lang={language}&sort=date", *size) as page:
        page.goto(desk_page + act(page, 1))
        check_sound(page)
        assert page.locator("svg.timeline rect").count() == 2
        assert page.locator("ol.versions li").count() == 2
        page.locator("aside details summary").first.click()
        page.locator(".clauses a", has_text="Article 3").click()
        assert page.locator("section:target").inner_text().startswith("Article 3")
        page.locator("aside input[name=words]").fill("registration fee")
        page.get_by_role("button", name=WORDS[language]["search"]).click()
        assert page.locator(".hits mark").all_inner_texts() == ["registration fee"]
        check_sound(page)
        page.locator(".hits a").click()
        assert page.locator("#quote").inner_text() == "registration fee"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_versions_are_compared_clause_by_clause(
    browser: BrowserContext, desk_page: str, language: str, size: tuple[int, int]
) -> None:
    with window(browser, f"{desk_page}/library?lang={language}&sort=date", *size) as page:
        page.goto(desk_page + act(page, 1))
        page.get_by_role("link", name=WORDS[language]["changed"]).click()
        check_sound(page)
        changed = page.locator("section.changed", has_text="registration fee")
        assert (changed.locator("del").inner_text(), changed.locator("ins").inner_text()) == ("20", "30")
        assert page.locator("section.added", has_text="Visas are free").count() == 1


def test_the_keyboard_alone_leads_from_the_table_to_a_place_in_a_document(
    browser: BrowserContext, desk_page: str, size: tuple[int, int]
) -> None:
    with window(browser, f"{desk_page}/library", *size) as page:
        tab_to(page, "words")
        page.keyboard.type("act")
        page.keyboard.press("Enter")
        page.wait_for_url("**words=act**")
        tab_to(page, "Service Trade Act")
        page.keyboard.press("Enter")
        page.wait_for_url("**/documents/**")
        tab_to(page, "words")
        page.keyboard.type("fee")
        page.keyboard.press("Enter")
        page.wait_for_url("**words=fee**")
        tab_to(page, "Article 2")
        page.keyboard.press("Enter")
        page.wait_for_url("**#quote")


def test_everything_is_there_without_a_script(browser: BrowserContext, desk_page: str) -> None:
    context = browser.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    try:
        page = context.new_page()
        page.goto(f"{desk_page}/library?words=act&sort=-date")
        assert page.locator("table.library tbody tr").count() == 2
        page.goto(desk_page + act(page, 0))
        page.locator("aside input[name=words]").fill("visas")
        page.locator("form.inside button").click()
        assert page.locator(".hits li").count() == 2
    finally:
        context.close()


def test_the_chat_page_leads_to_the_other_pages(
    browser: BrowserContext, desk_page: str, tmp_path: Path
) -> None:
    with window(browser, desk_page) as page:
        page.locator("#modes a.place", has_text="Library").click()
        page.wait_for_url("**/library?lang=en")
        page.get_by_role("link", name="Check guidance").click()
        page.locator("html.guiding").wait_for()
