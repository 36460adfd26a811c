"""The whole product in a real browser: the seed document indexed, the page served by its own command."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.web.words import examples
from tests.web.conftest import served
from tests.web.page_actions import ask, marks, quote_in_view
from tests.web.scripted_assistant import SEED
from tests.web.windows import begin_anew, looking_at

pytestmark = pytest.mark.browser

SEED_TEXT = SEED.read_text("utf-8")
COMMAND = ("-m", "assistant.command_line")


@pytest.fixture(scope="module")
def real_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page with the real assistant behind it, in a data folder of its own."""
    home = tmp_path_factory.mktemp("home")
    environment = {"POLICY_ASSISTANT_HOME": str(home)}
    indexed = subprocess.run(
        [sys.executable, *COMMAND, "index", str(SEED.parent)],
        env=os.environ | environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert indexed.returncode == 0, indexed.stderr
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    errors = tmp_path_factory.mktemp("errors") / "errors.txt"
    with served(errors, *COMMAND, "chat", "--port", str(port), **environment) as address:
        yield address
    assert "Traceback" not in errors.read_text()


@pytest.fixture(scope="module")
def window(browser: BrowserContext, real_page: str) -> Iterator[Page]:
    with looking_at(browser, real_page) as window:
        yield window


@pytest.fixture
def page(window: Page, real_page: str) -> Page:
    """The real page, nothing asked yet."""
    begin_anew(window, real_page)
    return window


def quote_of(page: Page, number: int, mark: int) -> str:
    """The sentence of the answer that the mark stands at, without the mark."""
    sentence = page.locator(f"#a{number} .sentence").nth(mark - 1).text_content() or ""
    return sentence.removesuffix(f" [{mark}]")


def test_every_question_to_try_and_its_follow_up_are_answered_with_words_of_the_seed(page: Page) -> None:
    for example in examples():
        for number, question in enumerate((example.question, example.follow_up), 1):
            page.get_by_role("button", name=question).click()
            page.locator(f"#a{number} .answer[aria-busy=false]").wait_for()
            assert marks(page, number).count() >= 1, question
        page.locator("#new-conversation").click()
        page.locator(".welcome .at-hand").wait_for()


def test_every_mark_opens_the_sentence_that_it_stands_at(page: Page) -> None:
    ask(page, "How should a favourable environment for service imports be created?")

    for mark in range(1, marks(page).count() + 1):
        marks(page).nth(mark - 1).click()
        quote = quote_in_view(page)
        assert quote == quote_of(page, 1, mark)
        assert quote in SEED_TEXT


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        (
            "How should a favourable environment for service imports be created?",
            "A favorable environment for service imports",
        ),
        ("应如何营造有利于服务进口的环境？", "A favorable environment for service imports"),
    ],
)
def test_both_languages_find_the_sentence_that_says_so(page: Page, question: str, beginning: str) -> None:
    ask(page, question)

    sentences = page.locator("#a1 .sentence").all_text_contents()
    assert any(sentence.startswith(beginning) for sentence in sentences)


def test_what_the_seed_does_not_say_is_declined(page: Page) -> None:
    answer = ask(page, "What is the penalty for a late customs declaration?")

    expect(answer.locator(".outcome")).to_contain_text("do not answer this question")
    assert marks(page).count() == 0
    assert answer.locator(".offer").count() >= 1
