"""The shapes in which an index's files were seen, or can be expected, to be damaged."""

import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from knowledge.policy import Passage
from knowledge.vector_index import VectorIndex
from tests.knowledge.made_documents import one_passage

_BATCH = 256  # as indexing puts them in, so that Chroma keeps the last ones in its log

Damage = Callable[[Path, random.Random], None]


def _segment(folder: Path) -> Path:
    (segment,) = (path for path in folder.iterdir() if path.is_dir())
    return segment


def _segment_gone(folder: Path, _chance: random.Random) -> None:
    shutil.rmtree(_segment(folder))


def _gone(name: str, folder: Path, _chance: random.Random) -> None:
    (_segment(folder) / name).unlink()


def _garbage(name: str, folder: Path, chance: random.Random) -> None:
    path = _segment(folder) / name
    content = bytearray(path.read_bytes())
    length = max(1, len(content) // 4)
    first = chance.randrange(len(content) - length + 1)
    content[first : first + length] = chance.randbytes(length)
    path.write_bytes(content)


def _cut_short(name: str, folder: Path, chance: random.Random) -> None:
    path = _segment(folder) / name
    os.truncate(path, int(path.stat().st_size * chance.uniform(0.1, 0.8)))


def _database(folder: Path, chance: random.Random) -> None:
    path = folder / "chroma.sqlite3"
    content = bytearray(path.read_bytes())
    first, length = chance.randrange(4096, len(content) // 2), len(content) // 4
    content[first : first + length] = chance.randbytes(length)
    path.write_bytes(content)


# Each changes the files of a closed vector index of more than 1,000 passages.
VECTOR_DAMAGE: dict[str, Damage] = {
    "segment folder gone": _segment_gone,
    "index_metadata gone": partial(_gone, "index_metadata.pickle"),
    "header gone": partial(_gone, "header.bin"),
    "link_lists gone": partial(_gone, "link_lists.bin"),
    "data_level0 garbage": partial(_garbage, "data_level0.bin"),
    "data_level0 cut short": partial(_cut_short, "data_level0.bin"),
    "link_lists garbage": partial(_garbage, "link_lists.bin"),
    "link_lists cut short": partial(_cut_short, "link_lists.bin"),
    "database garbage": _database,
}


def chance(shape: str, time: int) -> random.Random:
    """The same damage each time the tests are run, another for each shape and time."""
    return random.Random(f"{shape} {time}")  # noqa: S311 (nothing is secret)


def filled(folder: Path, count: int = 2_500) -> None:
    """A closed vector index with so many passages, of which Chroma has written most to its own files."""
    vectors = np.random.default_rng(0).normal(size=(count, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    section = one_passage("words", "d").section
    with closing(VectorIndex(folder)) as index:
        for first in range(0, count, _BATCH):
            numbers = range(first, min(first + _BATCH, count))
            index.replace([Passage(f"p{n}", section, 0, 5) for n in numbers], vectors[first : first + _BATCH])
