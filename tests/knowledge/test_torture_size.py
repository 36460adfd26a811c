"""Size: an unchanged library of 10,000 passages again, and memory while 100,000 passages go in."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.growing_library import text_of
from tests.knowledge.made_documents import write

pytestmark = pytest.mark.torture

ROOT = Path(__file__).parents[2]
_OF_A_DOCUMENT = 12  # passages
_MOST_SECONDS = 2.0
# Chroma holds its graph and vectors in memory: of 64 numbers and 32 neighbours each, some 700 bytes.
_MOST_GROWTH_MB = 100  # from 30,000 passages to 100,000


def indexed(home: Path, documents: Path, dictionary_cache: Path) -> tuple[dict[str, Any], float]:
    """What the program says, and the seconds from its start to its end."""
    since = time.monotonic()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.knowledge.large_library",
            str(home),
            str(documents),
            str(dictionary_cache),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout), time.monotonic() - since


def test_an_unchanged_library_costs_next_to_nothing(tmp_path: Path, dictionary_cache: Path) -> None:
    for number in range(10_000 // _OF_A_DOCUMENT + 1):
        write(tmp_path / "documents" / f"{number}.md", text_of(number, 1))
    time.sleep(4)  # so that the files have settled
    indexed(tmp_path / "home", tmp_path / "documents", dictionary_cache)
    taken = []
    for _ in range(3):
        told, seconds = indexed(tmp_path / "home", tmp_path / "documents", dictionary_cache)
        assert (told["added"], told["passages"]) == (0, 10_008)
        assert told["unchanged"] == 834
        taken.append((told["seconds"], round(seconds, 2)))
    print(f"\nunchanged, 10,008 passages of 834 files: (run, whole process) in s: {taken}")  # noqa: T201
    assert min(run for run, _process in taken) < _MOST_SECONDS


def test_memory_stays_flat_while_100_000_passages_go_in(tmp_path: Path, dictionary_cache: Path) -> None:
    for number in range(100_000 // _OF_A_DOCUMENT + 1):
        write(tmp_path / "documents" / f"{number}.md", text_of(number, 1))
    told, _seconds = indexed(tmp_path / "home", tmp_path / "documents", dictionary_cache)
    print(f"\n100,000 passages: {told}")  # noqa: T201
    assert told["passages"] == 100_008
    # The first marks are still those of libraries being loaded.
    assert told["memory"][-1] - told["memory"][2] <= _MOST_GROWTH_MB
