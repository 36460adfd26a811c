"""How the page leads to documents: the address of a quote, one line of facts, a list to open from."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

from assistant.web.documents.validity_note import validity_note
from assistant.web.own_language import in_own_language
from assistant.web.words import Words
from knowledge.policy import Document, Validity


def address(document: Document, start: int, end: int, words: Words) -> str:
    """Where the document opens with `text[start:end]` highlighted."""
    query = urlencode({"start": start, "end": end, "lang": words.language})
    return f"/documents/{document.id}?{query}#quote"


def page_address(document: Document, number: int, quote: tuple[int, int] | None, words: Words) -> str:
    """Where page `number`, from 1, of the original opens, with the quote marked if there is one."""
    return f"/documents/{document.id}/pages/{number}?{place_query(quote, words)}"


def place_query(quote: tuple[int, int] | None, words: Words) -> str:
    """The part of an address that names a quote, and the language of the page."""
    place = {"start": quote[0], "end": quote[1]} if quote else {}
    return urlencode({**place, "lang": words.language})


def facts_line(document: Document, words: Words) -> str:
    """Issuer and date in one line of HTML, each said to be missing where nobody has stated it."""
    issuer = in_own_language(document.facts.issuer or "") or escape(words("issuer_missing"))
    return escape(words("joiner")).join((issuer, escape(words.date(document.facts.date))))


def document_list(
    documents: Iterable[Document],
    words: Words,
    validities: Mapping[str, Validity] = {},
) -> str:
    """Documents by title, each a link that opens it in the panel; what is not in force says so.

    `validities` by document id; a document without one is taken for unknown, which says nothing.
    """
    items = "".join(
        f'<li><a data-open href="/documents/{document.id}?lang={words.language}">'
        f'<span lang="{document.language}">{escape(document.title)}</span></a>'
        f'<span class="card-facts">{facts_line(document, words)}</span>'
        f"{validity_note(validities.get(document.id, Validity('unknown')), words, linked=False)}</li>"
        for document in documents
    )
    return f'<ul class="at-hand">{items}</ul>'
