"""haiku.rag: its client over LanceDB, hybrid search with MiniLM; its answers are a language model's.

By default it embeds with a model of 4 billion parameters behind Ollama; here it has MiniLM as the others, by
its own provider for sentence-transformers, and counts the tokens of chunks with MiniLM's tokenizer.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from haiku.rag.client import HaikuRAG
from haiku.rag.config import AppConfig

from evals.bench.peers.adapters.minilm import minilm_folder
from evals.bench.peers.adapters.serving import serve


def _config(home: Path) -> AppConfig:
    model = minilm_folder()
    return AppConfig.model_validate(
        {
            "storage": {"data_dir": str(home)},
            "embeddings": {"model": {"provider": "sentence-transformers", "name": model, "vector_dim": 384}},
            "processing": {"chunking_tokenizer": model},
        }
    )


class Haiku:
    """A LanceDB folder behind haiku.rag's client."""

    def __init__(self, client: HaikuRAG, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._loop = loop

    def index(self, documents: list[Path]) -> int:
        """Convert, cut, embed and store, one document after another."""
        return self._loop.run_until_complete(self._index(documents))

    async def _index(self, documents: list[Path]) -> int:
        for path in documents:
            await self._client.create_document(
                path.read_text(encoding="utf-8"), uri=path.name, title=path.stem
            )
        return int(await self._client.store.chunks_table.count_rows())

    def search(self, question: str, limit: int) -> list[str]:
        """By vectors and words together, fused."""
        found = self._loop.run_until_complete(self._client.search(question, limit=limit))
        return [str(one.content) for one in found]

    def answer(self, question: str) -> str | None:  # noqa: ARG002 (it has none)
        """None: the answer is a language model's."""
        return None


@contextmanager
def open_peer(home: Path) -> Iterator[Haiku]:
    """Open the database, and make it when there is none."""
    home.mkdir(parents=True, exist_ok=True)
    loop = asyncio.new_event_loop()
    client = HaikuRAG(home / "haiku.rag.lancedb", config=_config(home), create=True)
    loop.run_until_complete(client.__aenter__())
    try:
        yield Haiku(client, loop)
    finally:
        loop.run_until_complete(client.__aexit__(None, None, None))
        loop.close()


if __name__ == "__main__":
    serve(open_peer)
