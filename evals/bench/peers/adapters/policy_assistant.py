"""This program: its public commands' parts, with no language model, as `policy-assistant index` and `ask`."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from assistant.assembly import open_assistant, open_stores
from assistant.assistant import Assistant
from assistant.settings import load_settings
from evals.bench.peers.adapters.serving import serve
from knowledge.indexing import Stores, index_paths


class PolicyAssistant:
    """Opens what it needs when it is first asked for, as its commands do, and keeps it."""

    def __init__(self, home: Path, opened: ExitStack) -> None:
        self._settings = load_settings({**os.environ, "POLICY_ASSISTANT_HOME": str(home)})
        self._opened = opened

    def index(self, documents: list[Path]) -> int:
        """Index; the sentences, which are embedded ahead of answers, come afterwards and are not counted."""
        index_paths(documents, self._stores, lambda _done, _total: None)
        return self._stores.library.passage_count()

    def search(self, question: str, limit: int) -> list[str]:
        """The passages that an answer would be looked for in."""
        return [one.passage.text for one in self._assistant.search.distinct(question, limit=limit)]

    def answer(self, question: str) -> str | None:
        """The quoted sentences."""
        return " ".join(sentence.text for sentence in self._assistant.answer(question).sentences)

    @cached_property
    def _stores(self) -> Stores:
        return self._opened.enter_context(open_stores(self._settings, "bench peers"))

    @cached_property
    def _assistant(self) -> Assistant:
        return self._opened.enter_context(open_assistant(self._settings, "bench peers"))


@contextmanager
def open_peer(home: Path) -> Iterator[PolicyAssistant]:
    """A process that either indexes or asks: one at a time uses the data folder."""
    with ExitStack() as opened:
        yield PolicyAssistant(home, opened)


if __name__ == "__main__":
    serve(open_peer)
