"""Chinese is readable on a machine without any Chinese face, and others do not load one for it."""

import pytest
from playwright.sync_api import BrowserContext

from tests.web.windows import looking_at

# The faces that a text needs are loaded; what is returned are the statuses of those that were found for it.
LOADED = (
    "text => document.fonts.load('16px \"Chinese Sans\"', text).then(all => all.map(face => face.status))"
)


@pytest.mark.browser
def test_the_page_and_its_documents_bring_a_chinese_face_along(
    browser: BrowserContext, scripted_page: str
) -> None:
    with looking_at(browser, scripted_page) as page:
        assert page.evaluate(LOADED, "服务贸易") == ["loaded"]

        page.goto(f"{scripted_page}/documents?lang=zh")
        assert page.evaluate(LOADED, "服务贸易") == ["loaded"]


@pytest.mark.browser
def test_no_face_is_loaded_for_other_words(browser: BrowserContext, scripted_page: str) -> None:
    with looking_at(browser, scripted_page) as page:
        assert page.evaluate(LOADED, "Trade in services, §5 (“a”)") == []


@pytest.mark.browser
def test_chinese_words_are_no_boxes(browser: BrowserContext, scripted_page: str) -> None:
    with looking_at(browser, scripted_page) as page:
        page.evaluate(LOADED, "中文")
        button = page.get_by_role("button", name="中文")

        words, size = button.evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e);"
            " return [r.getBoundingClientRect().width, parseFloat(getComputedStyle(e).fontSize)] }"
        )

        assert words >= 2 * 0.95 * size
