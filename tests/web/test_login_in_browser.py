"""Logging in and out in a real browser: by keyboard, in both languages, without a script, by a provider."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.web.words import Words
from knowledge.policy import Language
from tests.oidc_provider import CLIENT, SECRET, Provider, provided
from tests.web.conftest import Scheme, served
from tests.web.made_people import PASSWORD, MadePeople
from tests.web.scripted_assistant import ANSWERS
from tests.web.test_accessibility import grave_problems

pytestmark = pytest.mark.browser

WIDTHS = [1280, 390]
LANGUAGES: list[Language] = ["en", "zh"]
ASKS = 3


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with a log-in by password."""
    folder = tmp_path_factory.mktemp("people")
    MadePeople(folder / "home")
    settings = {
        "POLICY_ASSISTANT_HOME": str(folder / "home"),
        "POLICY_ASSISTANT_ASKS_PER_MINUTE": str(ASKS),
    }
    with served(folder / "errors.txt", "-m", "tests.web.people_page", "0", **settings) as address:
        yield address
    assert "Traceback" not in (folder / "errors.txt").read_text()


@contextmanager
def window(
    browser: BrowserContext, width: int = 1280, scheme: Scheme = "light", **options: bool
) -> Iterator[Page]:
    """A window with cookies of its own, in which nothing goes wrong but what the server refuses."""
    assert browser.browser is not None
    context = browser.browser.new_context(viewport={"width": width, "height": 844}, **options)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    problems: list[str] = []
    page = context.new_page()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: (
            problems.append(said.text) if said.type == "error" and "status of 4" not in said.text else None
        ),
    )
    try:
        yield page
    finally:
        context.close()
    assert problems == []


def type_in(page: Page, name: str, password: str) -> None:
    """Name and password by keyboard, from the box in which the cursor waits."""
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_and_out_by_keyboard_alone(
    browser: BrowserContext, address: str, width: int, language: Language
) -> None:
    words = Words(language)
    with window(browser, width) as page:
        page.goto(address)
        if language == "zh":
            tab_to(page, "a.switch")
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading")).to_have_text(words("people_log_in"))
        assert grave_problems(page) == []

        type_in(page, "reader", "not the password")
        expect(page.get_by_role("alert")).to_have_text(words("people_refused_wrong"))
        expect(page.locator("#name")).to_have_value("reader")
        expect(page.locator("#password")).to_be_focused()
        assert grave_problems(page) == []
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        page.locator(".welcome").wait_for()
        page.locator("#person summary").wait_for()
        assert page.url == f"{address}/"
        if language == "zh":
            tab_to(page, "#switch-language")
            page.keyboard.press("Enter")
        page.locator(".person-role", has_text=words("people_role_reader")).wait_for(state="attached")
        expect(page.locator("#person .person-role")).to_have_text(words("people_role_reader"))
        tab_to(page, "#person summary")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=words("people_log_out"))).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert grave_problems(page) == []
        tab_to(page, "#person button")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading")).to_have_text(words("people_log_in"))
        page.go_back()
        expect(page.locator("#name")).to_be_visible()
        page.goto(f"{address}/documents")
        expect(page.locator("#name")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_in_page_fits_and_can_be_read_in_the_dark(
    browser: BrowserContext, address: str, width: int, language: Language
) -> None:
    with window(browser, width, "dark") as page:
        page.goto(f"{address}/login?lang={language}")

        assert grave_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[language]


def test_it_works_without_a_script(browser: BrowserContext, address: str) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/documents?lang=zh")
        page.get_by_label(Words("zh")("people_name")).fill("reader")
        page.get_by_label(Words("zh")("people_password")).fill(PASSWORD)
        page.get_by_role("button").click()

        expect(page.get_by_role("heading")).to_have_text(Words("zh")("documents"))
        assert page.url == f"{address}/documents?lang=zh"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_question_too_many_is_told_and_stays_in_its_box(
    browser: BrowserContext, address: str, language: Language
) -> None:
    words = Words(language)
    with window(browser) as page:
        page.goto(f"{address}/login")
        type_in(page, {"en": "maintainer", "zh": "admin"}[language], PASSWORD)
        page.locator(".welcome").wait_for()
        if language == "zh":
            page.get_by_role("button", name="中文").click()
        box = page.get_by_label(words("question"))
        for number in range(1, ASKS + 1):
            box.fill(next(iter(ANSWERS)))
            page.keyboard.press("Enter")
            page.locator(f"#a{number} .answer[aria-busy=false]").wait_for()
        box.fill("One more?")
        page.keyboard.press("Enter")

        notice = page.get_by_role("alert")
        expect(notice).to_contain_text(
            words("people_too_many_questions", limit=ASKS, seconds=0)[:20].rstrip("0 ")
        )
        expect(box).to_have_value("One more?")
        assert page.locator(".exchange").count() == ASKS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_log_in_that_has_ended_is_told_and_what_was_typed_stays(
    browser: BrowserContext, address: str, language: Language
) -> None:
    words = Words(language)
    with window(browser) as page:
        page.goto(f"{address}/login")
        type_in(page, "reader", PASSWORD)
        page.locator("#person summary").wait_for()
        if language == "zh":
            page.get_by_role("button", name="中文").click()
        page.locator(".person-role", has_text=words("people_role_reader")).wait_for(state="attached")
        expect(page.locator("#person .person-role")).to_have_text(words("people_role_reader"))
        page.context.clear_cookies()
        page.get_by_label(words("question")).fill("Does this stay?")
        page.keyboard.press("Enter")

        told = page.locator("#log-in-ended")
        expect(told).to_contain_text(words("people_ended"))
        expect(page.get_by_label(words("question"))).to_have_value("Does this stay?")
        assert grave_problems(page) == []
        with page.context.expect_page() as opened:
            told.get_by_role("link").click()
        expect(opened.value.get_by_role("heading")).to_have_text(words("people_log_in"))
        expect(told).to_have_count(0)
        type_in(opened.value, "reader", PASSWORD)
        opened.value.locator(".welcome").wait_for()
        page.get_by_label(words("question")).press("Enter")
        page.locator("#a1 .answer[aria-busy=false]").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_a_provider_on_another_site(browser: BrowserContext, tmp_path: Path, language: Language) -> None:
    words, home = Words(language), tmp_path / "home"
    MadePeople(home)
    users = home / "users.toml"
    users.write_text(users.read_text() + '\n[oidc]\nrole = "reader"\ncollections = "all"\n', "utf-8")
    with provided(Provider(), "localhost") as provider:
        settings = {
            "POLICY_ASSISTANT_HOME": str(home),
            "POLICY_ASSISTANT_OIDC_ISSUER": provider.address,
            "POLICY_ASSISTANT_OIDC_CLIENT_ID": CLIENT,
            "POLICY_ASSISTANT_OIDC_SECRET": SECRET,
        }
        errors = tmp_path / "errors.txt"
        with (
            served(errors, "-m", "tests.web.people_page", "0", **settings) as address,
            window(browser) as page,
        ):
            page.goto(f"{address}/login?next=/documents&lang={language}")
            assert grave_problems(page) == []
            assert provider.asked == []
            tab_to(page, "a.provider")
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", name=Words("en")("documents"))).to_be_visible()
            assert page.url == f"{address}/documents"
            page.goto(address)
            page.locator("#person summary").wait_for()
            expect(page.locator("#person summary .person-name")).to_have_text("ann@example.org")
            page.locator("#person summary").click()
            page.get_by_role("button", name=Words("en")("people_log_out")).click()

            provider.claims["email"] = "reader"  # the name of a user who has a password here
            page.goto(f"{address}/login?lang={language}")
            page.get_by_role("link", name=words("people_with_provider")).click()
            expect(page.get_by_role("alert")).to_have_text(words("people_refused_name_taken"))
            page.goto(f"{address}/documents")
            expect(page.locator("#name")).to_be_visible()
    assert SECRET not in errors.read_text()
