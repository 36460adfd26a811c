"""Logging in and out in a real browser, in four views: by password, without a script, by a provider."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.web.words import Words
from tests.oidc_provider import CLIENT, SECRET, Provider, provided
from tests.web.conftest import served
from tests.web.made_people import PASSWORD, MadePeople
from tests.web.scripted_assistant import ANSWERS
from tests.web.visitor import VIEWS, View, Visitor, in_four_views
from tests.web.windows import Scheme, opened

pytestmark = pytest.mark.browser

ASKS = 3


class Served(NamedTuple):
    """The page with both ways to log in, and the provider of the one."""

    address: str
    provider: Provider


@pytest.fixture(scope="module")
def people_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page with a log-in by password and by a provider."""
    folder = tmp_path_factory.mktemp("people")
    MadePeople(folder / "home")
    users = folder / "home" / "users.toml"
    users.write_text(users.read_text() + '\n[oidc]\nrole = "reader"\ncollections = "all"\n', "utf-8")
    errors = folder / "errors.txt"
    with provided(Provider(), "localhost") as provider:
        settings = {
            "POLICY_ASSISTANT_HOME": str(folder / "home"),
            "POLICY_ASSISTANT_ASKS_PER_MINUTE": str(ASKS),
            "POLICY_ASSISTANT_OIDC_ISSUER": provider.address,
            "POLICY_ASSISTANT_OIDC_CLIENT_ID": CLIENT,
            "POLICY_ASSISTANT_OIDC_SECRET": SECRET,
        }
        with served(errors, "-m", "tests.web.people_page", "0", **settings) as address:
            yield Served(address, provider)
    assert "Traceback" not in errors.read_text()
    assert SECRET not in errors.read_text()


@pytest.fixture
def address(people_page: Served) -> str:
    return people_page.address


@contextmanager
def visiting(
    browser: BrowserContext, address: str, view: View = VIEWS[0], scheme: Scheme = "light", **options: bool
) -> Iterator[Visitor]:
    """A window with cookies of its own."""
    assert browser.browser is not None
    context = browser.browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    try:
        with opened(context, address, view.width, scheme=scheme, refusals=True, also="localhost") as page:
            yield Visitor(page, view)
    finally:
        context.close()


def type_in(page: Page, name: str, password: str) -> None:
    """Name and password by keyboard, from the box in which the cursor waits."""
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def log_in(visitor: Visitor, address: str, name: str) -> None:
    """Come in, and wait until the page knows who it is and speaks the visitor's language."""
    page, words = visitor.page, visitor.words
    page.goto(f"{address}/login?lang={words.language}&next=/%3Flang%3D{words.language}")
    type_in(page, name, PASSWORD)
    page.locator(".welcome").wait_for()
    expect(page.locator("#ask")).to_have_text(words("ask"))
    expect(page.locator(f'#person .person[data-language="{words.language}"]')).to_be_attached()


@in_four_views
def test_in_and_out(browser: BrowserContext, address: str, view: View) -> None:
    with visiting(browser, address, view) as visitor:
        page, words = visitor.page, visitor.words
        if view.language == "zh":
            visitor.press(page.locator("a.switch"))
        expect(page.get_by_role("heading")).to_have_text(words("people_log_in"))
        visitor.finds_it_sound()

        type_in(page, "reader", "not the password")
        expect(page.get_by_role("alert")).to_have_text(words("people_refused_wrong"))
        expect(page.locator("#name")).to_have_value("reader")
        expect(page.locator("#password")).to_be_focused()
        visitor.finds_it_sound()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        page.locator(".welcome").wait_for()
        page.locator("#person summary").wait_for()
        assert page.url == f"{address}/"
        if view.language == "zh":
            visitor.press(page.locator("#switch-language"))
        page.locator(".person-role", has_text=words("people_role_reader")).wait_for(state="attached")
        visitor.press(page.locator("#person summary"))
        expect(page.get_by_role("button", name=words("people_log_out"))).to_be_in_viewport(ratio=1)
        visitor.finds_it_sound("reader")
        page.goto(f"{address}/library/desk?lang={view.language}")
        expect(page.get_by_role("heading")).to_have_text(words("people_not_for_you"))
        visitor.finds_it_sound("reader")
        page.go_back()
        visitor.press(page.locator("#person summary"))
        visitor.press(page.locator("#person button"))

        expect(page.locator("#name")).to_be_visible()
        page.go_back()
        expect(page.locator("#name")).to_be_visible()
        page.goto(f"{address}/documents")
        expect(page.locator("#name")).to_be_visible()


@pytest.mark.parametrize("view", VIEWS[:2], ids=str)
def test_the_log_in_page_can_be_read_in_the_dark(browser: BrowserContext, address: str, view: View) -> None:
    with visiting(browser, f"{address}/login?lang={view.language}", view, "dark") as visitor:
        visitor.finds_it_sound()


def test_it_works_without_a_script(browser: BrowserContext, address: str) -> None:
    with visiting(browser, f"{address}/documents?lang=zh", java_script_enabled=False) as visitor:
        page, words = visitor.page, Words("zh")
        page.get_by_label(words("people_name")).fill("reader")
        page.get_by_label(words("people_password")).fill(PASSWORD)
        page.get_by_role("button").click()

        expect(page.get_by_role("heading")).to_have_text(words("documents"))
        assert page.url == f"{address}/documents?lang=zh"


@pytest.mark.parametrize("view", VIEWS[:2], ids=str)
def test_one_question_too_many_is_told_and_stays_in_its_box(
    browser: BrowserContext, address: str, view: View
) -> None:
    with visiting(browser, address, view) as visitor:
        page, words = visitor.page, visitor.words
        log_in(visitor, address, {"en": "maintainer", "zh": "admin"}[view.language])
        for number in range(1, ASKS + 1):
            visitor.ask(next(iter(ANSWERS)), number)
        box = page.locator("#question textarea")
        visitor.write(box, "One more?", "Enter")

        expect(page.get_by_role("alert")).to_contain_text(
            words("people_too_many_questions", limit=ASKS, seconds=0)[:20].rstrip("0 ")
        )
        expect(box).to_have_value("One more?")
        assert page.locator(".exchange").count() == ASKS


@pytest.mark.parametrize("view", VIEWS[:2], ids=str)
def test_a_log_in_that_has_ended_is_told_and_what_was_typed_stays(
    browser: BrowserContext, address: str, view: View
) -> None:
    with visiting(browser, address, view) as visitor:
        page, words = visitor.page, visitor.words
        log_in(visitor, address, "reader")
        page.context.clear_cookies()
        box = page.locator("#question textarea")
        visitor.write(box, "Does this stay?", "Enter")

        told = page.locator("#log-in-ended")
        expect(told).to_contain_text(words("people_ended"))
        expect(box).to_have_value("Does this stay?")
        visitor.finds_it_sound("Does this stay?", "reader")
        with page.context.expect_page() as opened_page:
            visitor.press(told.get_by_role("link"))
        expect(opened_page.value.get_by_role("heading")).to_have_text(words("people_log_in"))
        expect(told).to_have_count(0)
        type_in(opened_page.value, "reader", PASSWORD)
        opened_page.value.locator(".welcome").wait_for()
        box.press("Enter")
        page.locator("#a1 .answer[aria-busy=false]").wait_for()


@pytest.mark.parametrize("view", VIEWS[:2], ids=str)
def test_by_a_provider_on_another_site(browser: BrowserContext, people_page: Served, view: View) -> None:
    address, provider = people_page
    provider.claims["email"] = "ann@example.org"
    asked = len(provider.asked)
    log_in_page = f"{address}/login?next=/documents&lang={view.language}"
    with visiting(browser, log_in_page, view) as visitor:
        page, words = visitor.page, visitor.words
        visitor.finds_it_sound()
        assert len(provider.asked) == asked
        visitor.press(page.locator("a.provider"))
        expect(page.get_by_role("heading", name=Words("en")("documents"))).to_be_visible()
        assert page.url == f"{address}/documents"
        page.goto(address)
        expect(page.locator("#person .person-panel .person-name")).to_have_text("ann@example.org")
        visitor.press(page.locator("#person summary"))
        visitor.press(page.locator("#person button"))
        expect(page.locator("#name")).to_be_visible()

        provider.claims["email"] = "reader"  # the name of a user who has a password here
        page.goto(f"{address}/login?lang={view.language}")
        visitor.press(page.get_by_role("link", name=words("people_with_provider")))
        expect(page.get_by_role("alert")).to_have_text(words("people_refused_name_taken"))
        page.goto(f"{address}/documents")
        expect(page.locator("#name")).to_be_visible()
