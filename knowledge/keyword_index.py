"""Keyword search by BM25: tantivy behind two verbs and a question. The only module that opens its index."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from knowledge.errors import IndexDamaged
from knowledge.policy import Passage
from knowledge.stores.index_seal import IndexSeal
from knowledge.terms import content_terms, terms, word_pairs

_WRITER_MEMORY_BYTES = 64_000_000
_TERMS_ANALYZER = "terms"  # text arrives as our own terms joined by blanks; tantivy must only split them
_HEADING_WEIGHT = 0.5  # of a match in title or headings against one in the passage's own words
_PAIR_WEIGHT = 0.5  # of two words that stand together, beside what each of them counts


class KeywordIndex:
    """A folder that finds passages by the words of a question.

    Every method raises IndexDamaged when the folder's files are damaged or cannot be written.
    """

    def __init__(self, folder: Path, *, seals: bool = True) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document_id", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("headings", tokenizer_name=_TERMS_ANALYZER, index_option="freq")
        builder.add_text_field("body", tokenizer_name=_TERMS_ANALYZER, index_option="freq")
        builder.add_text_field("pairs", tokenizer_name=_TERMS_ANALYZER, index_option="freq")
        self._schema = builder.build()
        self._folder = folder
        self._seals = seals  # who only looks must not seal what may be damaged
        self._seal = IndexSeal(folder)
        self._writing = threading.Lock()  # tantivy refuses a second writer
        with self._named_faults():
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(_TERMS_ANALYZER, analyzer)

    def __len__(self) -> int:
        """How many passages the index holds."""
        return int(self._index.searcher().num_docs)

    def replace(self, passages: Iterable[Passage], *, gone: Sequence[str] = ()) -> None:
        """Put passages in for all that their documents and the documents `gone` had; durable on return."""
        with self._writing, self._named_faults():
            self._seal.broken()
            writer = self._index.writer(heap_size=_WRITER_MEMORY_BYTES, num_threads=1)
            try:
                # A killed process leaves files that no commit names; tantivy refuses to write over one that
                # the same work would make again (seen once in 150 kills, "FileAlreadyExists").
                writer.garbage_collect_files()
                self._write(writer, passages, gone)
                writer.commit()
            finally:
                writer.wait_merging_threads()  # lets go of tantivy's lock, also when nothing was committed
            self._index.reload()

    def clear(self) -> None:
        """Take everything out; durable on return."""
        with self._writing, self._named_faults():
            self._seal.broken()
            writer = self._index.writer(heap_size=_WRITER_MEMORY_BYTES, num_threads=1)
            try:
                writer.delete_all_documents()
                writer.commit()
            finally:
                writer.wait_merging_threads()
            self._index.reload()

    def ids(self) -> list[str]:
        """The id of every passage that the index holds, in no order."""
        with self._named_faults():
            searcher = self._index.searcher()
            hits = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs), count=False).hits
            return [str(searcher.doc(address).get_first("id")) for _score, address in hits]

    def close(self) -> None:
        """Seal the folder's files; nothing may be written afterwards."""
        if self._seals:
            self._seal.renew()

    def find(self, question: str, *, limit: int, document_ids: Sequence[str] | None = None) -> list[str]:
        """Passage ids by falling BM25 score, then id; empty when no word of the question stands anywhere."""
        return [id_ for id_, _score in self.scored(question, limit=limit, document_ids=document_ids)]

    def scored(
        self, question: str, *, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The same with the scores: (passage id, BM25 score > 0)."""
        wanted = list(dict.fromkeys(content_terms(question))) or list(dict.fromkeys(terms(question)))
        pairs = list(dict.fromkeys(word_pairs(question)))
        return self.scored_terms(wanted, pairs, limit=limit, document_ids=document_ids)

    def passages_with(self, term: str) -> int:
        """How many passages hold a term."""
        return int(self._index.searcher().doc_freq("body", term))

    def scored_terms(
        self,
        wanted: Sequence[str],
        pairs: Sequence[str] = (),
        *,
        limit: int,
        document_ids: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The same for terms, and pairs of them, as `knowledge.terms` makes them."""
        limit = min(limit, len(self))
        if not wanted or limit < 1:
            return []
        clauses = [(tantivy.Occur.Should, self._term("body", term)) for term in wanted]
        clauses += [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term("headings", term), _HEADING_WEIGHT))
            for term in wanted
        ]
        clauses += [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term("pairs", pair), _PAIR_WEIGHT))
            for pair in pairs
        ]
        query = tantivy.Query.boolean_query(clauses)
        if document_ids is not None:
            allowed = tantivy.Query.term_set_query(self._schema, "document_id", list(document_ids))
            allowed = tantivy.Query.const_score_query(allowed, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, allowed)])
        with self._named_faults():
            searcher = self._index.searcher()
            hits = searcher.search(query, limit, count=False).hits
            found = [(-float(score), str(searcher.doc(address).get_first("id"))) for score, address in hits]
        return [(passage_id, -score) for score, passage_id in sorted(found)]

    def _write(self, writer: tantivy.IndexWriter, passages: Iterable[Passage], gone: Sequence[str]) -> None:
        cleared = set(gone)
        for document_id in gone:
            writer.delete_documents_by_term("document_id", document_id)
        for passage in passages:
            if passage.document.id not in cleared:
                writer.delete_documents_by_term("document_id", passage.document.id)
                cleared.add(passage.document.id)
            headings = "\n".join((passage.document.title, *passage.section.heading_path))
            writer.add_document(
                tantivy.Document(
                    id=passage.id,
                    document_id=passage.document.id,
                    headings=" ".join(terms(headings)),
                    body=" ".join(terms(passage.text)),
                    pairs=" ".join(word_pairs(passage.text)),
                )
            )

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "freq")

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:  # tantivy knows no errors of its own
            raise IndexDamaged(
                f"The keyword index in {self._folder} cannot be read or written ({error}). Free space if the "
                "disk is full; otherwise rebuild the index with: policy-assistant index --rebuild"
            ) from error
