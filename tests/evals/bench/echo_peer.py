"""A peer that finds the question and prints as libraries do; run with a data folder that it ignores."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.peers.adapters.serving import serve


class Echo:
    """As many passages as are asked for."""

    def index(self, documents: list[Path]) -> int:
        print("a library that talks", flush=True)  # noqa: T201
        return len(documents)

    def search(self, question: str, limit: int) -> list[str]:
        return [question] * limit

    def answer(self, question: str) -> str | None:
        return None


@contextmanager
def open_echo(_home: Path) -> Iterator[Echo]:
    yield Echo()


if __name__ == "__main__":
    serve(open_echo)
