"""This program: its public commands' parts, with no language model, as `policy-assistant index` and `ask`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.assembly import open_assistant, open_stores
from assistant.settings import load_settings
from evals.bench.peers.adapters.serving import serve
from knowledge.indexing import index_paths


class PolicyAssistant:
    """Opens what it needs when it is first asked for, as its commands do."""

    def __init__(self, home: Path) -> None:
        self._settings = load_settings({**os.environ, "POLICY_ASSISTANT_HOME": str(home)})
        self._opened = open_assistant(self._settings, "bench peers")
        self._assistant = self._opened.__enter__() if (home / "library.sqlite").exists() else None

    def close(self) -> None:
        """Let go of the data folder."""
        if self._assistant is not None:
            self._opened.__exit__(None, None, None)

    def index(self, documents: list[Path]) -> int:
        """Index; the sentences, which are embedded ahead of answers, come afterwards and are not counted."""
        with open_stores(self._settings, "bench peers") as stores:
            index_paths(documents, stores, lambda _done, _total: None)
            return stores.library.passage_count()

    def search(self, question: str, limit: int) -> list[str]:
        """The passages that an answer would be looked for in."""
        assert self._assistant is not None  # noqa: S101 (a bench that asks before it indexes is broken)
        return [one.passage.text for one in self._assistant.search.distinct(question, limit=limit)]

    def answer(self, question: str) -> str | None:
        """The quoted sentences."""
        assert self._assistant is not None  # noqa: S101
        return " ".join(sentence.text for sentence in self._assistant.answer(question).sentences)


@contextmanager
def open_peer(home: Path) -> Iterator[PolicyAssistant]:
    """Open the data folder; it may be empty."""
    opened = PolicyAssistant(home)
    try:
        yield opened
    finally:
        opened.close()


if __name__ == "__main__":
    serve(open_peer)
