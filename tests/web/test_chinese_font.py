"""Chinese is readable on a machine without any Chinese face, and others do not load one for it."""

import pytest
from playwright.sync_api import BrowserContext

from tests.web.conftest import looking_at

# The faces that a text needs are loaded; what is returned are the statuses of those that were found for it.
LOADED = (
    "text => document.fonts.load('16px \"Fallback Chinese\"', text).then(all => all.map(face => face.status))"
)


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "/documents?lang=zh"])
def test_the_page_and_its_documents_bring_a_chinese_face_along(
    browser: BrowserContext, scripted_page: str, path: str
) -> None:
    with looking_at(browser, scripted_page) as page:
        page.goto(scripted_page + path)

        assert page.evaluate(LOADED, "服务贸易") == ["loaded"]


@pytest.mark.browser
def test_no_face_is_loaded_for_other_words(browser: BrowserContext, scripted_page: str) -> None:
    with looking_at(browser, scripted_page) as page:
        assert page.evaluate(LOADED, "Trade in services, §5 (“a”)") == []
