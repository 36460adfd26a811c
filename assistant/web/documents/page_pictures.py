"""The pages of an original PDF as they are printed, with the quote marked: a picture and a page around it."""

from html import escape
from typing import TYPE_CHECKING

from assistant.web.chat.exchange import PageAssistant
from assistant.web.documents.document_links import page_address, place_query
from assistant.web.documents.document_page import Span, missing_page, page
from assistant.web.documents.validity_note import validity_note
from assistant.web.words import Words
from knowledge.page_pictures import Missing, PagePicture, PagePictures, has_pages
from knowledge.policy import Document, Validity

if TYPE_CHECKING:
    from fastapi import FastAPI

_SAID: dict[Missing, str] = {
    "gone": "ask_original_gone",
    "changed": "ask_original_changed",
    "failed": "ask_page_failed",
}


def page_picture_page(
    document: Document,
    number: int,
    quote: Span | None,
    drawn: PagePicture | Missing,
    words: Words,
    validity: Validity = Validity("unknown"),  # noqa: B008 (frozen, no state)
) -> str:
    """The page around the picture of page `number`; the box around the quote carries the id "quote"."""
    shown = _figure(document, number, quote, drawn, words)
    if not isinstance(drawn, PagePicture):
        shown = f'<p class="note">{escape(words(_SAID[drawn]))}</p>'
    main = (
        f'<header class="document-head"><h1 lang="{document.language}">{escape(document.title)}</h1>'
        f"{validity_note(validity, words)}{_turning(document, number, quote, words)}</header>{shown}"
    )
    return page(document.title, main, words)


def add_page_pictures(app: "FastAPI", assistant: PageAssistant) -> None:
    """Two addresses a page: the page to look at, and the picture on it."""
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse

    from assistant.web.asker import asker_of

    pictures = PagePictures()

    def found(request: Request, document_id: str, number: int) -> Document | None:
        seen = assistant.for_collections(asker_of(request.scope).collections)
        document = seen.library.document(document_id)
        there = document is not None and has_pages(document) and 1 <= number <= len(document.layout.pages)
        return document if there else None

    @app.get("/documents/{document_id}/pages/{number}.png")
    def page_picture(
        request: Request, document_id: str, number: int, start: str = "", end: str = ""
    ) -> Response:
        document = found(request, document_id, number)
        if document is None:
            return Response("There is nothing at this address.", 404, media_type="text/plain")
        drawn = pictures.picture(document, number, _span(document, start, end))
        if not isinstance(drawn, PagePicture):
            return Response(Words("en")(_SAID[drawn]), 404, media_type="text/plain")
        return Response(drawn.png, media_type="image/png", headers={"cache-control": "private, max-age=600"})

    @app.get("/documents/{document_id}/pages/{number}")
    def picture_page(
        request: Request, document_id: str, number: int, start: str = "", end: str = "", lang: str = "en"
    ) -> HTMLResponse:
        words = Words("zh" if lang == "zh" else "en")
        document = found(request, document_id, number)
        if document is None:
            return HTMLResponse(missing_page(words), status_code=404)
        quote = _span(document, start, end)
        drawn = pictures.picture(document, number, quote)
        validity = assistant.for_collections(asker_of(request.scope).collections).validity(document_id)
        return HTMLResponse(page_picture_page(document, number, quote, drawn, words, validity))


def _figure(
    document: Document, number: int, quote: Span | None, drawn: PagePicture | Missing, words: Words
) -> str:
    if not isinstance(drawn, PagePicture):
        return ""
    width, height = drawn.width, drawn.height
    source = f"/documents/{document.id}/pages/{number}.png?{place_query(quote, words)}"
    named = escape(words("ask_page_alt", page=number, title=document.title))
    boxes = [
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}"'
        f"{_quote_name(words) if at == 0 else ''}/>"
        for at, (left, top, right, bottom) in enumerate(drawn.marked)
    ]
    return (
        f'<figure class="page-picture"><svg viewBox="0 0 {width} {height}" role="group" aria-label="{named}">'
        f'<image href="{escape(source)}" width="{width}" height="{height}"/>{"".join(boxes)}</svg></figure>'
    )


def _quote_name(words: Words) -> str:
    return f' id="quote" tabindex="-1" role="img" aria-label="{escape(words("ask_page_quote"))}"'


def _turning(document: Document, number: int, quote: Span | None, words: Words) -> str:
    """The way to the page before and after, and back to the text."""
    pages = len(document.layout.pages)
    links = []
    for key, to in (("ask_page_before", number - 1), ("ask_page_after", number + 1)):
        if 1 <= to <= pages:
            href = escape(page_address(document, to, quote, words))
            links.append(f'<a data-open href="{href}">{escape(words(key))}</a>')
    anchor = "#quote" if quote else ""
    href = escape(f"/documents/{document.id}?{place_query(quote, words)}{anchor}")
    text = f'<a data-open href="{href}">{escape(words("ask_page_text"))}</a>'
    where = f"<span>{escape(words('ask_page_of', page=number, pages=pages))}</span>"
    return f'<p class="page-turning">{text}{where}{"".join(links)}</p>'


def _span(document: Document, start: str, end: str) -> Span | None:
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        return None
    span = (int(start), int(end))
    return span if 0 <= span[0] < span[1] <= len(document.text) else None
