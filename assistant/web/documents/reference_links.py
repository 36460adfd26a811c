"""References in a document as links: to the clause in the same document, or in another one of the library."""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from assistant.web.chat.exchange import PageLibrary
from assistant.web.documents.document_links import address
from assistant.web.words import Words
from knowledge.clauses.cross_references import Clauses, references_in
from knowledge.clauses.reference import Reference
from knowledge.facts.titles import normal_title
from knowledge.policy import Document, Section

Named = Callable[[str], list[Section]]  # a title -> the sections of the one document that has it, or none


class Link(NamedTuple):
    """Characters of a document's text that lead somewhere."""

    start: int
    end: int
    opening: str  # the <a …> tag


def documents_named(library: PageLibrary) -> Named:
    """How the documents of a library are found by title; a title that several have finds none."""
    by_title: dict[str, list[str]] = {}

    def named(title: str) -> list[Section]:
        if not by_title:
            for entry in library.entries():
                by_title.setdefault(normal_title(entry.facts.title), []).append(entry.id)
        ids = by_title.get(normal_title(title), [])
        return library.sections(ids[0]) if len(ids) == 1 else []

    return named


def links_of(document: Document, sections: list[Section], named: Named, words: Words) -> list[Link]:
    """The links of a document in the order of its text; what cannot be resolved for certain is none."""
    own = Clauses(sections)
    title = normal_title(document.title)
    others: dict[str, Clauses] = {}

    def clauses_named(name: str) -> Clauses:
        if name not in others:
            others[name] = Clauses(named(name))
        return others[name]

    def links() -> Iterator[Link]:
        for section in sections:
            for reference in references_in(section):
                elsewhere = reference.document is not None and normal_title(reference.document) != title
                if elsewhere:
                    opening = _to_clause(clauses_named(reference.document or ""), reference, None, words)
                else:
                    opening = _to_clause(own, reference, section, words)
                if opening:
                    yield Link(reference.start, reference.end, opening)

    return list(links())


def _to_clause(clauses: Clauses, reference: Reference, origin: Section | None, words: Words) -> str:
    target = clauses.target(reference, origin)
    if target is None:
        return ""
    section, (start, end) = target
    if origin is not None and (start, end) == (section.start, section.end):
        return f'<a class="reference" href="#{section.anchor}">'
    return f'<a class="reference" data-open href="{escape(address(section.document, start, end, words))}">'
