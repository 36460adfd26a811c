"""What tests do on the chat page with the scripted assistant behind it, and what they look for."""

from playwright.sync_api import Locator, Page, expect

from assistant.web.words import Words
from tests.web.scripted_assistant import ANSWERS

EN, ZH = Words("en"), Words("zh")
IMPORTS, EXPORTS, CHINESE, FEE = ANSWERS
UNANSWERABLE = "What is the rate of the export tax rebate?"


def ask(page: Page, question: str, number: int = 1) -> Locator:
    """Type the question and press Enter; the answer, once it is whole."""
    page.get_by_label(EN("question")).or_(page.get_by_label(ZH("question"))).fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(f"#a{number} .answer[aria-busy=false]")
    answer.wait_for()
    return answer


def marks(page: Page, number: int = 1) -> Locator:
    return page.locator(f"#a{number} a.mark")


def quote_in_view(page: Page) -> str:
    """The highlighted text of the opened document, which must be in the window and have the focus."""
    quote = page.locator("#viewer #quote")
    expect(quote).to_be_in_viewport(ratio=1)
    expect(quote).to_be_focused()
    return str(quote.evaluate("element => element.textContent"))


def closes(page: Page) -> None:
    expect(page.locator("#viewer")).to_be_hidden()
