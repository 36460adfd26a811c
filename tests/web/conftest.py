"""The page served on a free loopback port, and a real headless Chromium that looks at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Scheme = Literal["light", "dark"]
LOCAL_SCHEMES = {"data", "blob", "about"}


@contextmanager
def served(errors: Path, *program: str, **environment: str) -> Iterator[str]:
    """The address of a page that a program of its own serves; what it complains of goes to `errors`."""
    with (
        errors.open("w") as stderr,
        subprocess.Popen(
            [sys.executable, *program],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=os.environ | environment,
            cwd=Path(__file__).parents[2],
        ) as process,
    ):
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address, f"no address: {said!r} {errors.read_text()}"
            yield address.group()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0, errors.read_text()


@pytest.fixture(scope="session")
def scripted_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the scripted assistant behind it; it must not try to reach another machine."""
    errors = tmp_path_factory.mktemp("page") / "errors.txt"
    with served(errors, "-m", "tests.web.scripted_assistant", "0") as address:
        yield address
    assert "tried to reach another machine" not in errors.read_text()


@pytest.fixture(scope="session")
def asking_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the assistant of `asking_assistant` behind it, and files to open pages of."""
    folder = tmp_path_factory.mktemp("asking")
    errors = folder / "errors.txt"
    with served(errors, "-m", "tests.web.asking_assistant", str(folder), "0") as address:
        yield address
    assert "Traceback" not in errors.read_text()


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


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """One headless Chromium for all tests; its windows share what it has cached and nothing else."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        context = started.new_context(permissions=["clipboard-read", "clipboard-write"])
        context.set_default_timeout(10_000)
        yield context
        started.close()


@contextmanager
def looking_at(
    browser: BrowserContext, address: str, width: int = 1280, height: int = 900, scheme: Scheme = "light"
) -> Iterator[Page]:
    """A fresh window on the page; in the end nothing but this machine has been asked for anything."""
    asked_for: list[str] = []
    problems: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    try:
        page.goto(address)
        page.locator(".welcome .at-hand").wait_for()  # listed once it is known who has opened the page
        yield page
    finally:
        page.close()
    hosts = {urlsplit(url).hostname for url in asked_for if urlsplit(url).scheme not in LOCAL_SCHEMES}
    assert hosts == {"127.0.0.1"}
    assert problems == []


@pytest.fixture
def page(browser: BrowserContext, scripted_page: str) -> Iterator[Page]:
    """The page in a window of 1280 by 900."""
    with looking_at(browser, scripted_page) as window:
        yield window


@pytest.fixture
def phone(browser: BrowserContext, scripted_page: str) -> Iterator[Page]:
    """The page in a window of 390 by 844."""
    with looking_at(browser, scripted_page, 390, 844) as window:
        yield window
