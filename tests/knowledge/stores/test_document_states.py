from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.policy import Document
from knowledge.stores.database import Database
from tests.knowledge.made_documents import made_document, made_passages
from tests.knowledge.opened_stores import library_on_server


@pytest.fixture(params=["in a file", "on a server"])
def library(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    if request.param == "in a file":
        place: Path | Database = tmp_path / "library.sqlite"
    else:
        place = library_on_server(request.getfixturevalue("postgres").new_database())
    with closing(Library(place)) as opened:
        yield opened


def put(library: Library, document: Document) -> None:
    passages = made_passages(document)
    library.put(document, [passages[0].section], passages)


def states(library: Library, *documents: Document) -> list[str | None]:
    return [library.state(document.id) for document in documents]


OLD = made_document("Old rule.", path="/rules")
NEW = made_document("New rule.", path="/rules")
NEWER = made_document("Newer rule.", path="/rules")


def test_the_new_document_is_found_from_the_moment_when_the_old_one_is_not(library: Library) -> None:
    put(library, OLD)
    assert library.documents() == []
    library.make_current([OLD.id])
    put(library, NEW)
    assert library.documents() == [OLD]
    assert library.arriving_files() == {"/rules": NEW.id}
    library.make_current([NEW.id])
    assert library.documents() == [NEW]
    assert states(library, OLD, NEW) == ["leaving", "current"]
    assert library.arriving_files() == {}
    library.remove([OLD.id])
    assert states(library, OLD, NEW) == [None, "current"]
    assert library.passages_of(OLD.id) == []
    assert library.is_settled()


def test_what_arrives_from_a_file_takes_the_place_of_what_was_arriving_from_it(library: Library) -> None:
    put(library, NEW)
    put(library, NEWER)
    assert states(library, NEW, NEWER) == ["leaving", "arriving"]
    assert library.arriving_files() == {"/rules": NEWER.id}


def test_a_document_that_arrives_from_two_files_stays_while_one_still_holds_it(library: Library) -> None:
    elsewhere = made_document(NEW.text, path="/copy")
    put(library, NEW)
    put(library, elsewhere)
    put(library, NEWER)
    assert states(library, NEW, NEWER) == ["arriving", "arriving"]
    library.make_current([NEW.id, NEWER.id])
    assert library.files() == {"/copy": NEW.id, "/rules": NEWER.id}


def test_a_leaving_document_turns_round_when_its_text_comes_back(library: Library) -> None:
    put(library, OLD)
    library.make_current([OLD.id])
    library.forget_files(["/rules"])
    assert states(library, OLD) == ["leaving"]
    put(library, OLD)
    assert states(library, OLD) == ["arriving"]
    library.make_current([OLD.id])
    assert library.documents() == [OLD]
    assert len(library.passages_of(OLD.id)) == 1


def test_two_files_that_swap_their_contents_lose_neither(library: Library) -> None:
    one, other = made_document("One.", path="/1"), made_document("Other.", path="/2")
    for document in (one, other):
        put(library, document)
    library.make_current([one.id, other.id])
    library.point("/1", other.id)
    assert states(library, one, other) == ["leaving", "current"]
    put(library, made_document("One.", path="/2"))
    library.make_current([one.id])
    assert library.files() == {"/1": other.id, "/2": one.id}
    assert states(library, one, other) == ["current", "current"]


def test_a_file_that_holds_its_old_words_again_calls_off_what_was_arriving(library: Library) -> None:
    put(library, OLD)
    library.make_current([OLD.id])
    put(library, NEW)
    library.point("/rules", OLD.id)
    assert states(library, OLD, NEW) == ["current", "leaving"]
    assert library.arriving_files() == {}


def test_forgetting_a_file_lets_go_of_both_its_documents(library: Library) -> None:
    put(library, OLD)
    library.make_current([OLD.id])
    put(library, NEW)
    library.forget_files(["/rules", "/unknown"])
    assert states(library, OLD, NEW) == ["leaving", "leaving"]
    assert (library.files(), library.arriving_files()) == ({}, {})


def test_starting_over_makes_every_document_arrive_again_uncut(library: Library) -> None:
    other = made_document("Another.", path="/other")
    for document in (OLD, other):
        put(library, document)
    library.make_current([OLD.id, other.id])
    library.start_over({"embedder": "e5"})
    assert library.recorded("embedder") == "e5"
    assert library.in_state("arriving") == library.uncut() == [OLD.id, other.id]
    assert library.document(OLD.id) is None
    assert library.document(OLD.id, "arriving") == OLD
    assert library.files() == library.arriving_files() == {"/rules": OLD.id, "/other": other.id}
    passages = made_passages(OLD)
    library.cut(OLD.id, [passages[0].section], passages)
    assert library.uncut() == [other.id]
    library.make_current([OLD.id])
    assert library.passages([passages[0].id]) == passages


def test_starting_over_keeps_what_was_arriving_before_what_it_replaces(library: Library) -> None:
    put(library, OLD)
    library.make_current([OLD.id])
    put(library, NEW)
    library.start_over({})
    assert states(library, OLD, NEW) == ["leaving", "arriving"]
    library.make_current([NEW.id])
    library.remove([OLD.id])
    assert library.files() == {"/rules": NEW.id}
    assert library.is_settled()


def test_a_change_during_a_rebuild_does_not_lose_the_file(library: Library) -> None:
    put(library, OLD)
    library.make_current([OLD.id])
    library.start_over({})
    put(library, NEW)
    assert states(library, OLD, NEW) == ["leaving", "arriving"]
    library.remove([OLD.id])
    library.make_current([NEW.id])
    assert library.files() == {"/rules": NEW.id}
