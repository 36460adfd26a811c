"""Question -> the passages most likely to answer it: by its words, by their translation, by meaning."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.crowding import without_crowding
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Entry, Library
from knowledge.policy import Document, Filters, FoundBy, RetrievedPassage
from knowledge.score_fusion import fused_scores
from knowledge.stores.near_duplicates import without_repeats
from knowledge.translation import translated_terms
from knowledge.validity.in_force import InForce
from knowledge.vector_index import VectorIndex

_CANDIDATES = 50  # of each ranking; five times what an answer looks at by default
# Chosen on the public sets of docs/quality.md; between .4 and .6 they differ by a point.
_WEIGHTS = {"keywords": 0.5, "translation": 0.5, "meaning": 0.5}
_DEEPER = 4  # times as many are asked for where documents that are not in force take the first places
_TRIES = 10  # of a search during which the library changed: what it found may have been replaced meanwhile
_OF_MATCHES = frozenset({"keywords", "translation"})


@dataclass(frozen=True, slots=True)
class Search:
    """BM25 in both languages and vectors over one library, their scores fused.

    With `collections`, whatever is asked, no passage of another collection is found, and none takes the place
    of one that may be read.
    """

    library: Library
    keyword_index: KeywordIndex
    vector_index: VectorIndex
    embedder: Embedder
    dictionary: ChineseDictionary
    in_force: InForce
    collections: frozenset[str] | None = None  # None searches everything
    catch_up: Callable[[], None] = lambda: None  # brings the keyword index up to a library that others change

    def for_collections(self, collections: frozenset[str] | None) -> "Search":
        """The search of someone who may read these collections, among those that this one searches."""
        if collections is None or self.collections is None:
            return replace(self, collections=self.collections if collections is None else collections)
        return replace(self, collections=self.collections & collections)

    def __call__(
        self,
        question: str,
        *,
        limit: int = 10,
        filters: Filters = Filters(),  # noqa: B008 (frozen, no state)
    ) -> list[RetrievedPassage]:
        """Up to `limit` passages of current documents that pass the filters, best first.

        They are all of one moment: no document stands among them beside the one that replaces it.
        """
        vector = self.embedder.embed_question(question)
        for _ in range(_TRIES):
            changes = self.library.changes
            self.catch_up()
            found = self._found(question, vector, limit, filters)
            if self.library.changes == changes:
                break
        return found

    def _found(
        self, question: str, vector: NDArray[np.float32], limit: int, filters: Filters
    ) -> list[RetrievedPassage]:
        unreadable = self._unreadable()
        excluded = self._not_in_force(filters) | unreadable
        document_ids = _allowed(self.library, filters, excluded)
        if limit < 1 or document_ids == []:
            return []
        depth = max(limit, _CANDIDATES)
        translated = translated_terms(question, self.dictionary, self.keyword_index.passages_with)
        rankings: dict[FoundBy, list[tuple[str, float]]] = {
            "keywords": _deep_enough(
                lambda depth: self.keyword_index.scored(question, limit=depth, document_ids=document_ids),
                depth,
                excluded,
            ),
            "translation": _deep_enough(
                lambda depth: self.keyword_index.scored_terms(
                    translated, limit=depth, document_ids=document_ids
                ),
                depth,
                excluded,
            ),
            "meaning": _deep_enough(
                lambda depth: self.vector_index.scored(vector, limit=depth, document_ids=document_ids),
                depth,
                excluded,
            ),
        }
        fused = _fused({str(name): ranking for name, ranking in rankings.items()})
        scores = dict(fused)
        passages = self.library.passages([passage_id for passage_id, _score in fused])[:limit]
        found = {name: {id_ for id_, _score in ranking} for name, ranking in rankings.items()}
        return [
            RetrievedPassage(
                passage,
                scores[passage.id],
                frozenset(name for name, ids in found.items() if passage.id in ids),
                self.in_force.validity(passage.document.id).known_to(unreadable),
            )
            for passage in passages
        ]

    def distinct(
        self,
        question: str,
        *,
        limit: int = 10,
        filters: Filters = Filters(),  # noqa: B008 (frozen, no state)
        a_document: int | None = None,
    ) -> list[RetrievedPassage]:
        """The same without a passage that has the words of a better one of another document.

        With `a_document` at most so many of one document, unless only one matters. This is what people are
        shown; measures of search look at every passage.
        """
        deeper = max(limit, _CANDIDATES)
        found = without_repeats(self(question, limit=deeper, filters=filters), deeper)
        return (found if a_document is None else without_crowding(found, a_document, within=limit))[:limit]

    def _unreadable(self) -> frozenset[str]:
        if self.collections is None:
            return frozenset()
        entries = self.in_force.entries().values()
        return frozenset(entry.id for entry in entries if entry.collection not in self.collections)

    def _not_in_force(self, filters: Filters) -> AbstractSet[str]:
        if filters.include_superseded:
            return frozenset()
        return self.in_force.not_in_force(filters.as_of).difference(filters.document_ids)


def _deep_enough(
    ask: Callable[[int], list[tuple[str, float]]], depth: int, excluded: AbstractSet[str]
) -> list[tuple[str, float]]:
    """The first `depth` of a ranking without the passages of excluded documents.

    They are left out here and not by the index, because Chroma answers 50 times slower with a filter.
    """
    asked = depth
    while True:
        ranking = ask(asked)
        kept = [pair for pair in ranking if pair[0].partition(":")[0] not in excluded]
        if len(kept) >= depth or len(ranking) < asked:
            return kept[:depth]
        asked *= _DEEPER


def _fused(rankings: Mapping[str, Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    # Only so many of each are compared, however many are asked for: the first ten of a hundred are then the
    # same as the first ten of ten. What lies deeper follows behind.
    first = fused_scores(
        {name: some[:_CANDIDATES] for name, some in rankings.items()}, _WEIGHTS, of_matches=_OF_MATCHES
    )
    deeper = fused_scores(
        {name: some[_CANDIDATES:] for name, some in rankings.items()}, _WEIGHTS, of_matches=_OF_MATCHES
    )
    known = {id_ for id_, _score in first}
    last = first[-1][1] if first else 0.0
    return first + [(id_, last * score / (1 + deeper[0][1])) for id_, score in deeper if id_ not in known]


def _allowed(library: Library, filters: Filters, excluded: AbstractSet[str]) -> Sequence[str] | None:
    # Chroma answers 50 times slower with a metadata filter than without, so there is one only on demand: for
    # filters, and after a killed run, whose unfinished documents would take the places of others.
    of_validity = Filters(as_of=filters.as_of, include_superseded=filters.include_superseded)
    if filters == of_validity and library.is_settled():
        return None
    return [entry.id for entry in library.entries() if passes(entry, filters) and entry.id not in excluded]


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
