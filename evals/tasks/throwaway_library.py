"""A library over the passages of a data set, built from the product's own parts and thrown away afterwards.

Each passage of the set is one document: it is divided into sections and cut into passages as any document
is, and found by the product's own search. Only vectors stay: the caller's embedder remembers them by content.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.assembly import assemble
from assistant.assistant import Assistant
from assistant.quotes.weights import EvidenceWeights
from assistant.settings import Settings
from evals.datasets.tasks import TaskPassage
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.indexing import Stores
from knowledge.keyword_index import KeywordIndex
from knowledge.language import language_of
from knowledge.library import Library
from knowledge.passage_cutting import cut_passages
from knowledge.policy import Document, DocumentFacts, Passage, Section
from knowledge.reader import E5Reader
from knowledge.sectioning import split_sections
from knowledge.vector_index import VectorIndex

_EMBEDDED_TOGETHER = 512  # passages; what a kill costs
_CUTS_A_PASSAGE = 5  # of ours that a passage of a data set is at most cut into, but for very long ones


@dataclass(frozen=True, slots=True)
class ThrowawayLibrary:
    """The product over the passages of a data set."""

    assistant: Assistant
    keyword_index: KeywordIndex
    task_passage_ids: dict[str, str]  # document id -> the data set's passage id

    def search(self, question: str, *, depth: int) -> list[tuple[str, float]]:
        """Up to `depth` (passage id of the data set, score), best first, none twice.

        The first are what the product finds for this depth; where several of them stand in one passage of
        the set, the best counts, and the product is asked for more until the depth is reached.
        """
        found: dict[str, float] = {}
        limit, least = depth, float("inf")
        while True:
            retrieved = self.assistant.search(question, limit=limit)
            for one in retrieved:
                task_passage_id = self.task_passage_ids[one.passage.document.id]
                if task_passage_id not in found:
                    # A deeper search may score what it adds higher than the one before did its last.
                    least = found[task_passage_id] = min(least, one.score)
            if len(found) >= depth or len(retrieved) < limit:
                return list(found.items())[:depth]
            limit *= 2

    def keyword_search(self, question: str, *, depth: int) -> list[tuple[str, float]]:
        """The same by the keyword index alone, plain BM25; the score is the reciprocal rank."""
        found = self.keyword_index.find(question, limit=_CUTS_A_PASSAGE * depth)
        ids = dict.fromkeys(self.task_passage_ids[one.partition(":")[0]] for one in found)
        return [(id_, 1 / rank) for rank, id_ in enumerate(ids, start=1)][:depth]


@contextmanager
def throwaway_library(
    passages: Sequence[TaskPassage],
    *,
    embedder: Embedder,
    dictionary: ChineseDictionary,
    weights: EvidenceWeights | None = None,
) -> Iterator[ThrowawayLibrary]:
    """Build the library in a temporary folder, which is deleted when the block ends.

    The ids of the passages must differ. A passage without text is in no index, so it is never found.
    """
    documents = [document_of(passage) for passage in passages]
    ids = {document.id: passage.id for document, passage in zip(documents, passages, strict=True)}
    with _stores_of(documents, embedder, dictionary) as (stores, folder):
        assistant = assemble(stores, Settings(home=folder), weights)
        yield ThrowawayLibrary(assistant, stores.keyword_index, ids)


@contextmanager
def assistant_over(
    documents: Sequence[Document],
    *,
    embedder: Embedder,
    dictionary: ChineseDictionary,
    weights: EvidenceWeights | None = None,
) -> Iterator[Assistant]:
    """The product over whole documents with different ids, in a temporary folder as above.

    It answers as after `policy-assistant index`, which embeds all sentences beforehand: here those that an
    answer compares are embedded when it asks for them.
    """
    with _stores_of(documents, embedder, dictionary) as (stores, folder):
        yield assemble(stores, Settings(home=folder), weights)


@contextmanager
def _stores_of(
    documents: Sequence[Document], embedder: Embedder, dictionary: ChineseDictionary
) -> Iterator[tuple[Stores, Path]]:
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="policy-assistant-", ignore_cleanup_errors=True)
            )
        )
        library = stack.enter_context(closing(Library(folder / "library.sqlite")))
        keyword_index = KeywordIndex(folder / "keyword")
        vector_index = stack.enter_context(closing(VectorIndex(folder / "vectors")))
        stores = Stores(library, keyword_index, vector_index, embedder, dictionary, E5Reader())
        _take_in(documents, stores)
        yield stores, folder


def document_of(passage: TaskPassage) -> Document:
    """The passage as a document of its own: its text unchanged, its title as the document's title."""
    sha256 = hashlib.sha256(passage.text.encode()).hexdigest()
    named = hashlib.sha256(passage.id.encode()).hexdigest()  # two passages may hold the same text
    language = language_of(passage.text)
    return Document(
        named[:16], DocumentFacts(passage.title), passage.text, language, sha256, path=f"/{passage.id}"
    )


def cut(document: Document) -> tuple[Sequence[Section], list[Passage]]:
    """The document's sections and passages, as indexing makes them."""
    sections = split_sections(document)
    return sections, [passage for section in sections for passage in cut_passages(section)]


def _take_in(documents: Sequence[Document], stores: Stores) -> None:
    # What `knowledge.indexing` does with files, without their reading and without embedding sentences.
    passages: list[Passage] = []
    for document in documents:
        sections, own_passages = cut(document)
        stores.library.put(document, sections, own_passages)
        passages += own_passages
    stores.keyword_index.replace(passages)
    stores.vector_index.replace(passages, _vectors(passages, stores.embedder))
    stores.library.make_current([document.id for document in documents])


def _vectors(passages: Sequence[Passage], embedder: Embedder) -> NDArray[np.float32]:
    texts = [passage.search_text for passage in passages]
    firsts = tqdm(range(0, len(texts), _EMBEDDED_TOGETHER), desc="embedding", disable=None, leave=False)
    parts = [embedder.embed_passages(texts[first : first + _EMBEDDED_TOGETHER]) for first in firsts]
    return np.concatenate([np.zeros((0, embedder.dimensions), np.float32), *parts])
