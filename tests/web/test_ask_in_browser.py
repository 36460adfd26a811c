"""Every flow of asking in a real browser, by keyboard alone, in both languages and at two widths."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
import pytest
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from assistant.web.words import Words
from knowledge.policy import Language
from tests.web.asking_assistant import APPLIES, APPLIES_ZH, DRAFTED, ENDING, FEES, FOLLOW_UP
from tests.web.conftest import looking_at
from tests.web.many_formats import FORMATS, REFERS, quotes_of
from tests.web.test_accessibility import grave_problems

pytestmark = pytest.mark.browser
Views = [("en", 1280), ("zh", 1280), ("en", 390), ("zh", 390)]


@dataclass(frozen=True)
class Desk:
    """A window on the page, the language it speaks, and what a person does with a keyboard."""

    page: Page
    words: Words
    width: int

    def ask(self, question: str, number: int = 1) -> Locator:
        box = self.page.locator("#question textarea")
        box.focus()
        box.fill(question)
        self.page.keyboard.press("Enter")
        answer = self.page.locator(f"#a{number} .answer[aria-busy=false]")
        answer.wait_for()
        return answer

    def tab_to(self, wanted: Locator, *, back: bool = False) -> None:
        """Press Tab until the focus is there, as often as that takes."""
        handle = wanted.element_handle()
        for _ in range(80):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("element => document.activeElement === element", handle):
                return
        raise AssertionError(f"no Tab leads to {wanted}")

    def press(self, wanted: Locator, key: str = "Enter", *, back: bool = False) -> None:
        self.tab_to(wanted, back=back)
        self.page.keyboard.press(key)

    def show_sources(self) -> None:
        if self.width < 1020:
            self.press(self.page.locator("#transcript .show-sources").last, back=True)

    def is_sound(self) -> None:
        assert grave_problems(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") == self.width


@pytest.fixture(scope="module", params=Views, ids=lambda view: f"{view[0]}-{view[1]}")
def window(request: pytest.FixtureRequest, browser: BrowserContext, asking_page: str) -> Iterator[Desk]:
    language: Language
    language, width = request.param
    with looking_at(browser, asking_page, width, 900) as page:
        if language == "zh":
            page.locator("#switch-language").click()
            expect(page.locator("#ask")).to_have_text(Words("zh")("ask"))
        yield Desk(page, Words(language), width)


@pytest.fixture
def desk(window: Desk) -> Iterator[Desk]:
    yield window
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("Escape")
    window.page.locator("#new-conversation").click()
    window.page.locator(".welcome").wait_for()


def test_a_mark_that_is_reached_shows_its_quote_and_enter_opens_it(desk: Desk) -> None:
    desk.ask(FEES["md"])
    mark, peek = desk.page.locator("#a1 a.mark").last, desk.page.locator("#quote-peek")

    desk.tab_to(mark, back=True)
    expect(peek.locator("blockquote")).to_have_text(quotes_of("md")[1])
    expect(mark).to_have_attribute("aria-describedby", "quote-peek")
    desk.is_sound()

    desk.page.keyboard.press("Escape")
    expect(peek).to_be_hidden()
    expect(mark).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#viewer #quote")).to_have_text(quotes_of("md")[1])
    expect(peek).to_be_hidden()
    desk.page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_a_pointer_on_a_mark_shows_its_quote_and_leaving_hides_it(desk: Desk) -> None:
    desk.ask(FEES["txt"])

    desk.page.locator("#a1 a.mark").first.hover()
    box = desk.page.locator("#quote-peek").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= desk.width
    desk.page.locator("#quote-peek").hover()  # what it says may be selected
    desk.page.wait_for_timeout(300)
    expect(desk.page.locator("#quote-peek")).to_be_visible()

    desk.page.mouse.move(5, 300)
    expect(desk.page.locator("#quote-peek")).to_be_hidden()


def test_one_citation_is_copied_in_official_form(desk: Desk) -> None:
    desk.ask(FEES["md"])
    desk.show_sources()

    desk.press(desk.page.locator("#a1-s1 .copy"))

    expect(desk.page.locator("#a1-s1 .copy")).to_have_text(desk.words("copied"))
    official = {
        "en": "“Fees as MD” (Ministry of Commerce, Order 2, 1 May 2021), Article 2, paragraph 1",
        "zh": "《Fees as MD》（Ministry of Commerce，Order 2，2021年5月1日）第二条第一款",
    }
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("第2条第1款", "第二条第一款") == official[desk.words.language]
    desk.is_sound()


def test_an_answer_is_saved_as_it_was_shown(desk: Desk) -> None:
    desk.ask(FEES["txt"])
    shown = [text.rpartition(" [")[0] for text in desk.page.locator("#a1 .sentence").all_text_contents()]
    warned = desk.page.locator("#a1-sources .validity").first.text_content() or ""

    files = {form: _saved(desk, form) for form in ("docx", "md", "json")}

    written = [paragraph.text for paragraph in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    assert written[0] == FEES["txt"]
    assert [text.rpartition(" [")[0] for text in written if text.endswith(("[1]", "[2]"))] == shown
    assert set(quotes_of("txt")) <= set(written)
    assert any(text and warned.startswith(text) for text in written)
    markdown = files["md"].decode()
    assert "fewer than ten people \\& for \\<new\\> firms" in markdown
    receipt: dict[str, Any] = json.loads(files["json"])
    assert [sentence["text"] for sentence in receipt["sentences"]] == shown
    assert [one["quote"] for sentence in receipt["sentences"] for one in sentence["quotes"]] == shown


def _saved(desk: Desk, form: str) -> bytes:
    link = desk.page.locator(f'#a1 .files a[href*=".{form}"]')
    with desk.page.expect_download() as waiting:
        desk.press(link, back=form != "docx")
    download: Download = waiting.value
    assert download.suggested_filename.endswith(f".{form}")
    return download.path().read_bytes()


def test_a_question_that_was_restated_is_changed_in_the_box(desk: Desk) -> None:
    desk.ask(FEES["md"])
    desk.ask(FOLLOW_UP, 2)
    told = f"{FEES['md']} {FOLLOW_UP}"
    expect(desk.page.locator("#a2 .restated")).to_contain_text(desk.words("restated", question=told))

    desk.press(desk.page.locator("#a2 .edit-question"), back=True)

    box = desk.page.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value(told)
    desk.page.keyboard.type("!")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#a3 .question")).to_contain_text(f"{told}!")


def test_filters_are_chosen_kept_and_removed(desk: Desk) -> None:
    page, words = desk.page, desk.words
    chip = page.locator('.chip[data-filter="kinds"]')
    page.locator("#question textarea").focus()
    desk.press(chip.locator(".chip-open"), back=True)
    panel = page.locator("#choose-kinds")
    expect(panel.locator("input").first).to_be_focused()
    desk.is_sound()
    desk.press(panel.locator('input[value="Measures"]'), "Space", back=True)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chip.locator(".chip-open")).to_be_focused()
    expect(chip.locator(".chip-open")).to_have_text(f"{words('ask_kind')}: Measures")

    answer = desk.ask(FEES["md"])  # made by rules, which the filter leaves out
    expect(answer.locator(".sentence")).to_have_count(0)
    expect(page.locator("#a1 .narrowed")).to_contain_text("Measures")
    expect(desk.ask(FEES["txt"], 2).locator(".sentence")).to_have_count(2)

    desk.press(chip.locator(".chip-clear"), back=True)
    expect(chip.locator(".chip-open")).to_be_focused()
    expect(chip.locator(".chip-clear")).to_be_hidden()
    expect(desk.ask(FEES["md"], 3).locator(".sentence")).to_have_count(2)
    assert page.locator("#a3 .narrowed").count() == 0


def test_that_no_document_passes_is_said(desk: Desk) -> None:
    page = desk.page
    page.locator("#question textarea").focus()
    desk.press(page.locator('.chip[data-filter="dates"] .chip-open'), back=True)
    page.locator('#choose-dates input[name="date_from"]').fill("2090-01-01")
    page.keyboard.press("Escape")

    page.locator("#question textarea").fill(FEES["md"])
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_have_text(desk.words("ask_no_document"))
    expect(page.locator("#question textarea")).to_have_value(FEES["md"])
    desk.is_sound()


def test_filters_stay_when_the_language_changes_and_go_with_the_conversation(desk: Desk) -> None:
    page = desk.page
    opened = page.locator('.chip[data-filter="validity"] .chip-open')
    opened.click()
    page.locator('#choose-validity input[name="as_of"]').fill("2021-06-01")
    page.keyboard.press("Escape")

    page.locator("#switch-language").click()
    other = Words(desk.words.other_language)
    expect(opened).to_have_text(f"{other('ask_in_force_on')} 2021-06-01")
    page.locator("#switch-language").click()
    expect(opened).to_have_text(f"{desk.words('ask_in_force_on')} 2021-06-01")
    desk.ask(FEES["md"])
    expect(page.locator("#a1 .narrowed")).to_have_text(
        desk.words("ask_told_as_of", day=desk.words.date("2021-06-01"))
    )

    page.locator("#new-conversation").click()
    expect(opened).to_have_text(desk.words("ask_validity"))


@pytest.mark.parametrize(("question", "language"), [(APPLIES, "en"), (APPLIES_ZH, "zh")])
def test_a_condition_is_answered_with_a_button(desk: Desk, question: str, language: Language) -> None:
    desk.ask(question)
    replies = desk.page.locator("#a1 .replies button")
    asked = Words(language)
    assert replies.all_text_contents() == [asked("ask_yes"), asked("ask_no"), asked("ask_unknown")]
    desk.is_sound()

    desk.press(replies.nth(1), back=True)

    desk.page.locator("#a2 .answer[aria-busy=false]").wait_for()
    expect(desk.page.locator("#a2 .question")).to_contain_text(asked("ask_no"))
    expect(desk.page.locator("#a2 .sentence")).to_have_count(1)
    assert desk.page.locator(".replies").count() == 0


def test_what_is_superseded_and_what_ends_soon_is_said(desk: Desk) -> None:
    desk.ask(ENDING)
    soon = {"en": "Ends soon: it is in force until 2027-01-31.", "zh": "即将失效：有效期至2027-01-31。"}
    said = desk.page.locator("#a1-s1 .validity")
    assert said.text_content() == soon[desk.words.language]
    desk.ask(FEES["txt"], 2)
    assert "2024-05-01" in (desk.page.locator("#a2-s1 .validity").text_content() or "")


def test_what_to_read_next_comes_from_the_document(desk: Desk) -> None:
    desk.ask(FEES["md"])

    desk.press(desk.page.locator("#a1 .read-next a").first, back=True)

    expect(desk.page.locator("#viewer #quote")).to_contain_text(REFERS)
    desk.is_sound()


def test_sentences_of_a_model_carry_what_the_check_found(desk: Desk) -> None:
    answer = desk.ask(DRAFTED)

    signs = [desk.words("verdict_supported"), desk.words("verdict_quoted")]
    assert answer.locator(".verdict").all_text_contents() == signs
    expect(answer.get_by_role("note")).to_have_text(desk.words("ask_withheld", count=2))


def test_the_highlight_of_a_clicked_mark_is_the_quote_in_every_format(desk: Desk) -> None:
    for turn, format_ in enumerate(FORMATS, start=1):
        desk.ask(FEES[format_], turn)
        for number, quote in enumerate(quotes_of(format_)):
            desk.page.locator(f"#a{turn} a.mark").nth(number).click()
            highlight = desk.page.locator("#viewer #quote")
            expect(highlight).to_be_focused()
            expect(desk.page.locator("#viewer h1")).to_have_text(f"Fees as {format_.upper()}")
            assert highlight.text_content() == quote
            desk.page.keyboard.press("Escape")
            expect(desk.page.locator("#viewer")).to_be_hidden()


def test_a_page_of_a_pdf_is_shown_with_the_quote_marked(desk: Desk) -> None:
    page = desk.page
    desk.ask(FEES["pdf"])
    desk.press(page.locator("#a1 a.mark").first, back=True)
    page.locator("#viewer #quote").wait_for()

    desk.press(page.locator("#viewer .as-printed a"), back=True)

    picture = page.locator("#viewer .page-picture image")
    expect(picture).to_be_visible()
    expect(page.locator("#viewer rect#quote")).to_be_focused()
    drawn = page.request.get(page.url.rstrip("/") + (picture.get_attribute("href") or ""))
    assert drawn.headers["content-type"] == "image/png"
    desk.is_sound()
    desk.press(page.locator("#viewer .page-turning a").last, back=True)
    expect(page.locator("#viewer .page-turning")).to_contain_text(desk.words("ask_page_of", page=2, pages=2))
    desk.press(page.locator("#viewer .page-turning a").first, back=True)
    expect(page.locator("#viewer mark#quote")).to_have_text(quotes_of("pdf")[0])
