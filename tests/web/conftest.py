"""The pages served on free loopback ports, each by one process for all tests, and windows to look at them."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from assistant.records.records import Records
from tests.assistant.records.made_records import Clock
from tests.web.recorded_page import begin
from tests.web.windows import CHROMIUM_OPTIONS, begin_anew, chromium, looking_at

PATIENCE = 30_000  # ms for what comes at once, on a machine that does much else


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


class Recorded(NamedTuple):
    """A page that keeps its conversations, and where it keeps them."""

    address: str
    folder: Path

    def begin_again(self) -> None:
        """The records as they were in the beginning."""
        with closing(Records(self.folder / "records.sqlite", 90, Clock())) as records:
            for person, _count in records.persons():
                records.delete_all(person)
            begin(records)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    """The scripted assistant behind a page with a history; it must not try to reach another machine."""
    folder = tmp_path_factory.mktemp("recorded")
    errors = folder / "errors.txt"
    with served(errors, "-m", "tests.web.recorded_page", str(folder), "0") as address:
        yield Recorded(address, folder)
    assert "tried to reach another machine" not in errors.read_text()


@pytest.fixture(scope="session")
def scripted_page(recorded: Recorded) -> str:
    """The address of the page with the scripted assistant behind it."""
    return recorded.address


@pytest.fixture(scope="session")
def asking_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The assistant of `asking_assistant` behind a page that keeps nothing, and files to open pages of."""
    folder = tmp_path_factory.mktemp("asking")
    errors = folder / "errors.txt"
    with served(errors, "-m", "tests.web.asking_assistant", str(folder), "0") as address:
        yield address
    assert "Traceback" not in errors.read_text()


@pytest.fixture(scope="session")
def desk_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library of real stores with the desk, a report of evals, and an answer that was no help."""
    folder = tmp_path_factory.mktemp("desk")
    with served(folder / "errors.txt", "-m", "tests.web.desk_server", str(folder / "home")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """One headless Chromium for all tests; its windows share what it has cached and nothing else."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        context = started.new_context(permissions=["clipboard-read", "clipboard-write"])
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context
        started.close()


@pytest.fixture(scope="module")
def wide_window(browser: BrowserContext, scripted_page: str) -> Iterator[Page]:
    with looking_at(browser, scripted_page) as window:
        yield window


@pytest.fixture(scope="module")
def narrow_window(browser: BrowserContext, scripted_page: str) -> Iterator[Page]:
    with looking_at(browser, scripted_page, 390) as window:
        yield window


@pytest.fixture
def page(wide_window: Page, scripted_page: str) -> Page:
    """The page in a window of 1280 by 900, nothing asked yet."""
    begin_anew(wide_window, scripted_page)
    return wide_window


@pytest.fixture
def phone(narrow_window: Page, scripted_page: str) -> Page:
    """The page in a window of 390 by 844, nothing asked yet."""
    begin_anew(narrow_window, scripted_page)
    return narrow_window
