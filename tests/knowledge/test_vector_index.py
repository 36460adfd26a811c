import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.errors import IndexDamaged
from knowledge.policy import Passage
from knowledge.vector_index import VectorIndex
from tests.knowledge.made_documents import one_passage
from tests.knowledge.opened_stores import vector_ids

Vectors = NDArray[np.float32]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    with closing(VectorIndex(tmp_path / "vectors")) as opened:
        yield opened


def on_a_circle(*degrees: float) -> Vectors:
    """Unit vectors at these angles: the cosine of two is the cosine of the angle between them."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def put(index: VectorIndex, **degrees: float) -> None:
    index.replace([one_passage("words", name) for name in degrees], on_a_circle(*degrees.values()))


def find(
    index: VectorIndex, degrees: float, limit: int = 10, documents: list[str] | None = None
) -> list[str]:
    (vector,) = on_a_circle(degrees)
    return [id_.partition(":")[0] for id_ in index.find(vector, limit=limit, document_ids=documents)]


def test_the_nearest_by_cosine_come_first(index: VectorIndex) -> None:
    put(index, east=0, north=90, west=180, northeast=45)
    assert find(index, 10) == ["east", "northeast", "north", "west"]
    assert find(index, 100) == ["north", "northeast", "west", "east"]
    assert find(index, 100, limit=2) == ["north", "northeast"]


def test_length_does_not_count(index: VectorIndex) -> None:
    vectors = on_a_circle(10, 30) * np.array([[9], [1]], np.float32)
    index.replace([one_passage("words", "long"), one_passage("words", "short")], vectors)
    assert find(index, 0) == ["long", "short"]


def test_equal_cosines_are_ordered_by_id(index: VectorIndex) -> None:
    put(index, c=30, a=30, b=30)
    assert find(index, 30) == ["a", "b", "c"]


def test_only_the_named_documents_are_searched(index: VectorIndex) -> None:
    put(index, east=0, north=90, west=180)
    assert find(index, 0, documents=["west", "north", "no such document"]) == ["north", "west"]
    assert find(index, 0, documents=["no such document"]) == []
    assert find(index, 0, documents=[]) == []
    assert find(index, 0, limit=1, documents=["west", "north"]) == ["north"]


def test_a_filter_may_name_more_documents_than_chroma_takes_at_once(index: VectorIndex) -> None:
    put(index, east=0, north=90, west=180)
    many = [f"d{number}" for number in range(33_000)]
    assert find(index, 0, limit=2, documents=["west", *many, "north"]) == ["north", "west"]


def test_no_limit_and_no_passages_find_nothing(index: VectorIndex) -> None:
    assert find(index, 0) == []
    put(index, east=0)
    assert find(index, 0, limit=0) == []
    assert find(index, 0, limit=10**9) == ["east"]


def test_replacing_a_passage_moves_it(index: VectorIndex) -> None:
    put(index, a=0, b=90)
    put(index, a=90, b=0)
    assert find(index, 0) == ["b", "a"]
    assert len(index) == 2


def test_documents_that_are_gone_are_taken_out(index: VectorIndex) -> None:
    put(index, a=0, b=10, c=20)
    nothing = np.zeros((0, 2), np.float32)
    index.replace([], nothing, gone=["a", "c", "no such document"])
    assert find(index, 0) == ["b"]
    assert len(index) == 1
    index.replace([], nothing, gone=["b"])
    assert find(index, 0) == []


def test_more_passages_than_one_batch_of_chroma(index: VectorIndex) -> None:
    count = 5_600
    vectors = on_a_circle(*np.linspace(0, 180, count))
    passages = [Passage(f"p{n:04}", one_passage("words", f"d{n % 7}").section, 0, 5) for n in range(count)]
    index.replace(passages, vectors)
    assert len(index) == count
    assert vector_ids(index) == [passage.id for passage in passages]
    assert index.find(vectors[5_500], limit=1) == ["p5500"]
    index.replace([], vectors[:0], gone=[f"d{n}" for n in range(6)])
    assert vector_ids(index) == [passage.id for n, passage in enumerate(passages) if n % 7 == 6]


def test_more_documents_than_one_batch_of_chroma_are_taken_out(index: VectorIndex) -> None:
    put(index, a=0, b=10)
    index.replace([], np.zeros((0, 2), np.float32), gone=["a", *(f"d{number}" for number in range(33_000))])
    assert find(index, 0) == ["b"]


def test_everything_is_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "odd #?% 名" / "vectors"
    with closing(VectorIndex(folder)) as index:
        put(index, east=0, north=90)
    with closing(VectorIndex(folder)) as index:
        assert len(index) == 2
        assert find(index, 80) == ["north", "east"]


def test_a_folder_that_was_thrown_away_can_be_begun_anew(tmp_path: Path) -> None:
    with closing(VectorIndex(tmp_path / "vectors")) as index:
        put(index, east=0)
    shutil.rmtree(tmp_path / "vectors")
    with closing(VectorIndex(tmp_path / "vectors")) as index:
        assert len(index) == 0
        index.replace([one_passage("words", "a")], np.ones((1, 3), np.float32))  # of another embedder


def test_a_damaged_database_is_named_with_the_remedy_and_can_be_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    with closing(VectorIndex(folder)) as index:
        put(index, east=0)
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 1_000)
    with pytest.raises(IndexDamaged, match=r"vectors cannot be read .*policy-assistant index --rebuild"):
        VectorIndex(folder)
    shutil.rmtree(folder)
    with closing(VectorIndex(folder)) as index:
        put(index, east=0)
        assert find(index, 0) == ["east"]


def damaged(folder: Path, name: str) -> VectorIndex:
    """An index of 2,000 passages of which one file is missing; Chroma writes such files beyond 1,000."""
    passages = [Passage(f"p{n}", one_passage("words", "d").section, 0, 5) for n in range(2_000)]
    with closing(VectorIndex(folder)) as index:
        index.replace(passages, on_a_circle(*np.linspace(0, 180, 2_000)))
    (victim,) = folder.glob(f"*/{name}")
    victim.unlink()
    return VectorIndex(folder)


@pytest.mark.parametrize("name", ["header.bin", "link_lists.bin", "index_metadata.pickle"])
def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path, name: str) -> None:
    with (
        closing(damaged(tmp_path / "vectors", name)) as index,
        pytest.raises(IndexDamaged, match=r"vectors cannot be read .*policy-assistant index --rebuild"),
    ):
        find(index, 90, limit=50)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "vectors").write_text("")
    with pytest.raises(IndexDamaged, match="vectors cannot be read or written"):
        VectorIndex(tmp_path / "vectors")


def test_passages_of_the_same_words_are_not_taken_for_lost(index: VectorIndex) -> None:
    """Of many with one vector the nearest ten need not hold the one that is asked for."""
    same = [one_passage("words", f"same{number}") for number in range(1_500)]
    index.replace(same, np.repeat(on_a_circle(30), len(same), axis=0))

    assert index.unreachable(index.ids()) == []


def test_a_changed_document_is_compared_as_it_is_now(index: VectorIndex) -> None:
    put(index, east=0, north=90)
    assert find(index, 90, documents=["east", "north"]) == ["north", "east"]
    put(index, east=90, north=180)
    assert find(index, 90, documents=["east", "north"]) == ["east", "north"]
    index.replace([], np.zeros((0, 2), np.float32), gone=["east"])
    assert find(index, 90, documents=["east", "north"]) == ["north"]
