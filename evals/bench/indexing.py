"""What indexing costs beyond embedding, and what a second look at unchanged files costs.

Run it with `python -m evals.bench.indexing`. In turn, in one run: the embedder alone on the passages that the
documents are cut into, the whole of indexing, from files into an empty library, and what comes after it:
embedding the sentences ahead of questions. The documents are those of `made_documents`.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assembly import open_stores
from assistant.settings import load_settings
from evals.bench.made_documents import ARTICLES, write_documents
from knowledge.embedder import DEFAULT_EMBEDDER, Embedder, open_embedder
from knowledge.files.document_reading import read_document
from knowledge.files.file_finding import find_files
from knowledge.indexing import Stores, index_paths
from knowledge.passage_cutting import cut_passages
from knowledge.policy import Passage
from knowledge.quote_preparation import prepare_quotes
from knowledge.sectioning import split_sections

_BATCH_PASSAGES = 256  # as indexing does
_ALONE, _WHOLE, _AHEAD, _AGAIN = "embedder", "indexing", "preparing quotes", "again, unchanged"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the speeds, what part of the embedder's each is, and the time of a second look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (default 3)")
    parser.add_argument("--documents", type=int, default=12, help=f"of {ARTICLES} articles each (default 12)")
    chosen = parser.parse_args(arguments)
    embedder = open_embedder(DEFAULT_EMBEDDER)
    seconds: dict[str, list[float]] = {_ALONE: [], _WHOLE: [], _AHEAD: [], _AGAIN: []}
    count = 0
    for turn in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as folder:
            documents = Path(folder, "documents")
            write_documents(documents, chosen.documents, turn)
            passages = _passages(documents)
            count = len(passages)
            environment = {**os.environ, "POLICY_ASSISTANT_HOME": str(Path(folder, "home"))}
            with open_stores(load_settings(environment), "bench") as stores:
                for loaded in (embedder, stores.embedder):
                    loaded.embed_passages(_texts_to_warm_up())
                for name, work in _turns(embedder, passages, stores, documents).items():
                    started = time.perf_counter()
                    work()
                    seconds[name].append(time.perf_counter() - started)
    _show({name: statistics.median(taken) for name, taken in seconds.items()}, count, chosen.rounds)
    return 0


def _turns(
    embedder: Embedder, passages: list[Passage], stores: Stores, documents: Path
) -> dict[str, Callable[[], object]]:
    def index() -> object:
        return index_paths([documents], stores, lambda _done, _total: None)

    return {
        _ALONE: lambda: _embed(embedder, passages),
        _WHOLE: index,
        _AHEAD: lambda: prepare_quotes(stores, lambda _done, _total: None),
        _AGAIN: index,
    }


def _embed(embedder: Embedder, passages: list[Passage]) -> None:
    for first in range(0, len(passages), _BATCH_PASSAGES):
        some = passages[first : first + _BATCH_PASSAGES]
        embedder.embed_passages([passage.search_text for passage in some])


def _passages(folder: Path) -> list[Passage]:
    documents = [read_document(file) for file in find_files([folder]).files]
    return [
        passage
        for document in documents
        for section in split_sections(document)
        for passage in cut_passages(section)
    ]


def _texts_to_warm_up() -> list[str]:
    return [f"{number} words to load the model with. " * 20 for number in range(64)]


def _show(medians: dict[str, float], count: int, rounds: int) -> None:
    sys.stdout.write(f"{count} passages, median of {rounds}\n")
    for name, median in medians.items():
        part = medians[_ALONE] / median
        sys.stdout.write(
            f"  {name:<24}{median:7.2f} s{count / median:8.1f} passages/s  {part:6.2f} of the embedder\n"
        )


if __name__ == "__main__":
    sys.exit(main())
