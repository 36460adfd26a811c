"""Which documents a question may find: in force, readable for the asker, within the filters.

It is worked out once for each kind of question and kept until the library changes.
"""

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from knowledge.library import Library
from knowledge.policy import Document, Entry, Filters
from knowledge.validity.in_force import InForce

_KEPT = 32  # scopes; one of a library of 25,000 documents is 2 MB at most
_SPARE = 1.5  # times as many are asked for as a scope's share of the library would need
# The keyword index takes 4 ms for a list of 1,000 documents, and 10 ms for one of 2,500.
_FEW_DOCUMENTS = 1_000
# The vector index compares every passage of the documents in a list. For each it takes as long as for half a
# place of a ranking of everything the first time, and a tenth of that from then on.
_COMPARED_FOR_A_PLACE = 4
_FEW_PASSAGES = 40_000  # that are compared where the first places go to others; what stays in memory
_DEEPER = 4  # times as many are asked for where other documents take the first places
_DEEPEST = 20_000

Scored = list[tuple[str, float]]  # (passage id, score), best first
# How many, and in which documents (None for all of them) -> the best.
Ask = Callable[[int, Sequence[str] | None], Scored]


@dataclass(frozen=True)
class Scope:
    """The documents that may be found; None for every document of the library.

    An index slows down with a long list of documents, so it gets a short one only; otherwise it is asked for
    more than needed, and what lies outside is left out here.
    """

    document_ids: frozenset[str] | None
    passages: int  # that they hold
    of: int  # passages that the library holds

    @property
    def is_empty(self) -> bool:
        """Whether nothing may be found."""
        return self.document_ids is not None and not self.document_ids

    def by_words(self, depth: int, ask: Ask) -> Scored:
        """The first `depth` of the keyword index's ranking that lie in the scope."""
        if self.document_ids is None:
            return ask(depth, None)
        if len(self.document_ids) > _FEW_DOCUMENTS:
            asked = self._likely_enough(depth)
            ranking = ask(asked, None)
            kept = self._inside(ranking)
            if len(kept) >= depth or len(ranking) < asked:
                return kept[:depth]
        return ask(depth, self._ids)

    def by_meaning(self, depth: int, ask: Ask) -> Scored:
        """The same of the vector index, which finds fewer where 20,000 passages outside are nearer."""
        if self.document_ids is None:
            return ask(depth, None)
        asked = self._likely_enough(depth)
        if self.passages <= _COMPARED_FOR_A_PLACE * asked:
            return ask(depth, self._ids)
        while True:
            ranking = ask(asked, None)
            kept = self._inside(ranking)
            if len(kept) >= depth or len(ranking) < asked or asked >= _DEEPEST:
                return kept[:depth]
            if self.passages <= _FEW_PASSAGES:
                return ask(depth, self._ids)
            asked = min(_DEEPER * asked, _DEEPEST)

    def _likely_enough(self, depth: int) -> int:
        return math.ceil(_SPARE * depth * self.of / self.passages) if self.passages else 0

    def _inside(self, ranking: Scored) -> Scored:
        ids = self.document_ids or frozenset()
        return [pair for pair in ranking if document_of(pair[0]) in ids]

    @cached_property
    def _ids(self) -> Sequence[str]:
        return sorted(self.document_ids or ())


@dataclass(slots=True)
class _Known:
    """What was worked out from one state of the library."""

    changes: int
    passages: int
    is_settled: bool
    scopes: OrderedDict[tuple[Filters, frozenset[str] | None], Scope] = field(default_factory=OrderedDict)


class Findable:
    """The scope of every question over one library; safe to use from several threads."""

    def __init__(self, library: Library, in_force: InForce) -> None:
        self.in_force = in_force
        self._library = library
        self._counts: dict[
            str, int
        ] = {}  # passages of each document; they do not change while its id does not
        self._known: _Known | None = None

    def scope(self, filters: Filters, collections: frozenset[str] | None) -> Scope:
        """What someone may find who may read these collections (None for all) and asks with these filters."""
        known = self._now_known()
        key = replace(filters, as_of=self.in_force.day(filters.as_of)), collections
        scope = known.scopes.get(key)
        if scope is None:
            scope = known.scopes[key] = self._worked_out(known, *key)
            while len(known.scopes) > _KEPT:
                known.scopes.popitem(last=False)
        return scope

    def _worked_out(self, known: _Known, filters: Filters, collections: frozenset[str] | None) -> Scope:
        entries = self.in_force.entries()
        out: frozenset[str] = frozenset()
        if not filters.include_superseded:
            out = self.in_force.not_in_force(filters.as_of).difference(filters.document_ids)
        ids = frozenset(
            id_
            for id_, entry in entries.items()
            if id_ not in out
            and (collections is None or entry.collection in collections)
            and passes(entry, filters)
        )
        # After a killed run the indexes hold passages of documents that are not in the library yet.
        if len(ids) == len(entries) and known.is_settled:
            return Scope(None, known.passages, known.passages)
        return Scope(ids, sum(self._counts.get(id_, 0) for id_ in ids), known.passages)

    def _now_known(self) -> _Known:
        known, changes = self._known, self._library.changes
        if known is None or known.changes != changes:
            entries = self.in_force.entries()
            new = [id_ for id_ in entries if id_ not in self._counts]
            self._counts = {
                id_: count
                for id_, count in {**self._counts, **self._library.passage_counts(new)}.items()
                if id_ in entries
            }
            passages = sum(self._counts.values())
            known = self._known = _Known(changes, passages, self._library.is_settled())
        return known


def document_of(passage_id: str) -> str:
    """The id of the document that a passage stands in."""
    return passage_id.partition(":")[0]


def passes(document: Document | Entry, filters: Filters) -> bool:
    """Whether a document passes every filter that restricts, but for the day on which it is in force."""
    return (
        (not filters.document_ids or document.id in filters.document_ids)
        and (not filters.issuers or document.facts.issuer in filters.issuers)
        and (not filters.kinds or document.facts.kind in filters.kinds)
        and (not filters.levels or document.facts.level in filters.levels)
        and (not filters.languages or document.language in filters.languages)
        and _within(document.facts.date, filters.date_from, filters.date_to)
    )


def _within(date: str | None, date_from: str | None, date_to: str | None) -> bool:
    if date_from is None and date_to is None:
        return True
    if date is None or date.startswith("--"):
        return False
    # A partial date stands for all its days: it passes when any of them lies within the bounds.
    return (date_from is None or date >= date_from[: len(date)]) and (
        date_to is None or date[: len(date_to)] <= date_to
    )
