"""What a maintainer states of a document, in place of what its catalogue, its file or its text says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from knowledge.facts.document_facts import CHOICES, DATES
from knowledge.facts.iso_dates import first_day, is_date, last_day
from knowledge.policy import GENERAL, DocumentFacts

CORRECTABLE = (
    "title", "issuer", "number", "kind", "level", "date", "in_force_from", "in_force_until", "status",
    "collection",
)  # fmt: skip
LONGEST_FACT = 500  # characters

# By the name of a field of DocumentFacts; None states that nothing is to be stood there.
Correction = Mapping[str, str | None]

Why = Literal["missing", "too long", "choice", "date", "year", "order"]


@dataclass(frozen=True, slots=True)
class FactFault:
    """A fact that cannot be what is stated, and why."""

    name: str
    value: str
    why: Why


def fault_in(values: Mapping[str, str | None]) -> FactFault | None:
    """The first thing that is wrong with facts by name; None when all can be stored."""
    for name in ("title",):
        if not (values.get(name) or "").strip():
            return FactFault(name, "", "missing")
    for name, value in values.items():
        why = _why_not(name, value) if value is not None else None
        if why is not None:
            return FactFault(name, value or "", why)
    begins, ends = first_day(values.get("in_force_from")), last_day(values.get("in_force_until"))
    if begins and ends and ends < begins:
        return FactFault("in_force_until", values["in_force_until"] or "", "order")
    return None


def _why_not(name: str, value: str) -> Why | None:
    if len(value) > LONGEST_FACT:
        return "too long"
    if value not in CHOICES.get(name, (value,)):
        return "choice"
    if name not in DATES:
        return None
    if not is_date(value):
        return "date"
    return "year" if name != "date" and first_day(value) is None else None


def corrected(facts: DocumentFacts, correction: Correction) -> DocumentFacts:
    """The facts with what a maintainer states; that is no longer said to be found in the text."""
    values: dict[str, Any] = dict(correction)
    found = tuple(name for name in facts.found if name not in values)
    return replace(facts, **values, found=found)


def correction_of(read: DocumentFacts, stated: Mapping[str, str | None]) -> Correction:
    """What of the stated facts differs from those that were read; no collection is the general one."""
    known: dict[str, str | None] = {name: getattr(read, name) for name in stated}
    if "collection" in known:
        known["collection"] = known["collection"] or GENERAL
    return {name: value for name, value in stated.items() if known[name] != value}
