"""Guidance as JSON for other programs; docs/guidance.md says what each field means."""

from typing import Any

from assistant.answer import Citation
from assistant.guidance.guidance import Facet, FacetGuidance, Guidance, Provision, Ruling
from assistant.guidance.table import closing_notes, opening_note
from assistant.validity_text import warnings_as_json
from knowledge.clauses.locators import locate
from knowledge.policy import RetrievedPassage


def as_json(guidance: Guidance) -> dict[str, Any]:
    """The whole table; offsets are into the document's stored text, end exclusive."""
    return {
        "description": guidance.description,
        "language": guidance.language,
        "framing": opening_note(guidance, guidance.language),
        "facets": [_facet(one) for one in guidance.facets],
        "not_covered": [one.facet.label for one in guidance.not_covered],
        "notes": list(closing_notes(guidance, guidance.language)),
        "withheld": guidance.withheld,
        "local_documents_left_out": guidance.places_left_out,
    }


def _facet(one: FacetGuidance) -> dict[str, Any]:
    return {
        **_named(one.facet),
        "covered": bool(one.provisions),
        "provisions": [_provision(provision) for provision in one.provisions],
        "nearest": [_nearest(near) for near in one.nearest],
    }


def _named(facet: Facet) -> dict[str, Any]:
    return {
        "matter": facet.matter or None,
        "label": facet.label,
        "words": facet.words,
        "start": facet.span.start,
        "end": facet.span.end,
    }


def _provision(provision: Provision) -> dict[str, Any]:
    main = provision.main
    return {
        "force": main.force.value,
        "once_met": main.once_met.value if main.once_met else None,
        "bearer": main.bearer,
        "text": provision.sentence.text,
        "verdict": provision.sentence.verdict.value,
        "rulings": [_ruling(ruling) for ruling in provision.rulings],
        "citations": [_citation(citation) for citation in provision.citations],
        "list_goes_on": provision.goes_on,
        "warnings": warnings_as_json(provision.validity),
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    condition = ruling.condition
    return {
        "force": ruling.force.value,
        "once_met": ruling.once_met.value if ruling.once_met else None,
        "bearer": ruling.bearer,
        "start": ruling.start,
        "end": ruling.end,
        "condition": condition
        and {
            "kind": condition.kind,
            "quote": condition.quote,
            "start": condition.start,
            "end": condition.end,
        },
    }


def _citation(citation: Citation) -> dict[str, Any]:
    section = citation.passage.section
    return {
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "document_id": citation.document.id,
        "document": citation.document.title,
        "document_sha256": citation.document.sha256,
        "locator": {
            "en": locate(section, citation.start, citation.end, "en"),
            "zh": locate(section, citation.start, citation.end, "zh"),
        },
    }


def _nearest(near: RetrievedPassage) -> dict[str, Any]:
    passage = near.passage
    return {
        "passage_id": passage.id,
        "document": passage.document.title,
        "text": passage.text,
        "warnings": warnings_as_json(near.validity),
    }
