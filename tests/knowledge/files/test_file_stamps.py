import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.files import document_reading, file_stamps
from knowledge.files.file_finding import FoundFile
from knowledge.files.file_stamps import documents_by_file, settled, stamp_of, untouched
from knowledge.indexing import Stores
from knowledge.policy import Document, DocumentFacts
from knowledge.reading import FileReader
from tests.knowledge.made_documents import describe, write
from tests.knowledge.opened_stores import assert_at_rest, index

AT_ONCE = 20_000_000  # longer than a tick of any clock that tests run on


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled soon after they were written."""
    monkeypatch.setattr(file_stamps, "_SETTLED_NS", AT_ONCE)


def wait() -> None:
    time.sleep(2 * AT_ONCE / 1e9)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that indexing reads from now on."""
    names: list[str] = []
    reading = document_reading.read_document

    def noted(file: FoundFile, reader: FileReader | None = None) -> Document:
        names.append(file.path.name)
        return reading(file, reader)

    monkeypatch.setattr(document_reading, "read_document", noted)
    return names


def found(path: Path, facts: DocumentFacts | None = None) -> FoundFile:
    return FoundFile(path, facts)


def test_a_stamp_stays_while_the_file_does(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    assert stamp_of(found(file)) is None  # written to just now
    wait()
    assert stamp_of(found(file)) is not None
    assert stamp_of(found(file)) == stamp_of(found(file))
    assert stamp_of(found(file, DocumentFacts("A title"))) != stamp_of(found(file))
    assert stamp_of(found(tmp_path)) is None
    assert stamp_of(found(tmp_path / "nowhere")) is None


def _same_size_same_time(file: Path) -> None:
    times = file.stat()
    write(file, file.read_text().swapcase())
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _another_in_its_place(file: Path) -> None:
    times = file.stat()
    other = write(file.with_name("other"), file.read_text().swapcase())
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(file)


@pytest.mark.parametrize("change", [_same_size_same_time, _another_in_its_place])
def test_a_change_that_hides_behind_size_and_time_is_seen(
    stores: Stores, documents: Path, change: Callable[[Path], None]
) -> None:
    file = write(documents / "a.txt", "Some words.")
    wait()
    index(stores, documents)
    before = file.stat()
    change(file)
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    wait()
    assert index(stores, documents).changed == 1
    assert assert_at_rest(stores) == {str(file): "sOME WORDS."}


def test_only_files_that_were_touched_are_read(stores: Stores, documents: Path, read: list[str]) -> None:
    write(documents / "a.txt", "Some words.")
    touched = write(documents / "b.txt", "More words.")
    wait()
    assert (index(stores, documents).added, sorted(read)) == (2, ["a.txt", "b.txt"])
    del read[:]
    assert (index(stores, documents).unchanged, read) == (2, [])
    os.utime(touched)
    wait()
    assert (index(stores, documents).unchanged, read) == (2, ["b.txt"])
    del read[:]
    describe(documents, **{"a.txt": "A title"})
    assert (index(stores, documents).changed, read) == (1, ["a.txt"])


def test_a_file_that_was_just_written_is_read_again(
    stores: Stores, documents: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_stamps, "_SETTLED_NS", 3_600_000_000_000)
    write(documents / "a.txt", "Some words.")
    for _ in range(3):
        index(stores, documents)
    assert read == ["a.txt"] * 3


def test_a_file_that_cannot_be_read_is_named_every_time(stores: Stores, documents: Path) -> None:
    write(documents / "a.txt", "Some words.")
    write(documents / "empty.txt", "")
    wait()
    for _ in range(3):
        assert len(index(stores, documents).failed) == 1


def test_a_file_that_was_forgotten_is_read_again(stores: Stores, documents: Path, read: list[str]) -> None:
    file = write(documents / "a.txt", "Some words.")
    wait()
    index(stores, documents)
    stores.library.forget_files([str(file)])
    assert stores.library.stamps() == {}
    assert index(stores, documents).added == 1
    assert read == ["a.txt", "a.txt"]


def test_members_of_an_archive_belong_to_its_file() -> None:
    files = [found(Path("/d/laws.zip")), found(Path("/d/a.txt")), found(Path("/d/none.txt"))]
    known = ["/d/a.txt", "/d/laws.zip/in/b.txt", "/d/laws.zip/c.txt", "/elsewhere/x.txt"]
    assert documents_by_file(files, known) == {
        "/d/laws.zip": ["/d/laws.zip/in/b.txt", "/d/laws.zip/c.txt"],
        "/d/a.txt": ["/d/a.txt"],
        "/d/none.txt": [],
    }


def test_an_archive_is_not_settled_while_a_member_of_it_fails(tmp_path: Path) -> None:
    files = [found(write(tmp_path / name)) for name in ("laws.zip", "a.txt", "b.txt")]
    wait()
    stamps = {str(file.path): stamp_of(file) for file in files}
    unread = {f"{tmp_path}/laws.zip/in/c.txt": "It is damaged.", f"{tmp_path}/b.txt": "It is empty."}
    assert set(settled(files, stamps, unread)) == {f"{tmp_path}/a.txt"}


def test_untouched_are_those_with_the_recorded_stamp() -> None:
    assert untouched({"a": "1", "b": "2", "c": None}, {"a": "1", "b": "1", "d": "1"}) == {"a"}
