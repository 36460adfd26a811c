"""What a keeper of the library has to know of its documents: what ends, what has ended, what is not known."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.facts.iso_dates import first_day
from knowledge.policy import Entry
from knowledge.validity.versions import Span, begins, instruments, spans

Concern = Literal[
    "expired", "expires soon", "ends soon", "repealed", "superseded", "not yet in force",
    "copies", "undated version", "undated repeal", "missing",
]  # fmt: skip
# Somebody has to decide something about these; the others are only good to know.
NEED_ACTION: frozenset[Concern] = frozenset(
    {"expired", "expires soon", "ends soon", "repealed", "undated version", "undated repeal"}
)
_WANTED = ("date", "issuer", "level")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of one document."""

    concern: Concern
    document_id: str
    told: str  # the rest of a sentence that begins with the document's title


def findings(entries: Sequence[Entry], today: date, within: int) -> list[Finding]:
    """Everything to know of the documents on a day, by concern, then title; `within` is a number of days."""
    by_id = {entry.id: entry for entry in entries}
    found = [
        finding
        for id_, span in spans(entries).items()
        for finding in _of_span(by_id[id_], span, by_id, today, within)
    ]
    found += [finding for versions in instruments(entries) for finding in _of_versions(versions)]
    found += [finding for entry in entries for finding in _of_facts(entry)]
    order = {concern: place for place, concern in enumerate(Concern.__args__)}  # type: ignore[attr-defined]
    return sorted(
        found, key=lambda one: (order[one.concern], by_id[one.document_id].facts.title, one.document_id)
    )


def _of_span(
    entry: Entry, span: Span, by_id: Mapping[str, Entry], today: date, within: int
) -> Iterator[Finding]:
    status = span.status(today.isoformat())
    by = f" by {by_id[span.by].facts.title} of {begins(by_id[span.by].facts)}" if span.by else ""
    if status == "not yet in force":
        yield Finding(status, entry.id, f"is not in force before {span.begins}")
    elif span.ending == "stated":
        yield Finding("repealed", entry.id, f"is stated to have ended: {entry.facts.status}")
    elif status in ("superseded", "repealed", "expired"):
        yield Finding(status, entry.id, f"is {status}{by}: its last day was {span.ends}")
    elif span.ends is not None and span.ends <= (today + timedelta(days=within)).isoformat():
        concern: Concern = "expires soon" if span.ending == "expired" else "ends soon"
        yield Finding(concern, entry.id, f"is in force until {span.ends}, then {span.ending}{by}")


def _of_versions(versions: Sequence[Entry]) -> Iterator[Finding]:
    days = Counter(begins(version.facts) for version in versions)
    for version in versions:
        day = begins(version.facts)
        if len(versions) > 1 and day is None:
            told = f"is one of {len(versions)} versions and says nothing of when it is in force"
            yield Finding("undated version", version.id, told)
        elif days[day] > 1:
            yield Finding("copies", version.id, f"is here {days[day]} times in the version of {day}")


def _of_facts(entry: Entry) -> Iterator[Finding]:
    facts = entry.facts
    if (facts.repeals or facts.supersedes) and begins(facts) is None:
        ended = ", ".join((*facts.repeals, *facts.supersedes))
        yield Finding("undated repeal", entry.id, f"ends {ended}, but nothing says from when")
    missing = [name for name in _WANTED if getattr(facts, name) is None]
    if facts.date is not None and first_day(facts.date) is None:
        missing.insert(0, "year of its date")
    if missing:
        yield Finding("missing", entry.id, f"has no {', no '.join(missing)}")
