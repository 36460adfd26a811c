"""The evals page in a real browser, in four views: the report, a failing case, an answer that was no help."""

import json

import pytest
from playwright.sync_api import BrowserContext, expect

from assistant.web.words import Words
from tests.web.desk_server import DISLIKED, WHY
from tests.web.visitor import View, Visitor, in_four_views
from tests.web.windows import opened

pytestmark = pytest.mark.browser

NAMES = ("cases.jsonl", "UTC", "谁？")


@in_four_views
def test_a_maintainer_looks_at_the_report_and_makes_a_case(
    browser: BrowserContext, desk_page: str, view: View
) -> None:
    words = Words(view.language)
    with opened(browser, f"{desk_page}/library?lang={view.language}", view.width) as page:
        visitor = Visitor(page, view)
        visitor.press(page.locator("nav.bar").get_by_role("link", name=words("bar_evals"), exact=True))
        page.wait_for_url("**/evals?**")
        expect(page.locator("h1")).to_have_text(words("evals_title"))
        assert page.locator(".plots img").count() >= 2
        assert page.locator(".plots img").first.evaluate(
            "drawing => drawing.complete && drawing.naturalWidth"
        )
        assert page.get_by_role("region", name=words("evals_trend")).locator("tbody tr").count() == 1
        visitor.finds_it_sound(*NAMES)

        for folded in page.locator("main details summary").all():
            visitor.press(folded)
        assert page.locator("article.case").first.is_visible()
        visitor.finds_it_sound(*NAMES)
        visitor.reach(page.get_by_role("region", name=words("evals_trend")))  # a wide table is moved by keys

        disliked = page.locator("ul.shelf li", has_text=DISLIKED)
        expect(disliked).to_contain_text(f"{words('records_no_answer')}")
        expect(disliked).to_contain_text(WHY)
        with page.expect_download() as download:
            visitor.press(disliked.get_by_role("link", name=words("evals_as_answered")))
        made = json.loads(download.value.path().read_text("utf-8"))
        assert made["question"] == DISLIKED

        visitor.press(page.locator("a.bar-switch"))
        expect(page.locator("h1")).to_have_text(Words(words.other_language)("evals_title"))
