"""Texts that try to run, in every place of the page that shows text, in a real browser: they stay text.

The texts are those of `hostile_payloads`; the places are answer, quote, title and issuer on cards, the
question (and the same restated), the filters to choose from, what is copied and saved, and the document.
"""

import io
from collections.abc import Iterator
from html.parser import HTMLParser

import docx
import pytest
from playwright.sync_api import BrowserContext, Page

from tests.web.asking_assistant import FOLLOW_UP, HOSTILE, hostile_documents
from tests.web.hostile_payloads import payloads
from tests.web.windows import looking_at

pytestmark = pytest.mark.browser

# What would have come to life: handlers, links that run or carry data, elements that the page never makes.
ALIVE = """() => {
  const found = [];
  for (const part of ['#transcript', '#sources', '#filters', '#notice', '#viewer', '#quote-peek']) {
    for (const element of document.querySelectorAll(`${part} *`)) {
      const tag = element.tagName.toLowerCase();
      if (['script', 'iframe', 'object', 'embed', 'img', 'video', 'audio', 'form', 'base', 'meta', 'link',
           'style', 'math', 'template', 'marquee'].includes(tag)) found.push(tag);
      for (const {name, value} of element.attributes) {
        if (name.startsWith('on')) found.push(`${tag} ${name}`);
        const leads = /^(xlink:)?href$|^src(set)?$|^(form)?action$|^poster$/.test(name);
        const own = /^(\\/|#|http:\\/\\/127\\.0\\.0\\.1)/.test(value);
        if (leads && !own) found.push(`${tag} ${name}=${value}`);
      }
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser: BrowserContext, asking_page: str) -> Iterator[Page]:
    """A conversation in which everything hostile has been said; in the end no other machine was asked."""
    with looking_at(browser, asking_page) as window:
        window.evaluate("window.scriptsAtFirst = document.scripts.length")
        for number, question in enumerate((" ".join(payloads()), FOLLOW_UP, HOSTILE), start=1):
            window.locator("#question textarea").fill(question)
            window.keyboard.press("Enter")
            window.locator(f"#a{number} .answer[aria-busy=false]").wait_for(timeout=30_000)
        yield window


def is_dead(page: Page) -> None:
    page.wait_for_timeout(300)  # for what runs on an error or an animation
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(ALIVE) == []
    assert page.evaluate("document.scripts.length") == page.evaluate("window.scriptsAtFirst")


def test_nothing_in_the_conversation_comes_to_life(page: Page) -> None:
    is_dead(page)

    shown = [text.rpartition(" [")[0].strip() for text in page.locator("#a3 .sentence").all_text_contents()]
    assert shown == [one.strip() for one in payloads()]
    quotes = page.locator("#a3-sources blockquote mark").all_text_contents()
    assert quotes == payloads()
    assert " ".join(payloads()) in (page.locator("#a1 .question").text_content() or "")
    assert (
        page.locator("#a2 .edit-question").get_attribute("data-question")
        == f"{' '.join(payloads())} {FOLLOW_UP}"
    )


def test_titles_issuers_and_filters_are_text(page: Page) -> None:
    facts = hostile_documents()[0][0].document.facts

    assert page.locator("#a3-s1 .card-title").text_content() == facts.title
    assert (page.locator("#a3-s1 .card-facts").text_content() or "").startswith(facts.issuer or "none")
    page.locator('.chip[data-filter="issuers"] .chip-open').click()
    named = page.locator("#choose-issuers .choice-name").all_text_contents()
    assert facts.issuer in named
    page.locator("#choose-issuers input[type=checkbox]").last.check()
    page.keyboard.press("Escape")
    is_dead(page)
    page.locator('.chip[data-filter="issuers"] .chip-clear').click()


def test_an_opened_document_and_its_quote_are_text(page: Page) -> None:
    for number in (0, 100, 433):
        page.locator("#a3 a.mark").nth(number).hover()
        page.locator("#a3 a.mark").nth(number).click()
        page.locator("#viewer #quote").wait_for()
        assert page.locator("#viewer #quote").text_content() == payloads()[number]
    is_dead(page)
    page.locator(".close-viewer").click()


def test_what_is_copied_and_saved_is_text(page: Page) -> None:
    page.locator("#a3 .closing .copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert all(one.strip() in copied for one in payloads())
    is_dead(page)

    saved = {
        form: page.request.get(page.url.rstrip("/") + (link.get_attribute("href") or ""))
        for form, link in ((one, page.locator(f'#a3 .files a[href*=".{one}"]')) for one in ("docx", "md"))
    }
    assert all(answer.headers["content-disposition"].startswith("attachment") for answer in saved.values())
    assert all(answer.headers["x-content-type-options"] == "nosniff" for answer in saved.values())
    written = docx.Document(io.BytesIO(saved["docx"].body()))
    assert {one.strip() for one in payloads()} <= {paragraph.text.strip() for paragraph in written.paragraphs}
    assert not [part for part in written.part.rels.values() if part.is_external]
    assert tags_of(saved["md"].text()) == []


def tags_of(markdown: str) -> list[str]:
    """The tags, comments and links that Markdown holds which no backslash disarms."""
    plain = "".join(
        " " if before == "\\" else sign for before, sign in zip(" " + markdown, markdown, strict=False)
    )
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

        def handle_comment(self, data: str) -> None:
            found.append(data)

    Tags().feed(plain)
    return found + [sign for sign in ("](", "![", "](<") if sign in plain]


def test_the_pages_of_documents_hold_nothing_that_runs(page: Page, browser: BrowserContext) -> None:
    other = browser.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    document = hostile_documents()[3][0].document
    for path in ("documents", f"documents/{document.id}?start=0&end=20", "filters?lang=zh"):
        other.goto(f"{page.url}{path}")
        assert other.evaluate("window.hacked") is None
    assert all(address.startswith(page.url) for address in asked)
    other.close()
