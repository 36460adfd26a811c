"""Documents, clauses, passages and checks as objects for programs: what REST and MCP both send."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from assistant.answering import Sources
from assistant.claims.claim_support import ClaimSupport
from assistant.claims.claim_tasks import ClaimTask
from assistant.claims.claim_tasks import as_json as claim_as_json
from assistant.validity_text import warnings_as_json
from knowledge.clauses.clause_finding import FoundClause
from knowledge.clauses.locators import locate
from knowledge.policy import Document, Entry, Passage, RetrievedPassage, Section, Validity


def link(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """Where a person reads the document on this server, at a stretch of its text if one is given."""
    address = f"/documents/{document_id}"
    return address if start is None else f"{address}?{urlencode({'start': start, 'end': end})}#quote"


def document_object(document: Document | Entry, validity: Validity) -> dict[str, Any]:
    """What is known of a document, without its text."""
    facts = {name: value for name, value in asdict(document.facts).items() if value not in (None, ())}
    return {
        "id": document.id,
        "title": document.facts.title,
        "language": document.language,
        "collection": document.collection,
        "facts": facts,
        "validity": validity_object(validity),
        "link": link(document.id),
    }


def validity_object(validity: Validity) -> dict[str, Any]:
    """What a document is today, with the warning that goes with it."""
    return {
        "status": validity.status,
        "begins": validity.begins,
        "ends": validity.ends,
        "by_document_id": validity.by,
        "warnings": warnings_as_json(validity),
    }


def section_object(section: Section) -> dict[str, Any]:
    """Where a section stands and under which headings."""
    return {
        "anchor": section.anchor,
        "headings": list(section.heading_path),
        "start": section.start,
        "end": section.end,
        "locator": locators(section, section.start, section.end),
    }


def clause_object(clause: FoundClause) -> dict[str, Any]:
    """One clause with its words and its place."""
    document = clause.section.document
    return {
        "document_id": document.id,
        "document": document.title,
        "document_sha256": document.sha256,
        "locator": locators(clause.section, clause.start, clause.end),
        "headings": list(clause.section.heading_path),
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "link": link(document.id, clause.start, clause.end),
    }


def locators(section: Section, start: int, end: int) -> dict[str, str]:
    """How a stretch of a section is cited, in both languages."""
    return {"en": locate(section, start, end, "en"), "zh": locate(section, start, end, "zh")}


def found_object(found: RetrievedPassage) -> dict[str, Any]:
    """A passage that search found, with its words and its place."""
    return {
        **passage_object(found.passage),
        "score": round(found.score, 6),
        "found_by": sorted(found.found_by),
        "warnings": warnings_as_json(found.validity),
    }


def passage_object(passage: Passage) -> dict[str, Any]:
    """A passage: `text` is the stored text of its document from `start` to `end`."""
    document = passage.document
    return {
        "passage_id": passage.id,
        "document_id": document.id,
        "document": document.title,
        "locator": locators(passage.section, passage.start, passage.end),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "link": link(document.id, passage.start, passage.end),
    }


def sources_object(sources: Sources) -> dict[str, Any]:
    """The first event of an answer."""
    return {
        "standalone_question": sources.standalone_question,
        "passages": [found_object(found) for found in sources.passages],
    }


def check_object(support: ClaimSupport, found: Iterable[RetrievedPassage] = ()) -> dict[str, Any]:
    """The judgement on a claim, as `policy-assistant check` writes it, without an id.

    Evidence from the library has its document and its offsets into the document's stored text.
    """
    checked = claim_as_json(ClaimTask("", support.claim, ()), support)
    del checked["id"]
    passages = {one.passage.id: one.passage for one in found}
    for sentence in checked["sentences"]:
        sentence["evidence"] = [
            _in_document(one, passages.get(one["passage_id"])) for one in sentence["evidence"]
        ]
    return {"claim": support.claim, **checked}


def _in_document(evidence: dict[str, Any], passage: Passage | None) -> dict[str, Any]:
    if passage is None:
        return evidence
    start, end = passage.start + evidence["start"], passage.start + evidence["end"]
    return {
        **evidence,
        "start": start,
        "end": end,
        "document_id": passage.document.id,
        "document": passage.document.title,
        "locator": locators(passage.section, start, end),
        "link": link(passage.document.id, start, end),
    }


def page_of(held: Sequence[Any], offset: int, limit: int) -> dict[str, Any]:
    """The frame of one page of a list: how much there is, and where the next page begins."""
    following = offset + limit
    return {"total": len(held), "offset": offset, "next_offset": following if following < len(held) else None}
