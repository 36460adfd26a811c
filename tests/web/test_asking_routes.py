"""What asking adds to the addresses of the page: filters, answers as files, pages of an original."""

import pytest

from assistant.web.documents.document_links import page_address
from assistant.web.documents.document_page import document_page
from assistant.web.documents.page_pictures import page_picture_page
from assistant.web.words import Words
from knowledge.page_pictures import Missing, PagePicture
from knowledge.policy import Document, Layout
from tests.knowledge.made_documents import made_document
from tests.web.reading_html import Element, read_html
from tests.web.test_server import fetch

EN, ZH = Words("en"), Words("zh")


@pytest.fixture
def document() -> Document:
    plain = made_document(
        "Fees are paid.\n\nThey are due in May.", title="Fee <Rules>", path="/documents/fees.pdf"
    )
    return Document(
        plain.id, plain.facts, plain.text, plain.language, plain.sha256, plain.path, Layout(pages=(0, 16))
    )


def main_of(html: str) -> Element:
    return read_html(html.replace("<!doctype html>\n", "")).one("main")


class TestPages:
    def test_the_text_leads_to_the_page_on_which_the_quote_stands(self, document: Document) -> None:
        link = main_of(document_page(document, [], (16, 20), ZH)).one("p", "as-printed").one("a")

        assert link.text == ZH("ask_page_image", page=2)
        assert link.attributes["href"] == page_address(document, 2, (16, 20), ZH)
        assert link.attributes["href"] == f"/documents/{document.id}/pages/2?start=16&end=20&lang=zh"

    def test_a_text_without_pages_leads_to_none(self) -> None:
        page = main_of(document_page(made_document("Fees are paid."), [], (0, 4), EN))

        assert page.all("p", "as-printed") == []

    def test_the_picture_stands_with_a_box_where_the_quote_is(self, document: Document) -> None:
        drawn = PagePicture(b"", 1240, 1754, ((10, 20, 110, 40), (10, 45, 60, 65)))

        page = main_of(page_picture_page(document, 1, (0, 4), drawn, EN))

        first, second = page.all("rect")
        assert (first.attributes["id"], first.attributes["x"], first.attributes["width"]) == (
            "quote",
            "10",
            "100",
        )
        assert "id" not in second.attributes
        source = page.one("image").attributes["href"]
        assert source == f"/documents/{document.id}/pages/1.png?start=0&end=4&lang=en"
        assert page.one("svg").attributes["aria-label"] == "Page 1 of Fee <Rules> as it is printed"
        ways = [link.text for link in page.one("p", "page-turning").all("a")]
        assert ways == [EN("ask_page_text"), EN("ask_page_after")]

    @pytest.mark.parametrize(
        ("missing", "said"),
        [("gone", "ask_original_gone"), ("changed", "ask_original_changed"), ("failed", "ask_page_failed")],
    )
    @pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
    def test_why_there_is_no_picture_is_said(
        self, document: Document, missing: Missing, said: str, words: Words
    ) -> None:
        page = main_of(page_picture_page(document, 2, None, missing, words))

        assert page.one("p", "note").text == words(said)
        assert page.all("svg") == []


class TestAddresses:
    def test_filters_are_offered_in_the_language_that_is_asked_for(self, scripted_page: str) -> None:
        assert EN("ask_document") in fetch(scripted_page, "/filters")[2]
        assert ZH("ask_document") in fetch(scripted_page, "/filters?lang=zh")[2]

    @pytest.mark.parametrize(
        "path",
        [
            "/answers/" + "x" * 22 + ".docx",
            "/answers/" + "x" * 22 + ".md?lang=zh",
            "/answers/" + "x" * 22 + ".html",
            "/answers/../settings.toml",
            "/documents/0123456789abcdef/pages/1",
            "/documents/0123456789abcdef/pages/1.png",
            "/documents/0123456789abcdef/pages/x.png",
            "/documents/0123456789abcdef/pages/99999999.png",
        ],
    )
    def test_what_is_not_there_is_not_found(self, scripted_page: str, path: str) -> None:
        status, headers, text = fetch(scripted_page, path)

        assert status == 404
        assert headers["x-content-type-options"] == "nosniff"
        assert "Traceback" not in text

    def test_an_answer_that_is_not_kept_is_said_in_the_language_of_the_page(self, scripted_page: str) -> None:
        _, _, text = fetch(scripted_page, "/answers/" + "x" * 22 + ".md?lang=zh")

        assert text == ZH("ask_answer_gone")
