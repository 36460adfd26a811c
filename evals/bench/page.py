"""How long the page takes, in a real browser: until it can be used, and from Enter to sources and answer.

Run it with `python -m evals.bench.page`; it serves the page with the seed document on a free port and needs
Chromium, which POLICY_ASSISTANT_CHROMIUM may name.
"""

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from evals.cases.case import load_cases
from evals.command_line import SEED_CASES

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_QUESTIONS = 25  # held-out cases without a conversation, in the order of the file
_TOLD = {
    "usable": "from the address to the question box",
    "question": "from Enter to the question shown",
    "sources": "from Enter to the sources",
    "sentence": "from Enter to the first sentence",
    "answer": "from Enter to the whole answer",
}
_COMMAND = [sys.executable, "-m", "assistant.command_line"]


# Notes when each thing first stands on the page, in milliseconds after Enter was pressed.
_WATCH = """() => {
  const seen = window.seen = {};
  let pressed = 0;
  addEventListener('keydown', (event) => { if (event.key === 'Enter') pressed ||= performance.now(); }, true);
  const things = {
    question: '#a1',
    sources: '#a1-sources :is(.provisional, .cards, .offers), #a1 .nearest',
    sentence: '#a1 .sentence',
    answer: '#a1 .answer[aria-busy=false]',
  };
  new MutationObserver(() => {
    for (const [name, selector] of Object.entries(things)) {
      if (!pressed || name in seen || !document.querySelector(selector)) continue;
      seen[name] = performance.now() - pressed;
    }
  }).observe(document.body, {childList: true, subtree: true, attributes: true});
}"""


def main() -> int:
    """Print the median and the slowest of each."""
    chromium = os.environ.get("POLICY_ASSISTANT_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("There is no Chromium: install it, or set POLICY_ASSISTANT_CHROMIUM to its path.\n")
        return 1
    cases = [case for case in load_cases(SEED_CASES) if case.split == "held_out" and not case.conversation]
    questions = [case.question for case in cases[:_QUESTIONS]]
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS)
        page = browser.new_page()
        taken = [_asked(page, address, question) for question in questions]
        browser.close()
    sys.stdout.write(f"page, {len(taken)} questions on the seed library; milliseconds, median and slowest\n")
    for name, what in _TOLD.items():
        times = [one[name] for one in taken if name in one]
        sys.stdout.write(f"  {what:38} {statistics.median(times):6.0f} {max(times):6.0f}\n")
    return 0


def _asked(page: Page, address: str, question: str) -> dict[str, float]:
    """What was noted for one question, in a conversation of its own."""
    page.goto(address)
    page.locator(".welcome").wait_for()
    usable = float(page.evaluate("performance.now()"))
    page.wait_for_timeout(500)  # the page goes on fetching; nobody types faster
    page.evaluate(_WATCH)
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function("'answer' in window.seen")
    seen: dict[str, float] = page.evaluate("window.seen")
    return {"usable": usable, **seen}


@contextmanager
def _served() -> Iterator[str]:
    """The address of the page over a library that holds the seed document alone."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "POLICY_ASSISTANT_HOME": home}
        subprocess.run(  # noqa: S603 (our own command)
            [*_COMMAND, "index", str(_SEEDS)], env=environment, check=True, capture_output=True
        )
        with subprocess.Popen(  # noqa: S603 (our own command)
            [*_COMMAND, "chat", "--port", str(_free_port())],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                said = process.stdout.readline() if process.stdout else ""
                address = re.search(r"http://127\.0\.0\.1:\d+", said)
                if address is None:
                    raise RuntimeError(f"The page did not say where it is, but: {said!r}")
                yield address.group()
            finally:
                process.send_signal(signal.SIGINT)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
