"""A program that indexes many passages and says what it took: `python -m tests.knowledge.large_library`.

Its embedder costs next to nothing, so time and memory are those of everything else.
"""

import json
import resource
import sys
import time
from contextlib import closing
from pathlib import Path

from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import index_paths
from knowledge.stores.index_probe import check_before_opening
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import opened_stores

_NOTED_EVERY = 10_000  # passages


class ForgetfulEmbedder(BagOfTermsEmbedder):
    """The same, without a list of everything that it embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded = _Nothing()


class _Nothing(list[str]):
    def extend(self, _texts: object) -> None:
        """Keep nothing."""


def memory() -> int:
    """The memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * resource.getpagesize() // 1_000_000


def main(home: Path, documents: Path, dictionary_folder: Path) -> None:
    """Index, and print what it took as JSON: seconds in all, passages, MB after each 10,000 of them."""
    since = time.monotonic()
    held: list[int] = []

    def note(done: int, _total: int) -> None:
        if done // _NOTED_EVERY > len(held):
            held.append(memory())

    check_before_opening("keyword", home / "keyword")
    check_before_opening("vector", home / "vectors")
    with (
        closing(ChineseDictionary(dictionary_folder)) as dictionary,
        opened_stores(home, ForgetfulEmbedder(), dictionary) as stores,
    ):
        report = index_paths([documents], stores, note)
        passages = stores.library.passage_count()
    told = {
        "seconds": round(time.monotonic() - since, 2),
        "passages": passages,
        "added": report.added,
        "unchanged": report.unchanged,
        "memory": held,
        "most_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000,
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
