"""R4: the disk of the data folder fills up while documents come in: 12, 32 and 64 MB, ten times each."""

import os
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.errors import KnowledgeError
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.growing_library import GrowingLibrary
from tests.knowledge.killed_runs import Killer, Run
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores

pytestmark = pytest.mark.torture

TIMES = 10
_MOST_SECONDS = 5.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory, whose size `resize` sets."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a disk of a given size")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True
    )
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def resize(disk: Path, megabytes: float) -> None:
    subprocess.run(["mount", "-o", f"remount,size={int(megabytes * 1024)}k", str(disk)], check=True)


@pytest.mark.parametrize("part", range(TIMES))
@pytest.mark.parametrize("megabytes", [12, 32, 64])
def test_a_full_disk_loses_nothing_and_the_run_is_finished_when_there_is_room(
    disk: Path,
    tmp_path: Path,
    megabytes: int,
    part: int,
    dictionary: ChineseDictionary,
    dictionary_cache: Path,
) -> None:
    resize(disk, megabytes)
    documents = tmp_path / "documents"
    documents.mkdir()
    library = GrowingLibrary(
        Run(disk / "home", documents, dictionary_cache),
        random.Random(part),  # noqa: S311 (nothing is secret)
    )
    library.add(20)
    with closing(Killer()) as killer:
        assert isinstance(killer.run(library.run), int)
        with opened_stores(library.run.home, BagOfTermsEmbedder(), dictionary) as stores:
            library.acknowledge(stores)
        # What else lies on the disk leaves room for a part of what the next run needs, more each time.
        used = sum(path.stat().st_size for path in disk.rglob("*") if path.is_file())
        (disk / "others").write_bytes(bytes(max(0, megabytes * 1_048_576 - used - (part + 1) * 150_000)))
        library.add(60)
        outcome = killer.run(library.run)
    assert isinstance(outcome, KnowledgeError), outcome
    assert "ree space" in str(outcome)
    assert str(disk) in str(outcome)
    (disk / "others").unlink()
    resize(disk, megabytes + 64)
    library.check_opening()
    with opened_stores(library.run.home, BagOfTermsEmbedder(), dictionary) as stores:
        library.check(stores)
        since = time.monotonic()
        assert index(stores, documents).failed == ()
        assert time.monotonic() - since < 60
        assert set(assert_at_rest(stores)) == {str(library.path(number)) for number in library.written}
    figures = library.figures()
    print(f"\nR4 {megabytes} MB: {figures}")  # noqa: T201
    lost = (library.missing, library.doubled, library.half_replaced, library.not_findable)
    assert lost == (0, 0, 0, 0)
    assert library.slowest_opening <= _MOST_SECONDS
