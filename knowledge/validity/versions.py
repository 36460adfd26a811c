"""Versions of one instrument, and from when until when each is in force: worked out from facts alone.

A version is in force from the day it takes effect until the next one is, until its term ends, or until the
day from which another document repeals it. A changed law still says from when its first version was in force,
so a version begins with its own date where that is the later one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.facts.instrument_names import means, number_in, plain_number, plain_title, without_number
from knowledge.facts.iso_dates import first_day, last_day
from knowledge.policy import DocumentFacts, Ending, Entry, Status, Validity

_SOON = timedelta(days=90)

# Every year there is another speech, and every week another notice, with the same title.
_NEVER_VERSIONS = frozenset({"notice", "speech"})
_STATED_ENDS = frozenset(
    [
        "失效",
        "已失效",
        "废止",
        "已废止",
        "已被废止",
        "repealed",
        "revoked",
        "rescinded",
        "expired",
        "terminated",
        "inactive",
        "superseded",
    ]
)


@dataclass(frozen=True, slots=True)
class Span:
    """When a document is in force; None for an end that is not known. Days are ISO 8601, inclusive."""

    begins: str | None
    ends: str | None = None
    ending: Ending | None = None  # what ends it
    by: str | None = None  # id of the document that ends it

    def status(self, day: str) -> Status:
        """What it is on a day."""
        if self.ending == "stated":
            return "repealed"
        if self.begins is None and self.ends is None:
            return "unknown"
        if self.begins is not None and day < self.begins:
            return "not yet in force"
        if self.ends is None or day <= self.ends:
            return "in force"
        return self.ending or "expired"


class _Names:
    """Looks documents up by what a text or a catalogue calls them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for name in {plain_title(entry.facts.title), plain_number(entry.facts.number or "")} - {""}:
                self._entries[name].append(entry)

    def by(self, name: str) -> list[Entry]:
        """The documents that the name means."""
        keys = {plain_title(name), plain_title(without_number(name)), plain_number(name)}
        keys |= {plain_number(number)} if (number := number_in(name)) else set()
        known = {entry.id: entry for key in keys for entry in self._entries.get(key, ())}
        return [entry for entry in known.values() if means(name, entry.facts.title, entry.facts.number)]


def begins(facts: DocumentFacts) -> str | None:
    """The first day on which a document can be in force, None where nothing dates it."""
    known = [day for day in (first_day(facts.in_force_from), first_day(facts.date)) if day is not None]
    return max(known, default=None)


def instruments(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Documents that are versions of one instrument, together, the earliest first; undated ones come first.

    They have one title but for what names the version, and issuers, or else levels of authority, that do not
    differ. What is known by its title alone, an order, a notice and a speech are nobody's version.
    """
    by_title: dict[str, list[list[Entry]]] = defaultdict(list)
    single: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: (begins(entry.facts) or "", entry.id)):
        facts = entry.facts
        named = facts.issuer or facts.level or facts.number
        if facts.level in _NEVER_VERSIONS or not named or plain_title(facts.title).endswith("令"):
            single.append([entry])
            continue
        groups = by_title[f"{entry.language} {plain_title(facts.title)}"]
        own = next((group for group in groups if all(_agree(one.facts, facts) for one in group)), None)
        if own is None:
            groups.append([entry])
        else:
            own.append(entry)
    return [*single, *(group for groups in by_title.values() for group in groups)]


def spans(entries: Sequence[Entry]) -> dict[str, Span]:
    """When each document is in force, by id."""
    found: dict[str, Span] = {}
    for versions in instruments(entries):
        days = [begins(version.facts) for version in versions]
        for version, day in zip(versions, days, strict=True):
            # Two copies of one version begin on one day, and neither ends the other.
            later = [
                (other_day, other.id)
                for other, other_day in zip(versions, days, strict=True)
                if day is not None and other_day is not None and other_day > day
            ]
            found[version.id] = _span(version.facts, day, min(later, default=None))
    return _with_endings(entries, found)


def validity(span: Span, day: str, entries: Mapping[str, Entry]) -> Validity:
    """What a document is on a day, with what has ended or will end it."""
    by = entries.get(span.by) if span.by else None
    status = span.status(day)
    soon = span.ends is not None and date.fromisoformat(span.ends) - date.fromisoformat(day) <= _SOON
    return Validity(
        status,
        begins=span.begins,
        ends=span.ends,
        by=span.by,
        by_title=by.facts.title if by else None,
        by_date=begins(by.facts) if by else None,
        ends_soon=status == "in force" and soon,
    )


def _agree(one: DocumentFacts, other: DocumentFacts) -> bool:
    if one.issuer and other.issuer:
        return plain_title(one.issuer) == plain_title(other.issuer)
    return one.level is None or other.level is None or one.level == other.level


def _span(facts: DocumentFacts, day: str | None, following: tuple[str, str] | None) -> Span:
    if facts.status is not None and facts.status.strip().casefold() in _STATED_ENDS:
        return Span(day, ending="stated")
    span = Span(day)
    until = last_day(facts.in_force_until)
    if until is not None:
        span = Span(day, until, "expired")
    return _earlier(span, following, "superseded") if following else span


def _with_endings(entries: Sequence[Entry], found: dict[str, Span]) -> dict[str, Span]:
    """The spans, each cut short where another document repeals or supersedes it by its title or number."""
    named = _Names(entries)
    for ender in entries:
        facts = ender.facts
        # A clause that repeals took effect with the first version; whatever is younger, it cannot mean.
        since = first_day(facts.in_force_from) or first_day(facts.date)
        endings: tuple[tuple[Ending, tuple[str, ...]], ...] = (
            ("repealed", facts.repeals),
            ("superseded", facts.supersedes),
        )
        if since is None:
            continue  # nobody knows from when
        for ending, names in endings:
            for ended in (entry for name in names for entry in named.by(name)):
                day = found[ended.id].begins
                is_older = day is None or day < since
                # Its own earlier versions end as versions do.
                if is_older and plain_title(ended.facts.title) != plain_title(facts.title):
                    found[ended.id] = _earlier(found[ended.id], (since, ender.id), ending)
    return found


def _earlier(span: Span, following: tuple[str, str], ending: Ending) -> Span:
    """The span, ended by the day before another document takes effect, unless it ends sooner."""
    day, by = following
    last = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    if span.ending == "stated" or (span.ends is not None and span.ends <= last):
        return span
    return Span(span.begins, last, ending, by)
