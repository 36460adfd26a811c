"""How soon the page can be used, and how long a question takes on it, in a real browser.

Run it with `python -m evals.bench.page`; it serves the page with the seed document on a free port and needs
Chromium, which POLICY_ASSISTANT_CHROMIUM may name. Times are taken inside the page: the first paint is the
browser's own mark, useful is when the question can be typed, and a question's clock starts with Enter.
"""

import os
import shutil
import statistics
import sys
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, sync_playwright

from evals.bench.served import served_seeds
from evals.cases.case import load_cases
from evals.command_line import SEED_CASES

_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_QUESTIONS = 25  # held-out cases without a conversation, in the order of the file
_VISITS = 9  # each by a browser that has never seen the page
_WATCH = """
window.seen = {};
const see = () => {
  const now = performance.now();
  if (document.querySelector('.welcome') && document.querySelector('#question textarea')) {
    window.seen.useful ??= now;
  }
  if (window.seen.enter && document.querySelector('#sources .sources .offer, #sources .sources .cards')) {
    window.seen.sources ??= now;
  }
  if (window.seen.enter && document.querySelector('#a1 .answer[aria-busy=false]')) {
    window.seen.answer ??= now;
  }
};
new MutationObserver(see).observe(document, {subtree: true, childList: true, attributes: true});
addEventListener('keydown', (event) => {
  if (event.key === 'Enter') window.seen.enter = performance.now();
}, true);
"""
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> int:
    """Print the medians and the slowest."""
    chromium = os.environ.get("POLICY_ASSISTANT_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("There is no Chromium: install it, or set POLICY_ASSISTANT_CHROMIUM to its path.\n")
        return 1
    cases = [case for case in load_cases(SEED_CASES) if case.split == "held_out" and not case.conversation]
    questions = [case.question for case in cases[:_QUESTIONS]]
    with served_seeds() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS)
        visits = [_visited(browser, address) for _ in range(_VISITS)]
        page = browser.new_context().new_page()
        page.add_init_script(_WATCH)
        asked = [_asked(page, address, question) for question in questions]
        browser.close()
    sys.stdout.write(f"opening the page with an empty cache, {_VISITS} times\n")
    _show("first paint", [painted for painted, _useful in visits])
    _show("useful", [useful for _painted, useful in visits])
    sys.stdout.write(f"from Enter, {len(asked)} questions on the seed library\n")
    _show("sources shown", [sources for sources, _answer in asked])
    _show("whole answer", [answer for _sources, answer in asked])
    return 0


def _visited(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until the first paint and until a question can be typed, for a new visitor."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_function("window.seen.useful")
    painted, useful = page.evaluate(f"[{_FIRST_PAINT}, window.seen.useful]")
    context.close()
    return float(painted) / 1000, float(useful) / 1000


def _asked(page: Page, address: str, question: str) -> tuple[float, float]:
    """Seconds from Enter until the sources and until the whole answer."""
    page.goto(address)  # a conversation of its own
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function("window.seen.answer")
    enter, sources, answer = page.evaluate(
        "[window.seen.enter, window.seen.sources ?? window.seen.answer, window.seen.answer]"
    )
    return (float(sources) - float(enter)) / 1000, (float(answer) - float(enter)) / 1000


def _show(what: str, taken: Sequence[float]) -> None:
    sys.stdout.write(
        f"  {what:<14}median {statistics.median(taken):.2f} s, first {taken[0]:.2f} s, "
        f"slowest {max(taken):.2f} s\n"
    )


if __name__ == "__main__":
    sys.exit(main())
