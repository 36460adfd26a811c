"""The chat page in a real browser: what a person does and sees, from the question to the answer."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.page_actions import (
    EN,
    EXPORTS,
    IMPORTS,
    UNANSWERABLE,
    ZH,
    ask,
    closes,
    marks,
    quote_in_view,
)
from tests.web.scripted_assistant import ANSWERS, SLOWLY, seed_sections
from tests.web.visitor import widest
from tests.web.windows import chromium, looking_at

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("ci", "end"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_a_browser_these_tests_fail_on_ci_and_are_skipped_elsewhere(
    monkeypatch: pytest.MonkeyPatch, ci: str, end: type[BaseException]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)
    monkeypatch.delenv("POLICY_ASSISTANT_CHROMIUM", raising=False)

    with pytest.raises(end, match="install the package chromium"):
        chromium()


def test_sources_come_first_then_sentence_after_sentence(page: Page) -> None:
    page.evaluate(
        """() => {
          window.seen = [];
          const look = () => {
            const found = document.querySelector('#sources .provisional') !== null;
            const now = `${found} ${document.querySelectorAll('#a1 .sentence').length}`;
            if (document.querySelector('#a1') && window.seen.at(-1) !== now) window.seen.push(now);
          };
          new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
        }"""
    )

    ask(page, IMPORTS + SLOWLY)

    assert page.evaluate("window.seen") == ["false 0", "true 0", "false 1", "false 2"]


def test_the_interface_speaks_chinese_and_the_conversation_stays(page: Page) -> None:
    ask(page, IMPORTS)

    page.get_by_role("button", name="中文").click()

    expect(page.get_by_role("button", name=ZH("new_conversation"))).to_be_visible()
    expect(page.get_by_role("button", name=ZH("ask"), exact=True)).to_be_visible()
    expect(page.get_by_placeholder(ZH("placeholder"))).to_be_visible()
    expect(page.locator("#sources h2")).to_have_text(ZH("sources"))
    expect(page.locator("#a1-s1 .card-facts")).to_contain_text("文中未载年份")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title() == ZH("product")
    marks(page).first.click()
    assert quote_in_view(page) == ANSWERS[IMPORTS][0]
    expect(page.get_by_role("button", name=ZH("close"), exact=True)).to_be_visible()

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name=EN("new_conversation"))).to_be_visible()


def test_what_the_documents_do_not_say_is_declined_with_passages_to_look_at(page: Page) -> None:
    answer = ask(page, UNANSWERABLE)

    expect(answer.locator(".outcome")).to_contain_text("do not answer this question")
    expect(answer.get_by_role("heading", name=EN("may_look"))).to_be_visible()
    assert answer.locator(".offer").count() == 3
    assert marks(page).count() == 0

    answer.locator(".offer a").first.click()
    assert quote_in_view(page) == seed_sections()[0].text.splitlines()[0]


def test_a_new_conversation_begins_with_an_empty_page(page: Page) -> None:
    ask(page, IMPORTS)
    marks(page).first.click()
    quote_in_view(page)

    page.get_by_role("button", name=EN("new_conversation")).click()

    page.locator(".welcome").wait_for()
    closes(page)
    assert page.locator(".exchange").count() == 0
    ask(page, EXPORTS)
    assert page.locator(".restated").count() == 0


def test_a_new_conversation_stops_the_answer_that_is_arriving(page: Page) -> None:
    page.get_by_label(EN("question")).fill(IMPORTS + SLOWLY)
    page.keyboard.press("Enter")
    page.locator("#a1 .answer[aria-busy=true]").wait_for()

    page.get_by_role("button", name=EN("new_conversation")).click()

    page.locator(".welcome").wait_for()
    page.wait_for_timeout(1_000)  # longer than the rest of the answer would have taken
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, EXPORTS)
    assert marks(page).count() == 2


def test_a_refused_question_stays_in_the_box_with_one_sentence(page: Page) -> None:
    too_long = "x" * 10_000
    page.get_by_label(EN("question")).fill(too_long)

    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_have_text("The question has 10,000 characters; 2,000 are allowed.")
    expect(page.get_by_label(EN("question"))).to_have_value(too_long)
    assert page.locator(".exchange").count() == 0
    ask(page, IMPORTS)
    assert page.get_by_role("alert").count() == 0


def test_a_question_typed_while_an_answer_arrives_waits_in_the_box(page: Page) -> None:
    box = page.get_by_label(EN("question"))
    box.fill(IMPORTS + SLOWLY)
    page.keyboard.press("Enter")
    page.locator("#a1 .answer[aria-busy=true]").wait_for()

    box.fill(EXPORTS)
    page.keyboard.press("Enter")

    page.locator("#a1 .answer[aria-busy=false]").wait_for()
    expect(box).to_have_value(EXPORTS)
    assert page.locator(".exchange").count() == 1
    page.get_by_role("button", name=EN("ask"), exact=True).click()
    expect(page.locator("#a2 .restated")).to_be_visible()


def test_a_fault_is_one_sentence_without_its_details(page: Page) -> None:
    page.get_by_label(EN("question")).fill("crash")

    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_have_text(EN("failed"))
    assert "secret detail" not in page.content()


def test_an_answer_is_copied_with_its_sources(page: Page) -> None:
    ask(page, IMPORTS)

    page.get_by_role("button", name=EN("copy")).click()

    expect(page.get_by_role("button", name=EN("copied"))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"{ANSWERS[IMPORTS][0]} [1]" in copied
    assert f"[2] “{seed_sections()[0].document.title}” (State Council" in copied


def test_two_windows_do_not_see_each_other(page: Page, browser: BrowserContext, scripted_page: str) -> None:
    ask(page, IMPORTS)

    with looking_at(browser, scripted_page) as other:
        ask(other, EXPORTS)
        assert other.locator(".exchange").count() == 1
        assert other.locator(".restated").count() == 0
    assert IMPORTS in (page.locator("#a1 .question").text_content() or "")


def test_a_phone_shows_everything_in_one_column(phone: Page) -> None:
    assert widest(phone) == 390
    assert phone.evaluate("window.scrollY") == 0
    ask(phone, IMPORTS)
    assert widest(phone) == 390

    phone.get_by_role("button", name=EN("sources_count", count=2)).click()
    expect(phone.locator("#a1-s1")).to_be_in_viewport()
    phone.keyboard.press("Escape")
    expect(phone.locator("#a1-s1")).to_be_hidden()

    marks(phone).first.click()
    assert quote_in_view(phone) == ANSWERS[IMPORTS][0]
    box = phone.locator("#viewer").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert widest(phone) == 390
    phone.get_by_role("button", name=EN("close"), exact=True).click()
    closes(phone)
    expect(marks(phone).first).to_be_focused()
