"""The library in a real browser, in four views: table, document, search inside, versions."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.web.words import Words
from tests.web.visitor import View, Visitor, in_four_views
from tests.web.windows import opened

pytestmark = pytest.mark.browser

NAMES = ("act-2024.md", "general")


def act(page: Page, version: int) -> str:
    """The address of a version of the act, as the table links to it."""
    links = page.locator("table.library tbody th a", has_text="Service Trade Act")
    return str(links.nth(version).get_attribute("href"))


@in_four_views
def test_from_the_table_to_a_place_in_a_document_and_what_changed_there(
    browser: BrowserContext, desk_page: str, view: View
) -> None:
    words = Words(view.language)
    with opened(browser, f"{desk_page}/library?lang={view.language}", view.width) as page:
        visitor = Visitor(page, view)
        expect(page.locator("nav.bar [aria-current=page]")).to_have_text(words("bar_library"))
        visitor.finds_it_sound(*NAMES)
        visitor.press(page.locator("th.date a"))
        page.wait_for_url("**sort=date**")
        visitor.press(page.locator("th.date a"))
        page.wait_for_url("**sort=-date**")
        expect(page.locator("th.date")).to_have_attribute("aria-sort", "descending")
        years = [
            int(year) for year in re.findall(r"20\d\d", " ".join(page.locator("td.date").all_inner_texts()))
        ]
        assert years == sorted(years, reverse=True)

        visitor.write(page.locator("input[name=words]"), "act", "Enter")
        page.wait_for_url("**words=act**")
        assert page.locator("table.library tbody tr").count() == 2
        visitor.press(page.locator("table.library tbody a").first)
        page.wait_for_url("**/documents/**")
        assert page.locator("svg.timeline rect").count() == 2
        assert page.locator("ol.versions li").count() == 2
        visitor.finds_it_sound(*NAMES)
        visitor.press(page.locator("aside details summary").first)
        visitor.press(page.locator(".clauses a", has_text="Article 3"))
        assert page.locator("section:target").inner_text().startswith("Article 3")

        visitor.write(page.locator("aside input[name=words]"), "registration fee", "Enter")
        expect(page.locator(".hits mark")).to_have_text("registration fee")
        visitor.finds_it_sound(*NAMES)
        visitor.press(page.locator(".hits a"))
        expect(page.locator("#quote")).to_have_text("registration fee")

        visitor.press(page.locator("ol.versions").get_by_role("link", name=words("timeline_compare")))
        page.wait_for_url("**/diff**")
        changed = page.locator("section.changed", has_text="registration fee")
        assert (changed.locator("del").inner_text(), changed.locator("ins").inner_text()) == ("20", "30")
        assert page.locator("section.added", has_text="Visas are free").count() == 1
        assert "#" not in page.locator("main").inner_text()
        visitor.finds_it_sound(*NAMES)


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


def test_the_chat_page_leads_to_the_other_pages(browser: BrowserContext, desk_page: str) -> None:
    with opened(browser, desk_page) as page:
        page.locator("#modes a.place", has_text="Library").click()
        page.wait_for_url("**/library?lang=en")
        page.get_by_role("link", name="Check guidance").click()
        page.locator("html.guiding").wait_for()
