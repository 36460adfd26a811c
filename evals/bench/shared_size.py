"""What a library costs that several processes share, by its size: storing, finding, following.

Run it with `python -m evals.bench.shared_size`; it needs PostgreSQL on this machine. The passages are made,
and so are their vectors, each a direction drawn at random: what is measured is what PostgreSQL, a Chroma
server and the keyword index of each process take, with no embedder and no reader.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from assistant.assembly import open_stores
from assistant.settings import Settings
from evals.bench.own_chroma import chroma_server
from evals.bench.own_postgres import postgres_server
from knowledge.files.document_reading import document_of
from knowledge.indexing import Stores, cut_document
from knowledge.policy import DocumentFacts, Passage
from knowledge.reading import ReadText

_OF_A_DOCUMENT = 40
_WORDS = 40  # of a passage
_BATCH = 2_000  # passages
_DIMENSIONS = 384
_ASKED = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="*", default=[10_000, 100_000])
    sizes = sorted(parser.parse_args(arguments).passages)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(postgres_server())
        vectors = stack.enter_context(chroma_server(folder / "chroma"))
        url = database.new_database()
        empty = database.bytes_on_disk

        def settings(name: str) -> Settings:
            return Settings(folder / name, library=url, records=url, vectors=vectors.url)

        held = 0
        with open_stores(settings("writer"), "bench") as stores:
            for size in sizes:
                _grow(stores, held, size)
                held = size
                stored = (database.bytes_on_disk - empty) / size
                _say(f"{size:,} passages: {stored:,.0f} bytes each on PostgreSQL")
                _say(f"  Chroma: {_bytes_under(folder / 'chroma') / size:,.0f} bytes each on disk")
                memory = vectors.resident_bytes
                _say(f"  and {memory / size:,.0f} in memory, {memory / 1e6:,.0f} MB in all")
                _ask(stores)
        start = time.perf_counter()
        with open_stores(settings("late"), "bench") as late:
            taken, count = time.perf_counter() - start, len(late.keyword_index)
            _say(f"a process with an empty keyword index of its own: {taken:.1f} s until it has {count:,}")
            _say(f"  {_bytes_under(folder / 'late' / 'keyword') / held:,.0f} bytes each on disk")
        start = time.perf_counter()
        with open_stores(settings("late"), "bench"):
            _say(f"the same once more: {time.perf_counter() - start:.1f} s")
    return 0


def _grow(stores: Stores, held: int, size: int) -> None:
    draw = random.Random(held)  # noqa: S311 (the same passages every time)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(3, 9))) for _ in range(20_000)]
    seconds = {"library": 0.0, "keywords": 0.0, "vectors": 0.0}
    directions = np.random.default_rng(held)
    put = 0
    while put < size - held:
        documents: list[str] = []
        passages: list[Passage] = []
        start = time.perf_counter()
        while len(passages) < min(_BATCH, size - held - put):
            number = held + put + len(passages)
            text = _text(draw, words)
            read = ReadText(text, f"{number:064x}")
            document = document_of(read, f"made/{number}.txt", DocumentFacts(title="Made"))
            sections, some = cut_document(document)
            stores.library.put(document, sections, some)
            documents.append(document.id)
            passages += some
        seconds["library"] += time.perf_counter() - start
        start = time.perf_counter()
        stores.keyword_index.replace(passages)
        seconds["keywords"] += time.perf_counter() - start
        start = time.perf_counter()
        vectors = directions.standard_normal((len(passages), _DIMENSIONS)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        stores.vector_index.replace(passages, vectors)
        seconds["vectors"] += time.perf_counter() - start
        start = time.perf_counter()
        stores.library.make_current(documents)
        seconds["library"] += time.perf_counter() - start
        put += len(passages)
    told = ", ".join(f"{name} {put / taken:,.0f}" for name, taken in seconds.items())
    _say(f"{put:,} passages in; passages a second: {told}")


def _text(draw: random.Random, words: Sequence[str]) -> str:
    articles = (" ".join(draw.choices(words, k=_WORDS)) for _ in range(_OF_A_DOCUMENT))
    return "\n\n".join(f"Article {number}\n\n{article}." for number, article in enumerate(articles, start=1))


def _ask(stores: Stores) -> None:
    directions = np.random.default_rng(1)
    asked = directions.standard_normal((_ASKED, _DIMENSIONS)).astype(np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    found = [stores.vector_index.find(one, limit=50) for one in asked[:1]]
    _time("  50 nearest vectors", lambda turn: stores.vector_index.find(asked[turn], limit=50))
    _time("  50 passages with their texts", lambda _turn: stores.library.passages(found[0]))
    _time("  one row", lambda _turn: stores.library.recorded("embedder"))


def _time(what: str, ask: Callable[[int], object]) -> None:
    taken = []
    for turn in range(_ASKED):
        start = time.perf_counter()
        ask(turn)
        taken.append(1_000 * (time.perf_counter() - start))
    p95 = statistics.quantiles(taken, n=20)[-1]
    _say(f"{what:<32} p50 {statistics.median(taken):6.2f} ms   p95 {p95:6.2f} ms")


def _bytes_under(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    sys.exit(main())
