"""What is known of a document: what its catalogue says, else its file, else its text."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

from knowledge.facts.facts_in_text import FactValue, facts_in_text
from knowledge.facts.iso_dates import is_date
from knowledge.facts.title_in_text import title_in
from knowledge.policy import DocumentFacts, Language, Level

FACT_NAMES = tuple(field.name for field in fields(DocumentFacts) if field.name != "found")
LISTS = frozenset({"amends", "supersedes", "repeals"})
DATES = frozenset({"date", "in_force_from", "in_force_until"})
CHOICES: Mapping[str, tuple[str, ...]] = {"language": get_args(Language), "level": get_args(Level)}


def facts_of(
    catalogued: DocumentFacts | None, stated: Mapping[str, FactValue], text: str, path: Path
) -> DocumentFacts:
    """The facts of a document, those that only its text gives named in `found`.

    `stated` are fields by name that the file's format holds beside its words; one that does not fit its
    field, such as a date that is none, is passed over. Without any title the file's name stands in, without
    its suffix.
    """
    values: dict[str, Any] = {name: value for name, value in stated.items() if _fits(name, value)}
    if catalogued is not None:
        values |= {
            name: value for name in FACT_NAMES if (value := getattr(catalogued, name)) not in (None, ())
        }
    own_title = None if "title" in values else title_in(text)
    title = values.get("title", own_title)
    found: dict[str, Any] = facts_in_text(text, title) | ({"title": own_title} if own_title else {})
    found = {name: value for name, value in found.items() if name not in values}
    facts = DocumentFacts(**({"title": path.stem} | values | found))
    return replace(facts, found=tuple(name for name in FACT_NAMES if name in found))


def _fits(name: str, value: FactValue) -> bool:
    if name in LISTS:
        return isinstance(value, tuple) and all(isinstance(one, str) and one.strip() for one in value)
    if name not in FACT_NAMES or not isinstance(value, str) or not value.strip():
        return False
    return (name not in DATES or is_date(value)) and value in CHOICES.get(name, (value,))
