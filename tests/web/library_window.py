"""Windows of a real browser on the plain pages, and what every one of them must be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Page

SIZES = ((1280, 900), (390, 844))


@contextmanager
def window(browser: BrowserContext, address: str, width: int = 1280, height: int = 900) -> Iterator[Page]:
    """A fresh window on an address; nothing but this machine is asked and no page has a fault."""
    asked_for: list[str] = []
    problems: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    try:
        page.goto(address)
        yield page
    finally:
        page.close()
    hosts = {urlsplit(url).hostname for url in asked_for if urlsplit(url).scheme not in ("data", "blob")}
    assert hosts == {"127.0.0.1"}
    assert problems == []


def check_sound(page: Page) -> None:
    """No grave problem for people who cannot see or use a mouse, and nothing wider than the window."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    grave = [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Move the focus by the keyboard until it is on what has that name, and see that it shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(() => { const on = document.activeElement; return [on.innerText, on.value, on.ariaLabel,"
            " on.labels?.[0]?.innerText, on.name].filter(Boolean).join(' | '); })()"
        )
        if name in told:
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"the keyboard does not lead to {name!r}")
