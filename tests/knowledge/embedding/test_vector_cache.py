from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.vector_cache import CachedEmbedder
from knowledge.errors import DataFolderUnusable
from tests.fakes import BagOfTermsEmbedder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite"


@pytest.fixture
def cached(embedder: BagOfTermsEmbedder, path: Path) -> Iterator[CachedEmbedder]:
    with closing(CachedEmbedder(embedder, path)) as opened:
        yield opened


def test_a_text_is_embedded_once_and_the_others_beside_it_in_order(
    cached: CachedEmbedder, embedder: BagOfTermsEmbedder
) -> None:
    first = cached.embed_passages(["customs", "tariff", "customs"])
    assert embedder.embedded == ["customs", "tariff"]
    again = cached.embed_passages(["tariff", "visa", "customs"])
    assert embedder.embedded == ["customs", "tariff", "visa"]
    assert np.array_equal(again[[2, 0, 2]], first)


def test_without_keeping_known_texts_are_looked_up_and_new_ones_leave_no_trace(
    cached: CachedEmbedder, embedder: BagOfTermsEmbedder
) -> None:
    known = cached.embed_passages(["customs"])
    passing = cached.without_keeping()

    first = passing.embed_passages(["customs", "tariff"])
    passing.embed_passages(["tariff"])

    assert embedder.embedded == ["customs", "tariff", "tariff"]
    assert np.array_equal(first[:1], known)
    assert np.array_equal(cached.embed_passages(["tariff"]), first[1:])
    assert (passing.name, passing.dimensions) == (cached.name, cached.dimensions)
    assert np.array_equal(passing.embed_question("visa"), cached.embed_question("visa"))


def test_the_vectors_are_those_of_the_embedder(cached: CachedEmbedder) -> None:
    texts = ["the customs law", "a tariff on goods and on services", ""]
    vectors = cached.embed_passages(texts)
    expected = BagOfTermsEmbedder().embed_passages(texts)
    assert vectors.dtype == np.float32
    assert vectors == pytest.approx(expected, abs=1e-3)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert cached.embed_question("customs") == pytest.approx(BagOfTermsEmbedder().embed_question("customs"))
    assert (cached.name, cached.dimensions) == ("bag-of-terms:000000000000", 64)


def test_a_text_has_the_same_vector_the_first_time_and_every_later_time(cached: CachedEmbedder) -> None:
    text = ["one two three four five six seven"]  # 1/sqrt(7) is rounded when it is stored
    first = cached.embed_passages(text)
    assert not np.array_equal(first, BagOfTermsEmbedder().embed_passages(text))
    assert np.array_equal(cached.embed_passages(text), first)


def test_it_remembers_after_it_was_closed(embedder: BagOfTermsEmbedder, path: Path) -> None:
    with closing(CachedEmbedder(embedder, path)) as cached:
        before = cached.embed_passages(["customs"])
    with closing(CachedEmbedder(embedder, path)) as cached:
        assert np.array_equal(cached.embed_passages(["customs"]), before)
    assert embedder.embedded == ["customs"]


def test_another_embedder_has_vectors_of_its_own(path: Path) -> None:
    small, large = BagOfTermsEmbedder("small:1", 8), BagOfTermsEmbedder("large:1", 16)
    for embedder in (small, large, small):
        with closing(CachedEmbedder(embedder, path)) as cached:
            assert cached.embed_passages(["customs"]).shape == (1, embedder.dimensions)
    assert small.embedded == large.embedded == ["customs"]


def test_no_texts_give_no_rows(cached: CachedEmbedder, embedder: BagOfTermsEmbedder) -> None:
    assert cached.embed_passages([]).shape == (0, 64)
    assert embedder.embedded == []


def test_more_texts_than_one_lookup_takes(cached: CachedEmbedder, embedder: BagOfTermsEmbedder) -> None:
    texts = [f"word{number}" for number in range(1_200)]
    first = cached.embed_passages(texts)
    assert np.array_equal(cached.embed_passages(texts[::-1]), first[::-1])
    assert len(embedder.embedded) == 1_200


def test_texts_that_no_encoding_holds_are_remembered_too(cached: CachedEmbedder) -> None:
    assert np.array_equal(cached.embed_passages(["a\ud800\0"]), cached.embed_passages(["a\ud800\0"]))


def test_a_damaged_cache_is_begun_anew(embedder: BagOfTermsEmbedder, path: Path) -> None:
    path.write_bytes(b"not a database" * 1_000)
    with closing(CachedEmbedder(embedder, path)) as cached:
        cached.embed_passages(["customs"])
        cached.embed_passages(["customs"])
    assert embedder.embedded == ["customs"]


def test_a_full_disk_is_named(cached: CachedEmbedder) -> None:
    cached.embed_passages(["before"])
    cached._db.execute("PRAGMA max_page_count = 4")  # SQLite's own way of saying: the disk ends here
    with pytest.raises(
        DataFolderUnusable, match=r"vectors.sqlite cannot be read or written .*full.*Free space"
    ):
        cached.embed_passages([f"word{number}" for number in range(1_000)])
    assert cached.embed_passages(["before"]).shape == (1, 64)


def test_a_folder_in_place_of_the_file_is_named(embedder: BagOfTermsEmbedder, path: Path) -> None:
    path.mkdir()
    with pytest.raises(DataFolderUnusable, match=r"vectors\.sqlite cannot be read or written"):
        CachedEmbedder(embedder, path)
