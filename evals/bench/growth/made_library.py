"""Libraries of so many passages, made once in a folder that stays and measured as often as wanted.

A larger one begins as a copy of the next smaller one, as a library grows: by indexing more folders.
"""

import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.assembly import open_stores
from assistant.settings import Settings, load_settings
from evals.bench.growth.clauses import Clause
from evals.bench.growth.documents import OF_A_FOLDER, folder_of, write_folder
from evals.bench.growth.sampled_vectors import SampledVectors
from knowledge.indexing import Stores, index_paths

_MARK = "made"  # written when a library is whole


@dataclass(frozen=True, slots=True)
class Made:
    """What one library took to make, beyond the one that it began as."""

    passages: int  # that were added
    seconds: float
    embedding: float  # seconds of them inside the embedder
    embedded: int  # passages whose vectors come from the model itself


def home_of(folder: Path, size: int) -> Path:
    """The data folder of the library of that size."""
    return folder / f"home-{size}"


def paths_of(folder: Path, size: int) -> list[Path]:
    """The folders of documents that it is indexed from."""
    return [folder_of(folder / "documents", number) for number in range(size // OF_A_FOLDER)]


def settings_of(folder: Path, size: int) -> Settings:
    """The settings of a process that uses it, whatever the user's own are."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("POLICY_ASSISTANT_")}
    return load_settings({**kept, "POLICY_ASSISTANT_HOME": str(home_of(folder, size))})


def is_made(folder: Path, size: int) -> bool:
    """Whether the library of that size is there and whole."""
    return (home_of(folder, size) / _MARK).exists()


def make(
    folder: Path,
    size: int,
    begin_with: int | None,
    clauses: Callable[[], Sequence[Clause]],
    say: Callable[[str], None],
) -> Made:
    """Make the library of that size, beginning with a copy of a smaller one, if one is named."""
    documents, home = folder / "documents", home_of(folder, size)
    for number in range(size // OF_A_FOLDER):
        if not (folder_of(documents, number) / "catalog.toml").exists():
            shutil.rmtree(folder_of(documents, number), ignore_errors=True)
            write_folder(documents, number, clauses())
    if not home.exists() and begin_with is not None:
        draft = home.with_suffix(".part")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(home_of(folder, begin_with), draft, ignore=shutil.ignore_patterns(_MARK))
        draft.rename(home)
    with open_stores(settings_of(folder, size), "bench growth") as stores:
        vectors = SampledVectors(stores.embedder, folder / "vectors.npz")
        timed = _Timed(vectors)
        before, started = stores.library.passage_count(), time.perf_counter()
        _index(paths_of(folder, size), replace(stores, embedder=timed), say)
        seconds = time.perf_counter() - started
        vectors.save()
        made = Made(stores.library.passage_count() - before, seconds, timed.seconds, vectors.embedded)
    (home / _MARK).touch()
    return made


def _index(paths: Sequence[Path], stores: Stores, say: Callable[[str], None]) -> None:
    told = 0

    def note(done: int, total: int) -> None:
        nonlocal told
        if done // 10_000 > told:
            told = done // 10_000
            say(f"  {done:,} of {total:,} passages indexed")

    index_paths(paths, stores, note)


class _Timed:
    """An embedder that adds up the time that it is asked for."""

    def __init__(self, vectors: SampledVectors) -> None:
        self.name, self.dimensions = vectors.name, vectors.dimensions
        self.embed_question = vectors.embed_question
        self.seconds = 0.0
        self._vectors = vectors

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same vectors."""
        started = time.perf_counter()
        vectors = self._vectors.embed_passages(texts)
        self.seconds += time.perf_counter() - started
        return vectors
