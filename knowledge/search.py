"""Question -> the passages most likely to answer it: by its words, by their translation, by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Entry, Library
from knowledge.policy import Document, Filters, FoundBy, RetrievedPassage
from knowledge.rank_fusion import reciprocal_rank_fusion
from knowledge.translation import translated_terms
from knowledge.vector_index import VectorIndex

_CANDIDATES = 50  # of each ranking; five times what an answer looks at by default


@dataclass(frozen=True, slots=True)
class Search:
    """BM25 in both languages and vectors over one library, fused by reciprocal rank."""

    library: Library
    keyword_index: KeywordIndex
    vector_index: VectorIndex
    embedder: Embedder
    dictionary: ChineseDictionary

    def __call__(
        self,
        question: str,
        *,
        limit: int = 10,
        filters: Filters = Filters(),  # noqa: B008 (frozen, no state)
    ) -> list[RetrievedPassage]:
        """Up to `limit` passages of current documents that pass the filters, best first."""
        document_ids = _allowed(self.library, filters)
        if limit < 1 or document_ids == []:
            return []
        depth = max(limit, _CANDIDATES)
        by_words = self.keyword_index.find(question, limit=depth, document_ids=document_ids)
        translated = translated_terms(question, self.dictionary, self.keyword_index.passages_with)
        by_translation = self.keyword_index.find_terms(translated, limit=depth, document_ids=document_ids)
        vector = self.embedder.embed_question(question)
        by_meaning = self.vector_index.find(vector, limit=depth, document_ids=document_ids)
        rankings: dict[FoundBy, list[str]] = {
            "keywords": by_words,
            "translation": by_translation,
            "meaning": by_meaning,
        }
        fused = reciprocal_rank_fusion({str(name): ranking for name, ranking in rankings.items()})
        scores = dict(fused)
        passages = self.library.passages([passage_id for passage_id, _score in fused])[:limit]
        found = {name: set(ranking) for name, ranking in rankings.items()}
        return [
            RetrievedPassage(
                passage,
                scores[passage.id],
                frozenset(name for name, ids in found.items() if passage.id in ids),
            )
            for passage in passages
        ]


def _allowed(library: Library, filters: Filters) -> Sequence[str] | None:
    # Chroma answers 50 times slower with a metadata filter than without, so there is one only on demand: for
    # filters, and after a killed run, whose unfinished documents would take the places of others.
    if filters == Filters() and library.is_settled():
        return None
    return [entry.id for entry in library.entries() if passes(entry, filters)]


def passes(document: Document | Entry, filters: Filters) -> bool:
    """Whether a document passes every filter that restricts."""
    return (
        (not filters.document_ids or document.id in filters.document_ids)
        and (not filters.issuers or document.facts.issuer in filters.issuers)
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
