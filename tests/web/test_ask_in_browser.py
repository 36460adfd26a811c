"""Every flow of asking in a real browser, in the four views of a visitor."""

import io
import json
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from playwright.sync_api import BrowserContext, Download, expect

from assistant.web.words import Words
from knowledge.policy import Language
from tests.web.asking_assistant import APPLIES, APPLIES_ZH, DRAFTED, ENDING, FEES, FOLLOW_UP
from tests.web.many_formats import FORMATS, REFERS, quotes_of
from tests.web.visitor import VIEWS, Visitor
from tests.web.windows import begin_anew, chatting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=VIEWS, ids=str)
def window(request: pytest.FixtureRequest, browser: BrowserContext, asking_page: str) -> Iterator[Visitor]:
    with chatting(browser, asking_page, request.param) as visitor:
        yield visitor


@pytest.fixture
def visitor(window: Visitor, asking_page: str) -> Visitor:
    """Somebody who has not asked anything yet."""
    begin_anew(window.page, asking_page, window.view.language)
    return window


def test_the_page_waits_for_a_question(visitor: Visitor) -> None:
    visitor.page.reload()
    box = visitor.page.locator("#question textarea")
    expect(visitor.page.locator("#ask")).to_have_text(visitor.words("ask"))
    if visitor.view.width > 1000:  # a narrow screen's keyboard would cover what there is to read
        expect(box).to_be_focused()
    expect(box).to_have_attribute("placeholder", visitor.words("placeholder"))
    visitor.finds_it_sound()


def test_a_mark_that_is_reached_shows_its_quote_and_opens_it(visitor: Visitor) -> None:
    visitor.ask(FEES["md"])
    mark, peek = visitor.page.locator("#a1 a.mark").last, visitor.page.locator("#quote-peek")

    visitor.point_at(mark)
    expect(peek.locator("blockquote")).to_have_text(quotes_of("md")[1])
    expect(mark).to_have_attribute("aria-describedby", "quote-peek")
    visitor.finds_it_sound()
    visitor.page.keyboard.press("Escape")
    expect(peek).to_be_hidden()

    visitor.press(mark)
    expect(visitor.page.locator("#viewer #quote")).to_have_text(quotes_of("md")[1])
    expect(peek).to_be_hidden()
    visitor.finds_it_sound()
    visitor.page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_a_pointer_on_a_mark_shows_its_quote_and_leaving_hides_it(visitor: Visitor) -> None:
    visitor.ask(FEES["txt"])

    visitor.page.locator("#a1 a.mark").first.hover()
    box = visitor.page.locator("#quote-peek").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= visitor.view.width
    visitor.page.locator("#quote-peek").hover()  # what it says may be selected
    visitor.page.wait_for_timeout(300)
    expect(visitor.page.locator("#quote-peek")).to_be_visible()

    visitor.page.mouse.move(5, 300)
    expect(visitor.page.locator("#quote-peek")).to_be_hidden()


def test_one_citation_is_copied_in_official_form(visitor: Visitor) -> None:
    visitor.ask(FEES["md"])
    visitor.show_sources()

    visitor.press(visitor.page.locator("#a1-s1 .copy"))

    expect(visitor.page.locator("#a1-s1 .copy")).to_have_text(visitor.words("copied"))
    official = {
        "en": "“Fees as MD” (Ministry of Commerce, Order 2, 1 May 2021), Article 2, paragraph 1",
        "zh": "《Fees as MD》（Ministry of Commerce，Order 2，2021年5月1日）第二条第一款",
    }
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("第2条第1款", "第二条第一款") == official[visitor.words.language]
    visitor.finds_it_sound()


def test_an_answer_is_saved_as_it_was_shown(visitor: Visitor) -> None:
    visitor.ask(FEES["txt"])
    shown = [text.rpartition(" [")[0] for text in visitor.page.locator("#a1 .sentence").all_text_contents()]
    warned = visitor.page.locator("#a1-sources .validity").first.text_content() or ""

    files = {form: _saved(visitor, form) for form in ("docx", "md", "json")}

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


def _saved(visitor: Visitor, form: str) -> bytes:
    link = visitor.page.locator(f'#a1 .files a[href*=".{form}"]')
    with visitor.page.expect_download() as waiting:
        visitor.press(link)
    download: Download = waiting.value
    assert download.suggested_filename.endswith(f".{form}")
    return download.path().read_bytes()


def test_a_question_that_was_restated_is_changed_in_the_box(visitor: Visitor) -> None:
    visitor.ask(FEES["md"])
    visitor.ask(FOLLOW_UP, 2)
    told = f"{FEES['md']} {FOLLOW_UP}"
    expect(visitor.page.locator("#a2 .restated")).to_contain_text(visitor.words("restated", question=told))

    visitor.press(visitor.page.locator("#a2 .edit-question"))

    box = visitor.page.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value(told)
    visitor.page.keyboard.type("!")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#a3 .question")).to_contain_text(f"{told}!")


def test_filters_are_chosen_kept_and_removed(visitor: Visitor) -> None:
    page, words = visitor.page, visitor.words
    chip = page.locator('.chip[data-filter="kinds"]')
    page.locator("#question textarea").focus()
    visitor.press(chip.locator(".chip-open"))
    panel = page.locator("#choose-kinds")
    expect(panel.locator("input").first).to_be_focused()
    visitor.finds_it_sound()
    visitor.press(panel.locator('input[value="Measures"]'), "Space")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chip.locator(".chip-open")).to_be_focused()
    expect(chip.locator(".chip-open")).to_have_text(
        words("ask_told", name=words("ask_kind"), value="Measures")
    )

    answer = visitor.ask(FEES["md"])  # made by rules, which the filter leaves out
    expect(answer.locator(".sentence")).to_have_count(0)
    expect(page.locator("#a1 .narrowed")).to_contain_text("Measures")
    expect(visitor.ask(FEES["txt"], 2).locator(".sentence")).to_have_count(2)

    visitor.press(chip.locator(".chip-clear"))
    expect(chip.locator(".chip-open")).to_be_focused()
    expect(chip.locator(".chip-clear")).to_be_hidden()
    expect(visitor.ask(FEES["md"], 3).locator(".sentence")).to_have_count(2)
    assert page.locator("#a3 .narrowed").count() == 0


def test_that_no_document_passes_is_said(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#question textarea").focus()
    visitor.press(page.locator('.chip[data-filter="dates"] .chip-open'))
    page.locator('#choose-dates input[name="date_from"]').fill("2090-01-01")
    page.keyboard.press("Escape")

    page.locator("#question textarea").fill(FEES["md"])
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_have_text(visitor.words("ask_no_document"))
    expect(page.locator("#question textarea")).to_have_value(FEES["md"])
    visitor.finds_it_sound()


def test_filters_stay_when_the_language_changes_and_go_with_the_conversation(visitor: Visitor) -> None:
    page = visitor.page
    opened = page.locator('.chip[data-filter="validity"] .chip-open')
    opened.click()
    page.locator('#choose-validity input[name="as_of"]').fill("2021-06-01")
    page.keyboard.press("Escape")

    page.locator("#switch-language").click()
    other = Words(visitor.words.other_language)
    expect(opened).to_have_text(f"{other('ask_in_force_on')} 2021-06-01")
    page.locator("#switch-language").click()
    expect(opened).to_have_text(f"{visitor.words('ask_in_force_on')} 2021-06-01")
    visitor.ask(FEES["md"])
    expect(page.locator("#a1 .narrowed")).to_have_text(
        visitor.words("ask_told_as_of", day=visitor.words.date("2021-06-01"))
    )

    page.locator("#new-conversation").click()
    expect(opened).to_have_text(visitor.words("ask_validity"))


@pytest.mark.parametrize(("question", "language"), [(APPLIES, "en"), (APPLIES_ZH, "zh")])
def test_a_condition_is_answered_with_a_button(visitor: Visitor, question: str, language: Language) -> None:
    visitor.ask(question)
    replies = visitor.page.locator("#a1 .replies button")
    asked = Words(language)
    assert replies.all_text_contents() == [asked("ask_yes"), asked("ask_no"), asked("ask_unknown")]
    visitor.finds_it_sound()

    visitor.press(replies.nth(1))

    visitor.page.locator("#a2 .answer[aria-busy=false]").wait_for()
    expect(visitor.page.locator("#a2 .question")).to_contain_text(asked("ask_no"))
    expect(visitor.page.locator("#a2 .sentence")).to_have_count(1)
    assert visitor.page.locator(".replies").count() == 0


def test_what_is_superseded_and_what_ends_soon_is_said(visitor: Visitor) -> None:
    visitor.ask(ENDING)
    soon = {"en": "Ends soon: it is in force until 2027-01-31.", "zh": "即将失效：有效期至2027-01-31。"}
    said = visitor.page.locator("#a1-s1 .validity")
    assert said.text_content() == soon[visitor.words.language]
    visitor.ask(FEES["txt"], 2)
    assert "2024-05-01" in (visitor.page.locator("#a2-s1 .validity").text_content() or "")


def test_what_to_read_next_comes_from_the_document(visitor: Visitor) -> None:
    visitor.ask(FEES["md"])

    visitor.press(visitor.page.locator("#a1 .read-next a").first)

    expect(visitor.page.locator("#viewer #quote")).to_contain_text(REFERS)
    visitor.finds_it_sound()


def test_sentences_of_a_model_carry_what_the_check_found(visitor: Visitor) -> None:
    answer = visitor.ask(DRAFTED)

    signs = [visitor.words("verdict_supported"), visitor.words("verdict_quoted")]
    assert answer.locator(".verdict").all_text_contents() == signs
    expect(answer.get_by_role("note")).to_have_text(visitor.words("ask_withheld", count=2))


def test_the_highlight_of_a_clicked_mark_is_the_quote_in_every_format(visitor: Visitor) -> None:
    for turn, format_ in enumerate(FORMATS, start=1):
        visitor.ask(FEES[format_], turn)
        for number, quote in enumerate(quotes_of(format_)):
            visitor.page.locator(f"#a{turn} a.mark").nth(number).click()
            highlight = visitor.page.locator("#viewer #quote")
            expect(highlight).to_be_focused()
            expect(visitor.page.locator("#viewer h1")).to_have_text(f"Fees as {format_.upper()}")
            assert highlight.text_content() == quote
            visitor.page.keyboard.press("Escape")
            expect(visitor.page.locator("#viewer")).to_be_hidden()


def test_a_page_of_a_pdf_is_shown_with_the_quote_marked(visitor: Visitor, asking_page: str) -> None:
    page = visitor.page
    visitor.ask(FEES["pdf"])
    visitor.press(page.locator("#a1 a.mark").first)
    page.locator("#viewer #quote").wait_for()

    visitor.press(page.locator("#viewer .as-printed a"))

    picture = page.locator("#viewer .page-picture image")
    expect(picture).to_be_visible()
    expect(page.locator("#viewer rect#quote")).to_be_focused()
    drawn = page.request.get(asking_page + (picture.get_attribute("href") or ""))
    assert drawn.headers["content-type"] == "image/png"
    visitor.finds_it_sound()
    visitor.press(page.locator("#viewer .page-turning a").last)
    expect(page.locator("#viewer .page-turning")).to_contain_text(
        visitor.words("ask_page_of", page=2, pages=2)
    )
    visitor.press(page.locator("#viewer .page-turning a").first)
    expect(page.locator("#viewer mark#quote")).to_have_text(quotes_of("pdf")[0])
