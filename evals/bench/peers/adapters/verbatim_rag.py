"""verbatim-rag: its index with MiniLM in a local Milvus; what picks the words of an answer is a model.

Its answers are spans of the documents, chosen by a language model or by an extractor model of its authors,
which is fetched from a hub and is in no package; without either it ends after the search. Its chunker cuts
Markdown at headings, so it is given a longest chunk; a text without headings would else be one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verbatim_rag import VerbatimIndex
from verbatim_rag.chunker_providers import MarkdownChunkerProvider
from verbatim_rag.embedding_providers import SentenceTransformersProvider
from verbatim_rag.schema import DocumentSchema
from verbatim_rag.vector_stores import LocalMilvusStore

from evals.bench.peers.adapters.minilm import minilm_folder
from evals.bench.peers.adapters.serving import serve

_CHUNK = 1_000  # characters, as the chain beside it


class Verbatim:
    """A Milvus file behind verbatim-rag."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        store = LocalMilvusStore(str(home / "index.db"), dense_dim=384, enable_sparse=False)
        self._index = VerbatimIndex(
            vector_store=store,
            dense_provider=SentenceTransformersProvider(minilm_folder()),
            chunker_provider=MarkdownChunkerProvider(max_chunk_size=_CHUNK),
        )

    def index(self, documents: list[Path]) -> int:
        """Cut, embed and store; a line of plain text is a paragraph, which Markdown parts by blank lines."""
        self._index.add_documents(
            [
                DocumentSchema(
                    id=path.name,
                    title=path.stem,
                    content="\n\n".join(filter(None, path.read_text(encoding="utf-8").splitlines())),
                )
                for path in documents
            ]
        )
        return len(self._index.get_all_chunks(limit=16_000))

    def search(self, question: str, limit: int) -> list[str]:
        """The nearest chunks."""
        return [str(found.text) for found in self._index.query(question, k=limit)]

    def answer(self, question: str) -> str | None:  # noqa: ARG002 (it has none)
        """None: the spans are chosen by a model."""
        return None


@contextmanager
def open_peer(home: Path) -> Iterator[Verbatim]:
    """Open the folder."""
    yield Verbatim(home)


if __name__ == "__main__":
    serve(open_peer)
