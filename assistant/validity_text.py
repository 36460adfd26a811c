"""The warning that goes with a document that is not in force or soon will not be, wherever it is cited."""

from collections.abc import Iterable
from typing import Any

import prompts
from knowledge.policy import Document, Language, RetrievedPassage, Validity


def validity_of(document: Document, found: Iterable[RetrievedPassage]) -> Validity:
    """What search said of a document; "unknown" when it did not find it."""
    known = (one.validity for one in found if one.passage.document.id == document.id)
    return next(known, Validity("unknown"))


def warning(validity: Validity, language: Language) -> str | None:
    """One sentence that says why a document is not in force, or until when, and what takes its place.

    None when it is in force and will be for more than 90 days.

    Days are ISO 8601 in both languages.
    """
    title, date = validity.by_title, validity.by_date
    if validity.status == "not yet in force":
        return prompts.fill(f"not_yet_in_force.{language}", date=validity.begins or "")
    if validity.status == "expired":
        return prompts.fill(f"expired.{language}", date=validity.ends or "")
    if validity.status in ("superseded", "repealed") and title and date:
        return prompts.fill(f"{validity.status}.{language}", title=_named(title, language), date=date)
    if validity.ends_soon and validity.ends and title and date:
        named = _named(title, language)
        return prompts.fill(f"superseded_soon.{language}", title=named, last=validity.ends, date=date)
    if validity.ends_soon and validity.ends:
        return prompts.fill(f"ends_soon.{language}", date=validity.ends)
    return None if validity.holds else prompts.fill(f"stated_to_have_ended.{language}")


def warnings_as_json(validity: Validity) -> list[dict[str, Any]]:
    """The warning for programs, in both languages, with what has taken the place; [] for none."""
    if warning(validity, "en") is None:
        return []
    return [
        {
            "status": validity.status,
            "en": warning(validity, "en"),
            "zh": warning(validity, "zh"),
            "by_document_id": validity.by,
        }
    ]


def _named(title: str, language: Language) -> str:
    return f"《{title}》" if language == "zh" and not title.isascii() and "《" not in title else title
