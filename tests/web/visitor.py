"""A visitor of the page in a real browser, by keyboard alone or by pointer; and what every screen must be.

Each flow is walked in four views: by keyboard alone in English on a wide screen and in Chinese on a narrow
one, by pointer in the other two; wherever a walk stops to look, the screen must be sound.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page

from assistant.web.words import Words
from knowledge.policy import Language

_MOST_TABS = 150
_HEIGHTS = {1280: 900, 390: 844}

# Which way an element is reached from where the focus is.
_WAY = """wanted => {
  const on = document.activeElement;
  if (on === wanted) return '';
  return on.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
}"""
# What is wrong with how the focus shows; nothing drawn around it, or something that lies over it.
_UNSEEN = """on => {
  if (!on.matches(':focus-visible')) return 'is not shown to have the focus';
  let drawn = false;
  // Around it, or around the frame that it fills.
  for (let at = on, up = 0; at && up < 8; at = at.parentElement, up += 1) {
    const style = getComputedStyle(at);
    drawn ||= style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    drawn ||= /(^| )0px 0px 0px [1-9]/.test(style.boxShadow);
  }
  if (!drawn) return 'has the focus and nothing is drawn around it';
  const box = on.getClientRects()[0];
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  if (!hit) return `has the focus outside of the window, at ${box.left}, ${box.top}`;
  const own = on.contains(hit) || hit.contains(on) || on.labels?.[0]?.contains(hit);
  return own ? '' : `has the focus under ${hit.outerHTML.slice(0, 120)}`;
}"""
# Texts of the interface in another language than the one that they are marked with. Names stay as they are.
_FOREIGN = """names => {
  const plain = name => name.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&');
  const known = new RegExp(names.map(plain).join('|'), 'g');
  const han = /[\\u4e00-\\u9fff]/, latin = /[A-Za-z]{3,}/;
  const wrong = (text, lang) => {
    const told = names.length ? text.replace(known, '') : text;
    return lang.startsWith('zh') ? latin.test(told) && !han.test(told) : han.test(told) && !latin.test(told);
  };
  const found = [];
  for (const element of document.querySelectorAll('body, body *')) {
    if (element.closest('script, style, noscript, svg, pre, code') || !element.checkVisibility()) continue;
    const lang = element.closest('[lang]')?.lang ?? '';
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !wrong(node.data, lang)) continue;
      found.push(`${lang}: ${node.data.trim()}`);
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const told = element.getAttribute(name);
      if (told && wrong(told, lang)) found.push(`${lang}: ${name}=${told}`);
    }
  }
  return found;
}"""
# In every language: the product's formats, and the button that leads to the other language.
_NAMES = ("Policy Assistant", "Word", "Markdown", "JSON", "PDF", "English", "中文")


class View(NamedTuple):
    """How somebody looks at the page."""

    language: Language
    width: int
    keyboard: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.width}"


VIEWS = (View("en", 1280, True), View("zh", 390, True), View("en", 390, False), View("zh", 1280, False))
in_four_views = pytest.mark.parametrize("view", VIEWS, ids=str)


@dataclass(frozen=True)
class Visitor:
    """A window on the page, and what somebody does in it who looks at it so."""

    page: Page
    view: View

    @property
    def words(self) -> Words:
        """The interface in the language of the visitor."""
        return Words(self.view.language)

    def reach(self, wanted: Locator) -> None:
        """Bring the focus there by Tab alone, and see it there; a pointer needs no focus."""
        if not self.view.keyboard:
            return
        handle = wanted.element_handle()
        way = str(handle.evaluate(_WAY))
        for _ in range(_MOST_TABS):
            if not handle.evaluate(_WAY):
                unseen = handle.evaluate(_UNSEEN)
                assert not unseen, f"{wanted} {unseen}"
                return
            self.page.keyboard.press(way)
        raise AssertionError(f"no {way} leads to {wanted}")

    def point_at(self, wanted: Locator) -> None:
        """Bring the focus, or else the pointer, there."""
        self.reach(wanted)
        if not self.view.keyboard:
            wanted.hover()

    def press(self, wanted: Locator, key: str = "Enter") -> None:
        """Press a key on it; by pointer, click it."""
        if self.view.keyboard:
            self.reach(wanted)
            self.page.keyboard.press(key)
        else:
            wanted.click()

    def write(self, box: Locator, text: str, key: str = "") -> None:
        """Put a text in place of what a box holds, then press the key."""
        if self.view.keyboard:
            self.reach(box)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)
        else:
            box.fill(text)
        if key:
            self.page.keyboard.press(key)

    def ask(self, question: str, number: int = 1) -> Locator:
        """The answer to a question, once it is whole."""
        self.write(self.page.locator("#question textarea"), question, "Enter")
        answer = self.page.locator(f"#a{number} .answer[aria-busy=false]")
        answer.wait_for()
        return answer

    def show_sources(self) -> None:
        """Where the window is too narrow for them to be seen, bring up the sources of the last answer."""
        if self.view.width < 1020:
            self.press(self.page.locator("#transcript .show-sources").last)

    def finds_it_sound(self, *names: str) -> None:
        """No grave problem for who cannot see, nothing wider than the window, all in the visitor's language.

        `names` are words that stay as they are in either language, such as names of people and files.
        """
        grave = grave_problems(self.page)
        assert not grave, grave
        assert widest(self.page) <= self.view.width
        language = self.page.evaluate("document.documentElement.lang")
        assert language == {"en": "en", "zh": "zh-CN"}[self.view.language]
        foreign = self.page.evaluate(_FOREIGN, [*_NAMES, *names])
        assert not foreign, foreign


def size_of(width: int) -> dict[str, Any]:
    """The window of that width, as a browser takes it."""
    return {"width": width, "height": _HEIGHTS[width]}


def grave_problems(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the first place where it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def widest(page: Page) -> int:
    """How wide the page is, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
