import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.errors import LibraryTooNew
from knowledge.library import Library
from knowledge.policy import Document, DocumentFacts, Entry, Passage, Section
from knowledge.stores.database import Database
from knowledge.stores.library_database import SCHEMA_VERSION
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


def put(library: Library, document: Document) -> list[Passage]:
    passages = made_passages(document)
    library.put(
        document, sorted({passage.section for passage in passages}, key=lambda s: s.ordinal), passages
    )
    return passages


def add(library: Library, document: Document) -> list[Passage]:
    passages = put(library, document)
    library.make_current([document.id])
    return passages


RULES = made_document(
    "First rule.\n\nSecond rule.", title="Rules", issuer="Council", date="--08-26", path="/r"
)
LAW = made_document("第一条　为了发展服务贸易。", title="法", language="zh", path="/law")


def test_what_is_put_in_comes_out_as_it_was(library: Library) -> None:
    facts = DocumentFacts("T", "Council", "law", "--08-26", "en", "a web page", "in force")
    text = "Heading “§”\n\nFirst words, 甲乙 and 😀.\n"
    document = Document("0123456789abcdef", facts, text, "en", "f" * 64, "/here/a b'\"%文.txt")
    sections = [Section(document, 0, (), 0, 13), Section(document, 1, ('Heading "“§”', "第一章"), 13, 39)]
    passages = [Passage("p0", sections[0], 0, 11), Passage("p1", sections[1], 13, 38)]
    library.put(document, sections, passages)
    library.make_current([document.id])
    assert library.document(document.id) == document
    assert library.documents() == [document]
    assert library.sections(document.id) == sections
    assert library.passages_of(document.id) == passages
    assert library.passages(["p1", "p0"]) == [passages[1], passages[0]]
    assert library.entries() == [Entry(document.id, facts, "en")]
    assert library.files() == {document.path: document.id}


def test_it_is_all_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        passages = add(library, RULES)
        library.record({"embedder": "e5", "cutting": "220"})
    with closing(Library(tmp_path / "library.sqlite")) as library:
        assert library.documents() == [RULES]
        assert library.passages([passage.id for passage in passages]) == passages
        assert (library.recorded("embedder"), library.recorded("cutting")) == ("e5", "220")
        assert library.recorded("other") is None


def test_what_is_unknown_is_none_or_empty(library: Library) -> None:
    assert library.document("no such id") is None
    assert library.state("no such id") is None
    assert library.sections("no such id") == []
    assert library.passages_of("no such id") == []
    assert library.passages(["no such id"]) == []
    assert library.passages([]) == []
    assert library.documents() == []
    assert library.passage_count() == 0
    assert library.is_settled()


def test_passages_come_in_the_order_asked_for_and_only_of_current_documents(library: Library) -> None:
    first, second = add(library, RULES)
    (arriving,) = put(library, LAW)
    asked = [second.id, "unknown", arriving.id, first.id]
    assert library.passages(asked) == [second, first]
    assert library.passages_of(LAW.id) == [arriving]
    assert library.passage_count() == 2
    assert library.passage_count("arriving") == 1


def test_more_ids_than_sqlite_has_variables_can_be_asked_for(library: Library) -> None:
    first, _ = add(library, RULES)
    assert library.passages([*map(str, range(40_000)), first.id]) == [first]


def test_documents_are_in_order_of_title_then_id(library: Library) -> None:
    for title, text in (("B", "one"), ("A", "two"), ("A", "three")):
        add(library, made_document(text, title=title, path=f"/{text}"))
    listed = [(document.title, document.id) for document in library.documents()]
    assert listed == sorted(listed)
    assert [title for title, _id in listed] == ["A", "A", "B"]


def test_one_text_in_two_files_is_one_document_under_the_first_path(library: Library) -> None:
    add(library, made_document("words", path="/b"))
    library.point("/a", made_document("words").id)
    (document,) = library.documents()
    assert document.path == "/a"
    assert library.files() == {"/a": document.id, "/b": document.id}
    library.forget_files(["/a"])
    assert [document.path for document in library.documents()] == ["/b"]


def test_facts_are_recorded_anew(library: Library) -> None:
    library.record({"embedder": "e5", "cutting": "220"})
    library.record({"embedder": "minilm"})
    assert (library.recorded("embedder"), library.recorded("cutting")) == ("minilm", "220")


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with closing(Library(path)) as library:
        library._database.all(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew):
        Library(path)
    assert path.read_bytes() == before


def test_readers_never_meet_half_a_change(library: Library) -> None:
    versions = [made_document(f"Rule {n}.\n\nOf version {n}.", path="/rules") for n in range(40)]
    faults: list[BaseException] = []
    finished = threading.Event()

    def read() -> None:
        try:
            while not finished.is_set():
                for document in library.documents():
                    library.sections(document.id)
                    library.document(document.id)
                    passages = library.passages([passage.id for passage in library.passages_of(document.id)])
                    assert len(passages) in (0, 2)  # none when the document has just been replaced
        except BaseException as fault:  # noqa: BLE001 (raised in the test below)
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for version in versions:
        add(library, version)
        library.remove(library.in_state("leaving"))
    finished.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert library.documents() == [versions[-1]]


def test_passages_are_counted_by_document(library: Library) -> None:
    one, other = made_document("One.\n\nTwo."), made_document("Three.", path="/documents/other.txt")
    for document in (one, other):
        library.put(document, [made_passages(document)[0].section], made_passages(document))
    assert library.passage_counts() == {one.id: 2, other.id: 1}
    assert library.passage_counts([one.id, "no such document"]) == {one.id: 2}
    assert library.passage_counts([]) == {}
