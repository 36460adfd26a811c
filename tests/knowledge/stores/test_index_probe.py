import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexDamaged
from knowledge.keyword_index import KeywordIndex
from knowledge.stores.index_probe import Probe, check_before_opening, probe, seal_of
from knowledge.vector_index import VectorIndex
from tests.knowledge.damage import VECTOR_DAMAGE, chance, filled
from tests.knowledge.made_documents import one_passage

ROOT = Path(__file__).parents[3]
# What these do to 2,500 passages changes nothing that search finds, so only a seal can tell.
UNNOTICED = {"link_lists garbage", "link_lists cut short"}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "vectors"
    filled(folder)
    return folder


@pytest.fixture
def vectors(sealed: Path, tmp_path: Path) -> Path:
    shutil.copytree(sealed, tmp_path / "vectors")
    return tmp_path / "vectors"


def unsealed(folder: Path) -> Path:
    """As a process leaves an index that is killed while it writes."""
    (folder / "seal.json").unlink()
    return folder


def test_a_whole_index_is_listed_and_all_of_it_is_reached(vectors: Path) -> None:
    found = probe("vector", vectors)
    assert found == Probe(tuple(sorted(f"p{n}" for n in range(2_500))))


def test_a_keyword_index_is_listed(tmp_path: Path) -> None:
    with closing(KeywordIndex(tmp_path)) as index:
        index.replace([one_passage("some words", "a"), one_passage("more words", "b")])
    assert probe("keyword", tmp_path) == Probe(("a:0-10", "b:0-10"))


def test_a_vector_that_is_not_of_length_one_is_told(tmp_path: Path) -> None:
    with closing(VectorIndex(tmp_path)) as index:
        index.replace([one_passage("words", "a"), one_passage("words", "b")], np.eye(2, dtype=np.float32))
        assert index.spoilt() == []
        index.replace([one_passage("words", "c")], np.zeros((1, 2), np.float32))
        assert index.spoilt() == ["c:0-5"]


@pytest.mark.parametrize("kind", ["keyword", "vector"])
def test_an_index_that_is_not_there_or_empty_may_be_opened(tmp_path: Path, kind: str) -> None:
    check_before_opening("vector" if kind == "vector" else "keyword", tmp_path / "nowhere")
    check_before_opening("vector" if kind == "vector" else "keyword", tmp_path)


ASKED_AND_KILLED = """
import os, sys
from pathlib import Path
import numpy as np
from knowledge.vector_index import VectorIndex
index = VectorIndex(Path(sys.argv[1]))
assert len(index.find(np.ones(8, np.float32) / np.sqrt(8), limit=5)) == 5
os._exit(0)
"""


@pytest.mark.parametrize("passages", [900, 1_500])
def test_who_only_asks_and_is_killed_leaves_the_index_whole(tmp_path: Path, passages: int) -> None:
    folder = tmp_path / "vectors"
    with closing(VectorIndex(folder)) as index:
        vectors = np.random.default_rng(1).normal(size=(passages, 8)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        index.replace([one_passage("words", f"p{n}") for n in range(passages)], vectors)
    subprocess.run([sys.executable, "-c", ASKED_AND_KILLED, str(folder)], cwd=ROOT, check=True)
    check_before_opening("vector", folder)


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_a_database_leaves_at_a_kill_is_no_damage(vectors: Path, ending: str) -> None:
    (vectors / f"chroma.sqlite3{ending}").write_bytes(b"")

    check_before_opening("vector", vectors)


def test_looking_leaves_the_seal_as_it_is(vectors: Path) -> None:
    probe("vector", vectors)
    assert seal_of("vector", vectors).state(thorough=True) == "whole"
    VECTOR_DAMAGE["link_lists garbage"](vectors, chance("looking", 0))
    for _ in range(2):
        probe("vector", vectors)
        assert seal_of("vector", vectors).state() == "changed"
    unsealed(vectors)
    probe("vector", vectors)
    assert seal_of("vector", vectors).state() == "unknown"


def test_a_sealed_and_an_unsealed_whole_index_may_be_opened(vectors: Path) -> None:
    check_before_opening("vector", vectors)
    check_before_opening("vector", unsealed(vectors))


@pytest.mark.parametrize("shape", VECTOR_DAMAGE)
def test_every_damage_to_a_sealed_index_is_named_before_it_is_opened(vectors: Path, shape: str) -> None:
    VECTOR_DAMAGE[shape](vectors, chance(shape, 0))
    with pytest.raises(IndexDamaged, match=r"vector index in .*vectors.*policy-assistant index --rebuild"):
        check_before_opening("vector", vectors)


@pytest.mark.parametrize("shape", sorted(VECTOR_DAMAGE.keys() - UNNOTICED))
def test_damage_that_matters_is_named_without_a_seal_too(vectors: Path, shape: str) -> None:
    VECTOR_DAMAGE[shape](unsealed(vectors), chance(shape, 0))
    with pytest.raises(IndexDamaged, match=r"vector index in .*policy-assistant index --rebuild"):
        check_before_opening("vector", vectors)


def test_damage_that_would_crash_this_process_only_crashes_another(vectors: Path) -> None:
    (data,) = unsealed(vectors).glob("*/data_level0.bin")
    data.write_bytes(chance("crash", 0).randbytes(data.stat().st_size))
    with pytest.raises(IndexDamaged, match="opening it crashes the process, signal 11"):
        probe("vector", vectors)


def test_a_damaged_keyword_index_is_named(tmp_path: Path) -> None:
    with closing(KeywordIndex(tmp_path)) as index:
        index.replace([one_passage("some words", f"d{number}") for number in range(50)])
    store = next(tmp_path.glob("*.store"))
    store.write_bytes(store.read_bytes()[:10])
    with pytest.raises(IndexDamaged, match=r"keyword index in .* were changed or deleted"):
        check_before_opening("keyword", tmp_path)
    unsealed(tmp_path)
    with pytest.raises(IndexDamaged, match=r"keyword index in .* is damaged .*index --rebuild"):
        check_before_opening("keyword", tmp_path)


MANY = tuple(f"d:{n}" for n in range(3_000))


def test_a_few_that_no_way_leads_to_are_no_damage() -> None:
    assert not Probe(MANY).is_damaged
    assert not Probe(MANY, unreachable=MANY[:3]).is_damaged
    assert Probe(MANY, unreachable=MANY[:4]).is_damaged
    assert Probe(MANY[:500], unreachable=MANY[:1]).is_damaged


def test_a_spoilt_vector_always_is() -> None:
    assert Probe(MANY, spoilt=MANY[:1]).is_damaged
