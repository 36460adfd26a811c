import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.errors import DataFolderUnusable, LibraryTooNew
from knowledge.library import Library
from knowledge.policy import Layout
from knowledge.stores.library_database import SCHEMA_VERSION, LibraryDatabase

_FIRST_FORMAT = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, facts TEXT NOT NULL, language TEXT NOT NULL,
    sha256 TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE);
CREATE TABLE arriving_files (
    path TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE);
CREATE TABLE sections (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    heading_path TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document_id, ordinal)) WITHOUT ROWID;
CREATE TABLE passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    section INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO documents VALUES ('d', 'current', '{"title": "A title"}', 'en', 'abc', 'Some words.');
INSERT INTO files VALUES ('/d/a.txt', 'd');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[LibraryDatabase]:
    with closing(LibraryDatabase(path)) as opened:
        yield opened


def add(database: LibraryDatabase, name: str, value: str = "v") -> None:
    with database.transaction() as db:
        db.execute("INSERT INTO facts VALUES (?, ?)", (name, value))


def names(database: LibraryDatabase) -> list[str]:
    return [name for (name,) in database.all("SELECT name FROM facts ORDER BY name")]


def test_what_a_transaction_wrote_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with closing(LibraryDatabase(path)) as database:
        add(database, "kept")
    with closing(LibraryDatabase(path)) as database:
        assert names(database) == ["kept"]
        assert database.one("SELECT value FROM facts WHERE name = ?", "kept") == ("v",)
        assert database.one("SELECT value FROM facts WHERE name = ?", "other") is None


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_a_transaction_is_written_whole_or_not_at_all(
    database: LibraryDatabase, fault: type[BaseException]
) -> None:
    def interrupted() -> None:
        with database.transaction() as db:
            db.execute("INSERT INTO facts VALUES ('half', '')")
            raise fault

    with pytest.raises(fault):
        interrupted()
    assert names(database) == []
    add(database, "next")
    assert names(database) == ["next"]


def test_a_bug_of_ours_is_not_passed_off_as_a_fault_of_the_file(database: LibraryDatabase) -> None:
    add(database, "once")
    with pytest.raises(sqlite3.IntegrityError):
        add(database, "once")
    with pytest.raises(sqlite3.ProgrammingError):
        database.all("SELECT ?")


def test_a_library_of_a_newer_version_is_refused_and_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("CREATE TABLE documents (something TEXT)")
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(
        LibraryTooNew, match=rf"library.sqlite .* newer version .*format {SCHEMA_VERSION + 1}"
    ):
        LibraryDatabase(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def tables(path: Path) -> dict[str, list[str]]:
    """The columns of every table, as they stand in the file."""
    with closing(sqlite3.connect(path)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: [row[1] for row in opened.execute(f"PRAGMA table_info({name})")] for name in names}


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_library_of_an_older_version_is_brought_up_and_keeps_its_documents(
    path: Path, version: int
) -> None:
    LibraryDatabase(path.with_name("new.sqlite")).close()
    steps = {
        2: "ALTER TABLE documents ADD COLUMN layout TEXT NOT NULL DEFAULT '{}';",
        3: "CREATE TABLE file_stamps (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE unprepared (document_id TEXT PRIMARY KEY REFERENCES documents(id) "
        "ON DELETE CASCADE) WITHOUT ROWID;",
    }
    with closing(sqlite3.connect(path)) as older:
        older.executescript(_FIRST_FORMAT + "".join(steps[n] for n in range(2, version + 1)))
        older.execute(f"PRAGMA user_version = {version}")
    with closing(Library(path)) as library:
        (document,) = library.documents()
        assert (document.title, document.text, document.layout) == ("A title", "Some words.", Layout())
        assert document.path == "/d/a.txt"
        assert library.stamps() == {}
    assert tables(path) == tables(path.with_name("new.sqlite"))
    with closing(sqlite3.connect(path)) as now:
        assert now.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_file_that_is_no_library_is_named_and_kept(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(
        DataFolderUnusable, match=r"library.sqlite is damaged or is not a library .*Move the file"
    ):
        LibraryDatabase(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_kept(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE facts (mine TEXT)")
    with pytest.raises(
        DataFolderUnusable, match=r"library.sqlite cannot be read .*table facts already exists"
    ):
        LibraryDatabase(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT mine FROM facts").fetchall() == []
        assert other.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_folder_in_place_of_the_file_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DataFolderUnusable, match=r"library\.sqlite cannot be read"):
        LibraryDatabase(path)


def test_damage_that_is_met_later_is_named_too(path: Path) -> None:
    with closing(LibraryDatabase(path)) as database:
        for number in range(200):
            add(database, f"{number:04}" + "x" * 500)
    with path.open("r+b") as file:
        file.seek(4096 * 12)  # beyond the tables' own description
        file.write(b"\xff" * 4096 * 10)
    with closing(LibraryDatabase(path)) as database, pytest.raises(DataFolderUnusable, match="is damaged"):
        names(database)


def test_a_full_disk_is_named_and_nothing_stored_is_lost(path: Path) -> None:
    with closing(LibraryDatabase(path)) as database:
        add(database, "before")
        (pages,) = database.all("PRAGMA page_count")[0]
        database.all(f"PRAGMA max_page_count = {pages + 2}")  # SQLite's own way of saying: the disk ends here
        with pytest.raises(DataFolderUnusable, match=r"database or disk is full.*Free space on the disk"):
            add(database, "too much", "x" * 1_000_000)
        assert names(database) == ["before"]
        add(database, "small")
        assert names(database) == ["before", "small"]


def test_a_file_that_another_connection_is_writing_is_named(path: Path) -> None:
    with closing(LibraryDatabase(path)) as database, closing(sqlite3.connect(path)) as other:
        database.all("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DataFolderUnusable, match="database is locked"):
            add(database, "refused")
        assert names(database) == []


def test_threads_take_turns(database: LibraryDatabase) -> None:
    def write(thread: int) -> None:
        for number in range(20):
            add(database, f"{thread}-{number}")

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 80


def test_nothing_changes_between_the_queries_of_one_block(database: LibraryDatabase) -> None:
    started = threading.Event()

    def write() -> None:
        started.set()
        add(database, "from another thread")

    writer = threading.Thread(target=write)
    with database.unchanged():
        writer.start()
        started.wait()
        writer.join(0.1)
        assert names(database) == []
    writer.join()
    assert names(database) == ["from another thread"]
