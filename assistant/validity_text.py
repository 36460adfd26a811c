"""The warning that goes with a document that is not in force, the same wherever it is cited."""

from collections.abc import Iterable
from typing import Any

import prompts
from knowledge.policy import Document, Language, RetrievedPassage, Validity


def validity_of(document: Document, found: Iterable[RetrievedPassage]) -> Validity:
    """What search said of a document; "unknown" when it did not find it."""
    known = (one.validity for one in found if one.passage.document.id == document.id)
    return next(known, Validity("unknown"))


def warning(validity: Validity, language: Language) -> str | None:
    """One sentence that says why a document is not in force and what has taken its place; None when it is.

    Days are ISO 8601 in both languages.
    """
    title, date = validity.by_title, validity.by_date
    if validity.status == "not yet in force":
        return prompts.fill(f"not_yet_in_force.{language}", date=validity.begins or "")
    if validity.status == "expired":
        return prompts.fill(f"expired.{language}", date=validity.ends or "")
    if validity.status in ("superseded", "repealed") and title and date:
        shown = f"《{title}》" if language == "zh" and not title.isascii() and "《" not in title else title
        return prompts.fill(f"{validity.status}.{language}", title=shown, date=date)
    return None if validity.holds else prompts.fill(f"stated_to_have_ended.{language}")


def warnings_as_json(validity: Validity) -> list[dict[str, Any]]:
    """The warning for programs, in both languages, with what has taken the place; [] for none."""
    if validity.holds:
        return []
    return [
        {
            "status": validity.status,
            "en": warning(validity, "en"),
            "zh": warning(validity, "zh"),
            "by_document_id": validity.by,
        }
    ]
