"""The addresses at which everybody reads: the library, a document, what changed between two."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.people.person import Role
from assistant.web.asker import asker_of
from assistant.web.chat.exchange import PageAssistant
from assistant.web.documents.document_page import document_page, documents_page, missing_page
from assistant.web.documents.reference_links import documents_named
from assistant.web.library.diff_page import diff_page
from assistant.web.library.document_tools import document_tools
from assistant.web.library.inside_search import LONGEST_QUERY
from assistant.web.library.table_page import LIBRARY_HEAD, table_page
from assistant.web.library.table_query import Row, TableQuery
from assistant.web.library.timeline import Version
from assistant.web.navigation import bar, bar_links
from assistant.web.words import words_of
from knowledge.policy import Document
from knowledge.validity.version_diff import Change, differences
from knowledge.validity.versions import begins, instruments

if TYPE_CHECKING:
    from fastapi import FastAPI

_DIFFERENCES_KEPT = 64  # pairs of documents; two laws of 300 articles take seconds


def add_reading(app: "FastAPI", assistant: PageAssistant, *, manage: bool = False) -> None:
    """Add the addresses; `manage` says whether there is a desk to lead maintainers to."""
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    def of_asker(request: Request) -> PageAssistant:
        return assistant.for_collections(asker_of(request.scope).collections)

    @lru_cache(maxsize=_DIFFERENCES_KEPT)
    def changes(old_id: str, new_id: str) -> Sequence[Change]:  # an id is a content, which never changes
        return differences(assistant.library.sections(old_id), assistant.library.sections(new_id))

    @app.get("/bar")
    def bar_of_the_chat(request: Request, lang: str = "en") -> HTMLResponse:
        return HTMLResponse(bar_links(words_of(lang), asker_of(request.scope)))

    @app.get("/library")
    def library(request: Request, lang: str = "en") -> HTMLResponse:
        seen, words = of_asker(request), words_of(lang)
        counts = seen.library.passage_counts()
        rows = [
            Row(entry, seen.validity(entry.id), counts.get(entry.id, 0)) for entry in seen.library.entries()
        ]
        query = TableQuery.of(request.query_params)
        other = query.address(words.other_language)
        return HTMLResponse(
            table_page(rows, query, words, bar(words, asker_of(request.scope), "library", switch=other))
        )

    @app.get("/documents")
    def documents(request: Request, lang: str = "en") -> HTMLResponse:
        seen = of_asker(request)
        held = seen.library.documents()
        validities = {one.id: seen.validity(one.id) for one in held}
        return HTMLResponse(documents_page(held, words_of(lang), validities))

    @app.get("/documents/{document_id}")
    def document(
        request: Request, document_id: str, start: str = "", end: str = "", lang: str = "en"
    ) -> HTMLResponse:
        seen, words, person = of_asker(request), words_of(lang), asker_of(request.scope)
        found = seen.library.document(document_id)
        if found is None:
            return HTMLResponse(missing_page(words), status_code=404)
        highlight = (_offset(start), _offset(end)) if start or end else None
        sections, query = seen.library.sections(document_id), request.query_params.get("words", "")
        tools = document_tools(
            found,
            sections,
            versions_of(found, seen),
            query[:LONGEST_QUERY],
            date.today(),
            words,
            manage=manage and person.role.covers(Role.MAINTAINER),
        )
        asked = {**request.query_params, "lang": words.other_language}
        return HTMLResponse(
            document_page(
                found,
                sections,
                highlight,
                words,
                seen.validity(document_id),
                documents_named(seen.library),
                bar=bar(words, person, "library", switch=f"/documents/{document_id}?{urlencode(asked)}"),
                head=LIBRARY_HEAD,
                tools=tools,
            )
        )

    @app.get("/documents/{document_id}/diff")
    def diff(request: Request, document_id: str, lang: str = "en") -> HTMLResponse:
        seen, words, other_id = of_asker(request), words_of(lang), request.query_params.get("with", "")
        one, other = seen.library.document(document_id), seen.library.document(other_id)
        if one is None or other is None:
            return HTMLResponse(missing_page(words), status_code=404)
        old, new = sorted((one, other), key=lambda version: (begins(version.facts) or "", version is one))
        switch = f"/documents/{document_id}/diff?" + urlencode(
            {"with": other_id, "lang": words.other_language}
        )
        here = bar(words, asker_of(request.scope), "library", switch=switch)
        return HTMLResponse(diff_page(old, new, changes(old.id, new.id), words, here))


def versions_of(document: Document, seen: PageAssistant) -> list[Version]:
    """The versions of a document that the asker may see, itself among them, the earliest first."""
    group = next(
        (some for some in instruments(seen.library.entries()) if any(one.id == document.id for one in some)),
        [],
    )
    return [Version(entry, seen.validity(entry.id)) for entry in group]


def _offset(text: str) -> int:
    """The number that an address gives, or -1, which is an offset of no text."""
    return int(text) if text.isdecimal() and len(text) < 12 else -1
