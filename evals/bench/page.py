"""How long a question takes on the page, from Enter to the whole answer, in a real browser.

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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from evals.cases.case import load_cases
from evals.command_line import SEED_CASES

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_QUESTIONS = 25  # held-out cases without a conversation, in the order of the file
_COMMAND = [sys.executable, "-m", "assistant.command_line"]


def main() -> int:
    """Print the median and the slowest."""
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
    sys.stdout.write(f"page, from Enter to the whole answer, {len(taken)} questions on the seed library\n")
    sys.stdout.write(f"  first {taken[0]:.2f} s, median {statistics.median(taken):.2f} s, ")
    sys.stdout.write(f"slowest of the others {max(taken[1:]):.2f} s\n")
    return 0


def _asked(page: Page, address: str, question: str) -> float:
    page.goto(address)  # a conversation of its own
    page.locator("textarea").first.fill(question)
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator("#a1 .answer[aria-busy=false]").wait_for()
    return time.perf_counter() - started


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
