import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.data_folder import DataFolder
from knowledge.errors import BackupUnusable, DataFolderUnusable
from knowledge.library import Library
from knowledge.stores.backup import back_up, restore
from knowledge.stores.library_database import SCHEMA_VERSION
from tests.knowledge.made_documents import made_document, made_passages


def put(library: Library, *texts: str) -> None:
    for text in texts:
        document = made_document(text, path=f"/documents/{text[:20]}")
        library.put(document, [], [])
        library.make_current([document.id])


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    (tmp_path / "home").mkdir()
    return DataFolder(tmp_path / "home")


@pytest.fixture
def elsewhere(tmp_path: Path) -> DataFolder:
    (tmp_path / "elsewhere").mkdir()
    return DataFolder(tmp_path / "elsewhere")


@pytest.fixture
def backup(folder: DataFolder, tmp_path: Path) -> Path:
    """A backup of two documents."""
    with closing(Library(folder.library)) as library:
        put(library, "Some words.", "其他的话。")
        back_up(folder, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def texts(folder: DataFolder) -> set[str]:
    with closing(Library(folder.library)) as library:
        return {document.text for document in library.documents()}


def test_what_was_backed_up_is_there_after_restoring(backup: Path, elsewhere: DataFolder) -> None:
    done = restore(backup, elsewhere)
    assert (done.documents, done.files) == (2, ("library.sqlite",))
    assert texts(elsewhere) == {"Some words.", "其他的话。"}
    assert [path.name for path in elsewhere.path.iterdir()] == ["library.sqlite"]


def test_other_databases_of_the_folder_come_along_and_caches_do_not(
    folder: DataFolder, elsewhere: DataFolder, tmp_path: Path
) -> None:
    Library(folder.library).close()
    for path in (folder.path / "records.sqlite", folder.path / "cache" / "vectors.sqlite"):
        path.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE kept (x)")
    assert back_up(folder, tmp_path / "b.zip").files == ("library.sqlite", "records.sqlite")
    restore(tmp_path / "b.zip", elsewhere)
    with closing(sqlite3.connect(elsewhere.path / "records.sqlite")) as other:
        assert other.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    assert not elsewhere.cache.exists()


def test_named_files_come_along_as_they_are_and_no_others(
    folder: DataFolder, elsewhere: DataFolder, tmp_path: Path
) -> None:
    Library(folder.library).close()
    for name in ("audit.jsonl", "audit.sqlite-wal", "settings.toml", "lock"):
        (folder.path / name).write_text(f"words of {name}\nand more")
    assert back_up(folder, tmp_path / "b.zip", ["audit.*"]).files == ("audit.jsonl", "library.sqlite")
    with pytest.raises(BackupUnusable, match="does not hold the files"):
        restore(tmp_path / "b.zip", elsewhere)
    restore(tmp_path / "b.zip", elsewhere, ["audit.*"])
    assert (elsewhere.path / "audit.jsonl").read_text() == "words of audit.jsonl\nand more"
    assert sorted(path.name for path in elsewhere.path.iterdir()) == ["audit.jsonl", "library.sqlite"]


def test_a_backup_while_documents_come_in_holds_whole_documents_only(
    folder: DataFolder, tmp_path: Path
) -> None:
    with closing(Library(folder.library)) as library:

        def write() -> None:
            for number in range(150):
                document = made_document(f"First words {number}.\n\nMore.", path=f"/d/{number}")
                library.put(document, [made_passages(document)[0].section], made_passages(document))
                library.make_current([document.id])

        writer = threading.Thread(target=write)
        writer.start()
        for number in range(20):
            back_up(folder, tmp_path / f"{number}.zip")
        writer.join()
    counts = []
    for number in range(20):
        place = DataFolder(tmp_path / f"home{number}")
        place.path.mkdir()
        restore(tmp_path / f"{number}.zip", place)
        with closing(Library(place.library)) as library:
            counts.append(len(library.in_state("current")))
            assert library.passage_count() == 2 * counts[-1]
    assert counts == sorted(counts)


def repacked(backup: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with its members changed."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return backup


def _flip(members: dict[str, bytes]) -> None:
    content = bytearray(members["library.sqlite"])
    content[len(content) // 2] ^= 1
    members["library.sqlite"] = bytes(content)


def _shorten(members: dict[str, bytes]) -> None:
    members["library.sqlite"] = members["library.sqlite"][:-1]


def _lose(members: dict[str, bytes]) -> None:
    del members["library.sqlite"]


def _add(members: dict[str, bytes]) -> None:
    members["../outside.sqlite"] = b"words"


def _no_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def _told(members: dict[str, bytes], **changed: object) -> None:
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changed).encode()


def _newer(members: dict[str, bytes]) -> None:
    _told(members, schema=SCHEMA_VERSION + 1)


def _outside(members: dict[str, bytes]) -> None:
    _told(members, files={"../outside.sqlite": {"sha256": "", "bytes": 5}})
    members["../outside.sqlite"] = b"words"


def _no_files(members: dict[str, bytes]) -> None:
    _told(members, files=None)


@pytest.mark.parametrize(
    "damage",
    [_flip, _shorten, _lose, _add, _no_manifest, _newer, _outside, _no_files],
    ids=lambda f: f.__name__,
)
def test_a_damaged_or_foreign_backup_is_refused_and_nothing_is_touched(
    backup: Path, elsewhere: DataFolder, damage: Callable[[dict[str, bytes]], None]
) -> None:
    with pytest.raises(BackupUnusable, match=r"backup\.zip"):
        restore(repacked(backup, damage), elsewhere)
    assert list(elsewhere.path.iterdir()) == []
    assert not (elsewhere.path.parent / "outside.sqlite").exists()


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04" + bytes(100)])
def test_a_file_that_is_no_archive_is_named(tmp_path: Path, elsewhere: DataFolder, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BackupUnusable, match=r"b\.zip is no whole backup"):
        restore(tmp_path / "b.zip", elsewhere)


def test_a_truncated_backup_is_named(backup: Path, elsewhere: DataFolder) -> None:
    backup.write_bytes(backup.read_bytes()[:-200])
    with pytest.raises(BackupUnusable, match=r"backup\.zip is no whole backup"):
        restore(backup, elsewhere)


def test_a_folder_that_has_a_library_is_not_restored_into(backup: Path, folder: DataFolder) -> None:
    with pytest.raises(BackupUnusable, match="has a library already; restore into an empty one"):
        restore(backup, folder)
    assert len(texts(folder)) == 2


def test_a_file_that_is_there_is_not_written_over(backup: Path, folder: DataFolder) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupUnusable, match="is there already"):
        back_up(folder, backup)
    assert backup.read_bytes() == before


def test_without_a_library_there_is_nothing_to_back_up(folder: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(BackupUnusable, match="There is no library"):
        back_up(folder, tmp_path / "b.zip")
    assert list(folder.path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(folder: DataFolder, tmp_path: Path) -> None:
    Library(folder.library).close()
    with pytest.raises(BackupUnusable, match=r"nowhere/b\.zip cannot be read or written"):
        back_up(folder, tmp_path / "nowhere" / "b.zip")


def test_a_damaged_library_is_not_backed_up(folder: DataFolder, tmp_path: Path) -> None:
    with closing(Library(folder.library)) as library:
        put(library, *(f"Text {number} " + "x" * 3_000 for number in range(20)))
    with folder.library.open("r+b") as file:
        file.seek(4096 * 16)
        file.write(b"\xff" * 4096 * 6)
    with pytest.raises(DataFolderUnusable, match="policy-assistant library doctor"):
        back_up(folder, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()
