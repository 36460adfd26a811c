"""Accessibility in the dark: nothing serious on any page. The walks look at all of them in the light."""

import pytest
from playwright.sync_api import BrowserContext

from tests.web.page_actions import CHINESE, UNANSWERABLE, ask, marks
from tests.web.scripted_assistant import seed_sections
from tests.web.visitor import grave_problems
from tests.web.windows import looking_at, opened

pytestmark = pytest.mark.browser


def test_no_state_of_the_chat_page_has_a_grave_problem(browser: BrowserContext, scripted_page: str) -> None:
    with looking_at(browser, scripted_page, scheme="dark") as page:
        assert grave_problems(page) == []
        ask(page, UNANSWERABLE, 1)
        ask(page, CHINESE, 2)
        marks(page, 2).nth(1).click()
        page.locator("#viewer #quote").wait_for()
        page.get_by_label("Your question").fill("crash")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        assert grave_problems(page) == []


def test_no_other_page_has_a_grave_problem(
    browser: BrowserContext, scripted_page: str, desk_page: str
) -> None:
    document = f"/documents/{seed_sections()[0].document.id}?start=0&end=40&lang=zh"
    pages = [scripted_page + path for path in ("/conversations", "/documents", document)]
    pages += [desk_page + path for path in ("/library", "/library/desk", "/library/desk/findings", "/evals")]
    with opened(browser, pages[0], scheme="dark") as page:
        found = {}
        for address in pages:
            page.goto(address)
            found[address] = grave_problems(page)
    assert not any(found.values()), found
