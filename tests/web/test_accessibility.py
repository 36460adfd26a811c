"""Accessibility, checked by axe in a real browser: nothing serious in any state of the page."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Page

from tests.web.conftest import Scheme, looking_at
from tests.web.scripted_assistant import seed_sections
from tests.web.test_page_in_browser import CHINESE, IMPORTS, UNANSWERABLE, ask, marks

pytestmark = pytest.mark.browser


def grave_problems(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the first place where it is."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_the_page_has_a_grave_problem(
    browser: BrowserContext, scripted_page: str, scheme: Scheme
) -> None:
    with looking_at(browser, scripted_page, scheme=scheme) as page:
        assert grave_problems(page) == []
        ask(page, UNANSWERABLE, 1)
        ask(page, CHINESE, 2)
        marks(page, 2).nth(1).click()
        page.locator("#viewer #quote").wait_for()
        page.get_by_label("Your question").fill("crash")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        assert grave_problems(page) == []


def test_the_phone_page_has_no_grave_problem(phone: Page) -> None:
    ask(phone, IMPORTS)
    assert grave_problems(phone) == []
    marks(phone).first.click()
    phone.locator("#viewer #quote").wait_for()
    assert grave_problems(phone) == []


def test_the_document_page_has_no_grave_problem(page: Page, scripted_page: str) -> None:
    for path in (f"/documents/{seed_sections()[0].document.id}?start=0&end=40&lang=zh", "/documents"):
        page.goto(scripted_page + path)
        assert grave_problems(page) == []
