from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.document_vectors import DocumentVectors, Rows

EAST, NORTH, NORTHEAST = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]


class Stored:
    """Documents with vectors, and what was read of them."""

    def __init__(self, **documents: list[list[float]]) -> None:
        self.documents = documents
        self.asked: list[list[str]] = []

    def read(self, document_ids: Sequence[str]) -> Mapping[str, Rows]:
        self.asked.append(list(document_ids))
        return {
            id_: Rows(
                tuple(f"{id_}:{n}" for n in range(len(self.documents[id_]))),
                np.array(self.documents[id_], np.float32),
            )
            for id_ in document_ids
            if id_ in self.documents
        }


def nearest(vectors: DocumentVectors, to: list[float], *ids: str, limit: int = 9) -> list[tuple[str, float]]:
    return [(id_, round(c, 3)) for id_, c in vectors.nearest(np.array(to, np.float32), ids, limit)]


def test_every_passage_of_the_named_documents_is_compared() -> None:
    vectors = DocumentVectors(Stored(a=[EAST, NORTH], b=[NORTHEAST], c=[EAST]).read)
    assert nearest(vectors, NORTH, "a", "b") == [("a:1", 1.0), ("b:0", 0.8), ("a:0", 0.0)]
    assert nearest(vectors, NORTH, "no such document") == []
    assert nearest(vectors, NORTH) == []


def test_of_equal_ones_at_the_end_the_first_by_id_stays() -> None:
    vectors = DocumentVectors(Stored(b=[EAST, NORTH], a=[NORTH]).read)
    assert nearest(vectors, NORTH, "b", "a", limit=1) == [("a:0", 1.0)]


def test_what_was_read_is_not_read_again() -> None:
    stored = Stored(a=[EAST], b=[NORTH])
    vectors = DocumentVectors(stored.read)
    nearest(vectors, EAST, "a")
    nearest(vectors, EAST, "a", "b")
    nearest(vectors, EAST, "b", "a")
    assert stored.asked == [["a"], ["b"]]


def test_a_changed_document_is_read_anew() -> None:
    stored = Stored(a=[EAST])
    vectors = DocumentVectors(stored.read)
    nearest(vectors, NORTH, "a")
    stored.documents["a"] = [NORTH]
    vectors.forget(["a"])
    assert nearest(vectors, NORTH, "a") == [("a:0", 1.0)]


def test_a_document_without_passages_is_looked_for_each_time() -> None:
    stored = Stored()
    vectors = DocumentVectors(stored.read)
    assert nearest(vectors, EAST, "a") == []
    stored.documents["a"] = [EAST]
    assert nearest(vectors, EAST, "a") == [("a:0", 1.0)]


def test_what_changes_while_it_is_read_is_not_kept() -> None:
    stored = Stored(a=[EAST])
    vectors = DocumentVectors(stored.read)

    def read_late(document_ids: Sequence[str]) -> Mapping[str, Rows]:
        read = stored.read(document_ids)
        vectors.forget(document_ids)  # somebody writes between reading and keeping
        return read

    vectors._read = read_late
    nearest(vectors, EAST, "a")
    nearest(vectors, EAST, "a")
    assert stored.asked == [["a"], ["a"]]


def test_no_more_is_kept_than_is_said_and_the_least_used_goes_first() -> None:
    stored = Stored(a=[EAST], b=[EAST], c=[EAST])
    vectors = DocumentVectors(stored.read, most_bytes=16)  # two vectors of two numbers
    for document_id in ("a", "b", "a", "c", "a", "b"):
        nearest(vectors, EAST, document_id)
    assert stored.asked == [["a"], ["b"], ["c"], ["b"]]
