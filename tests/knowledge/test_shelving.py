"""Waiting, approved, corrected, removed, restored: what can be found after each, and what cannot."""

import hashlib
from pathlib import Path

import pytest

from knowledge.files.document_reading import document_of
from knowledge.indexing import Stores
from knowledge.policy import Document, DocumentFacts
from knowledge.reading import ReadText
from knowledge.shelving import approve, correct, correct_waiting, index_anew, receive, remove, restore
from tests.knowledge.opened_stores import assert_at_rest, index, search

AT = "2026-01-01T00:00:00Z"
FEES = "The registration fee is 20 yuan.\n"
VISAS = "Visa applications are decided within five working days.\n"


def document(text: str, path: str = "upload:aa/fees.txt") -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return document_of(ReadText(text, sha256), path, DocumentFacts(title="Fees"))


def found(stores: Stores, question: str) -> list[str]:
    return [one.passage.text.strip() for one in search(stores)(question)]


def done(_done: int, _total: int) -> None: ...


def wait(stores: Stores, text: str = FEES, path: str = "upload:aa/fees.txt") -> str:
    reception = receive(document(text, path), stores.library, by="ann", at=AT, collection=None)
    assert reception.received == "waiting"
    return reception.document.id


class TestWaiting:
    def test_what_waits_cannot_be_found_and_is_not_listed(self, stores: Stores) -> None:
        id_ = wait(stores)

        assert found(stores, "registration fee") == []
        assert stores.library.entries() == []
        assert stores.library.document(id_) is None
        assert [one.id for one in stores.library.shelves.on("waiting")] == [id_]
        assert stores.library.document(id_, "waiting") is not None

    def test_what_waits_already_or_is_there_is_told(self, stores: Stores) -> None:
        id_ = wait(stores)
        again = receive(document(FEES), stores.library, by="ann", at=AT, collection=None)
        approve([id_], stores, done)
        there = receive(document(FEES), stores.library, by="ann", at=AT, collection=None)

        assert (again.received, there.received) == ("waits already", "is in the library")

    def test_approved_it_is_found_at_once(self, stores: Stores) -> None:
        approve([wait(stores)], stores, done)

        assert found(stores, "registration fee") == [FEES.strip()]
        assert_at_rest(stores)

    def test_in_the_place_of_another_that_one_is_gone_at_the_same_moment(self, stores: Stores) -> None:
        old = wait(stores)
        approve([old], stores, done)
        new = wait(stores, FEES.replace("20", "30"), "upload:bb/fees.txt")

        approve([new], stores, done, instead_of=old)

        assert found(stores, "registration fee") == [FEES.replace("20", "30").strip()]
        assert stores.library.state(old) is None
        assert_at_rest(stores)

    def test_a_rebuild_leaves_what_waits_alone(self, stores: Stores) -> None:
        id_ = wait(stores)

        stores.library.start_over({})

        assert stores.library.state(id_) == "waiting"
        assert stores.library.passages_of(id_) != []


class TestCorrecting:
    def test_a_waiting_document_keeps_its_place_and_gets_a_new_id(self, stores: Stores) -> None:
        id_ = wait(stores)

        new = correct_waiting(id_, {"title": "Fees of 2026", "date": "2026"}, stores.library)

        (kept,) = stores.library.shelves.on("waiting")
        assert (kept.id, kept.facts.title, kept.facts.date, kept.by) == (new, "Fees of 2026", "2026", "ann")
        assert stores.library.state(id_) is None

    def test_a_current_document_is_found_under_its_new_facts(self, stores: Stores) -> None:
        id_ = wait(stores)
        approve([id_], stores, done)

        new = correct(id_, {"title": "Tariff", "issuer": "State Council"}, stores, done)

        (one,) = search(stores)("registration fee")
        assert (one.passage.document.id, one.passage.document.title) == (new, "Tariff")
        assert_at_rest(stores)

    def test_it_outlasts_indexing_the_file_anew_and_goes_with_its_bytes(
        self, stores: Stores, documents: Path
    ) -> None:
        file = documents / "fees.txt"
        file.write_text(FEES)
        index(stores, documents)
        (entry,) = stores.library.entries()
        correct(entry.id, {"title": "Tariff"}, stores, done)

        index(stores, documents)
        assert [one.facts.title for one in stores.library.entries()] == ["Tariff"]
        file.write_text(VISAS)
        index(stores, documents)
        assert [one.facts.title for one in stores.library.entries()] == ["fees"]

    def test_what_says_the_same_changes_nothing(self, stores: Stores) -> None:
        id_ = wait(stores)

        assert correct_waiting(id_, {"title": "Fees"}, stores.library) == id_

    def test_a_fact_can_be_taken_away(self, stores: Stores) -> None:
        id_ = wait(stores)
        new = correct_waiting(id_, {"issuer": "Nobody"}, stores.library)

        correct_waiting(new, {"issuer": None}, stores.library)

        (kept,) = stores.library.shelves.on("waiting")
        assert kept.facts.issuer is None


class TestRemoving:
    def test_what_is_removed_is_found_no_more_and_can_come_back(self, stores: Stores) -> None:
        id_ = wait(stores)
        approve([id_], stores, done)

        remove([id_], stores, by="ann", at=AT)
        assert found(stores, "registration fee") == []
        assert stores.library.state(id_) == "removed"
        assert_at_rest(stores)
        restore(id_, stores, done)

        assert found(stores, "registration fee") == [FEES.strip()]
        assert stores.library.shelves.on("removed") == []
        assert_at_rest(stores)

    def test_it_comes_back_beside_what_has_taken_its_file(self, stores: Stores, documents: Path) -> None:
        file = documents / "fees.txt"
        file.write_text(FEES)
        index(stores, documents)
        (entry,) = stores.library.entries()
        remove([entry.id], stores, by="ann", at=AT)
        file.write_text(VISAS)
        index(stores, documents)

        restore(entry.id, stores, done)

        assert {one.text for one in stores.library.documents()} == {FEES, VISAS}
        assert_at_rest(stores)

    @pytest.mark.parametrize(("before", "left"), [("2025-12-31", 1), ("2026-01-02", 0)])
    def test_after_its_time_it_is_forgotten(self, stores: Stores, before: str, left: int) -> None:
        id_ = wait(stores)
        approve([id_], stores, done)
        remove([id_], stores, by="ann", at=AT)

        stores.library.shelves.forget_removed(before)

        assert len(stores.library.shelves.on("removed")) == left


def test_indexed_anew_everything_is_where_it_was(stores: Stores) -> None:
    ids = [wait(stores), wait(stores, VISAS, "upload:bb/visas.txt")]
    approve(ids, stores, done)

    index_anew(ids, stores, done)

    assert set(found(stores, "registration fee visa")) == {FEES.strip(), VISAS.strip()}
    assert_at_rest(stores)
