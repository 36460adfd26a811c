"""The chain that LangChain's tutorials build: a recursive splitter, MiniLM, Chroma, similarity search.

Chunks are of 1,000 characters with 200 shared, as the tutorials have them. Without a language model the chain
ends here: it finds passages and answers nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.bench.peers.adapters.minilm import minilm_folder
from evals.bench.peers.adapters.serving import serve

_LARGEST_BATCH = 5_000  # chunks that Chroma takes at once


class Chain:
    """A Chroma folder behind LangChain."""

    def __init__(self, home: Path) -> None:
        embeddings = HuggingFaceEmbeddings(
            model_name=minilm_folder(), encode_kwargs={"normalize_embeddings": True}
        )
        self._store = Chroma("bench", embeddings, persist_directory=str(home))

    def index(self, documents: list[Path]) -> int:
        """Split, embed and store."""
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        whole = [
            Document(path.read_text(encoding="utf-8"), metadata={"source": path.name}) for path in documents
        ]
        chunks = splitter.split_documents(whole)
        for first in range(0, len(chunks), _LARGEST_BATCH):
            self._store.add_documents(chunks[first : first + _LARGEST_BATCH])
        return len(chunks)

    def search(self, question: str, limit: int) -> list[str]:
        """The nearest chunks."""
        return [found.page_content for found in self._store.similarity_search(question, k=limit)]

    def answer(self, question: str) -> str | None:  # noqa: ARG002 (it has none)
        """None: the answer is a language model's."""
        return None


@contextmanager
def open_peer(home: Path) -> Iterator[Chain]:
    """Open the folder."""
    yield Chain(home)


if __name__ == "__main__":
    serve(open_peer)
