"""Question -> the passages most likely to answer it: by its words, by their translation, by meaning."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.crowding import without_crowding
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.findable import Findable
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library
from knowledge.policy import Filters, FoundBy, Passage, RetrievedPassage, Validity
from knowledge.score_fusion import fused_scores
from knowledge.stores.near_duplicates import without_repeats
from knowledge.translation import translated_terms
from knowledge.validity.in_force import InForce
from knowledge.vector_index import VectorIndex

_CANDIDATES = 50  # of each ranking; five times what an answer looks at by default
# Chosen on the public sets of docs/quality.md; between .4 and .6 they differ by a point.
_WEIGHTS = {"keywords": 0.5, "translation": 0.5, "meaning": 0.5}
_TRIES = 10  # of a search during which the library changed: what it found may have been replaced meanwhile
# A question is embedded beside the search for its words: neither needs the interpreter for long.
_EMBEDDING = ThreadPoolExecutor(4, thread_name_prefix="embeds a question")
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
    findable: Findable
    collections: frozenset[str] | None = None  # None searches everything
    catch_up: Callable[[], None] = lambda: None  # brings the keyword index up to a library that others change

    @property
    def in_force(self) -> InForce:
        """What each document is, by the clock that the search goes by."""
        return self.findable.in_force

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
        vector = _EMBEDDING.submit(self.embedder.embed_question, question)
        for _ in range(_TRIES):
            changes = self.library.changes
            self.catch_up()
            found = self._found(question, vector, limit, filters)
            if self.library.changes == changes:
                break
        return found

    def _found(
        self, question: str, vector: Future[NDArray[np.float32]], limit: int, filters: Filters
    ) -> list[RetrievedPassage]:
        scope = self.findable.scope(filters, self.collections)
        if limit < 1 or scope.is_empty:
            return []
        depth = max(limit, _CANDIDATES)
        keywords, vectors = self.keyword_index, self.vector_index
        translated = translated_terms(question, self.dictionary, keywords.passages_with)
        rankings: dict[FoundBy, list[tuple[str, float]]] = {
            "keywords": scope.by_words(
                depth, lambda most, ids: keywords.scored(question, limit=most, document_ids=ids)
            ),
            "translation": scope.by_words(
                depth, lambda most, ids: keywords.scored_terms(translated, limit=most, document_ids=ids)
            ),
            "meaning": scope.by_meaning(
                depth, lambda most, ids: vectors.scored(vector.result(), limit=most, document_ids=ids)
            ),
        }
        fused = _fused({str(name): ranking for name, ranking in rankings.items()})
        scores = dict(fused)
        found = {name: {id_ for id_, _score in ranking} for name, ranking in rankings.items()}
        return [
            RetrievedPassage(
                passage,
                scores[passage.id],
                frozenset(name for name, ids in found.items() if passage.id in ids),
                self._validity(passage.document.id),
            )
            for passage in self._first_passages([passage_id for passage_id, _score in fused], limit)
        ]

    def _first_passages(self, ids: Sequence[str], limit: int) -> list[Passage]:
        """The first `limit` that the library holds; no more documents are read than that takes."""
        passages: list[Passage] = []
        for first in range(0, len(ids), limit):
            passages += self.library.passages(ids[first : first + limit])
            if len(passages) >= limit:
                break
        return passages[:limit]

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

    def _validity(self, document_id: str) -> Validity:
        """What a document is today, without the name of one that ends it and may not be read."""
        validity = self.in_force.validity(document_id)
        by = self.in_force.entries().get(validity.by) if validity.by else None
        if by is None or self.collections is None or by.collection in self.collections:
            return validity
        return validity.known_to({by.id})


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
