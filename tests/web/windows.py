"""Windows of a real headless Chromium on pages that this machine serves."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.web.words import Words
from knowledge.policy import Language
from tests.web.visitor import View, Visitor, size_of

CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Scheme = Literal["light", "dark"]
LOCAL_SCHEMES = {"data", "blob", "about"}
_LEFT = ("AbortError", "Unexpected error Connection errored out")  # Gradio's open stream, when a page is left


def chromium() -> str:
    """Where Chromium is; fails on continuous integration and skips elsewhere when there is none."""
    path = os.environ.get("POLICY_ASSISTANT_CHROMIUM") or shutil.which("chromium")
    if path is not None:
        return path
    missing = (
        "There is no Chromium: install the package chromium, or set POLICY_ASSISTANT_CHROMIUM to its path."
    )
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@contextmanager
def opened(
    browser: BrowserContext,
    address: str,
    width: int = 1280,
    *,
    scheme: Scheme = "light",
    refusals: bool = False,
    also: str = "",
) -> Iterator[Page]:
    """A fresh window on an address; no other machine than the host `also` is asked, and no page has a fault.

    With `refusals` the server may answer that something is not allowed, or not as it should be.
    """
    asked_for: list[str] = []
    problems: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.set_viewport_size(size_of(width))  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    try:
        page.goto(address)
        yield page
    finally:
        page.close()
    hosts = {urlsplit(url).hostname for url in asked_for if urlsplit(url).scheme not in LOCAL_SCHEMES}
    assert hosts - {also} == {"127.0.0.1"}, hosts
    told = [one for one in problems if not one.startswith(_LEFT)]
    told = [one for one in told if not (refusals and "status of 4" in one)]
    assert not told, told


@contextmanager
def looking_at(
    browser: BrowserContext, address: str, width: int = 1280, scheme: Scheme = "light"
) -> Iterator[Page]:
    """A fresh window on the chat page, once it is known who has opened it."""
    with opened(browser, address, width, scheme=scheme) as page:
        page.locator(".welcome .at-hand").wait_for()
        yield page


@contextmanager
def chatting(browser: BrowserContext, address: str, view: View) -> Iterator[Visitor]:
    """A visitor of the chat page, in the view's language."""
    with looking_at(browser, f"{address}/?lang={view.language}", view.width) as page:
        visitor = Visitor(page, view)
        expect(page.locator("#ask")).to_have_text(visitor.words("ask"))
        yield visitor


def begin_anew(page: Page, address: str, language: Language = "en") -> None:
    """Leave the chat page as it was when it was opened, without loading it when that can be helped."""
    spoken = page.evaluate("document.documentElement.lang")
    elsewhere = not page.url.startswith((f"{address}/?", f"{address}/#")) and page.url != f"{address}/"
    if elsewhere or not spoken.startswith(language):
        page.goto(f"{address}/?lang={language}")
        expect(page.locator("#ask")).to_have_text(Words(language)("ask"))
    elif page.evaluate("document.documentElement.classList.contains('guiding')"):
        page.locator('.mode[data-mode="ask"]').click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    left = page.locator(".exchange, .notice, .chip-clear:not([hidden])")
    if left.count() or "conversation=" in page.url:
        page.locator("#new-conversation").click()
        expect(left).to_have_count(0)
    elif page.locator("#question textarea").input_value():
        page.locator("#question textarea").fill("")
    page.locator(".welcome .at-hand").wait_for()
