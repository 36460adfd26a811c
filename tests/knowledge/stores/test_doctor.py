import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.data_folder import DataFolder
from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import parameters
from knowledge.keyword_index import KeywordIndex
from knowledge.stores.doctor import examine
from knowledge.stores.index_probe import seal_of
from knowledge.vector_index import VectorIndex
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.made_documents import made_document, one_passage, write
from tests.knowledge.opened_stores import index, opened_stores
from tests.knowledge.ordinary_user import ordinary_user_folder

WANTED = parameters(BagOfTermsEmbedder().name)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, dictionary: ChineseDictionary) -> Path:
    folder = tmp_path_factory.mktemp("doctor")
    write(folder / "documents" / "a.md", "# Customs\n\nImporters declare goods.\n")
    write(folder / "documents" / "b.md", "# Visas\n\nSpecialists get visas.\n")
    with opened_stores(folder / "home", BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, folder / "documents")
    return folder / "home"


@pytest.fixture
def folder(indexed: Path, home: Path) -> DataFolder:
    """A folder of two documents in which nothing is wrong."""
    shutil.copytree(indexed, home)
    return DataFolder(home)


def sentences(folder: DataFolder) -> list[str]:
    return [finding.sentence for finding in examine(folder, WANTED)]


def test_a_whole_folder_an_empty_and_a_new_one_have_nothing_wrong(folder: DataFolder, tmp_path: Path) -> None:
    assert sentences(folder) == []
    assert sentences(folder) == []  # looking has changed nothing
    new = DataFolder(tmp_path / "new")
    new.cache.mkdir(parents=True)
    assert sentences(new) == []


def _keyword_gone(folder: DataFolder) -> None:
    shutil.rmtree(folder.keyword)


def _vectors_gone(folder: DataFolder) -> None:
    shutil.rmtree(folder.vectors)


def _store_cut(folder: DataFolder) -> None:
    store = next(folder.keyword.glob("*.store"))
    store.write_bytes(store.read_bytes()[:20])


def _other_embedder(folder: DataFolder) -> None:
    change(folder, "UPDATE facts SET value = 'another' WHERE name = 'embedder'")


def _library_damaged(folder: DataFolder) -> None:
    content = bytearray(folder.library.read_bytes())
    content[4096 : 5 * 4096] = b"\xff" * 4 * 4096
    folder.library.write_bytes(content)


def _stray_rows(folder: DataFolder) -> None:
    change(folder, "INSERT INTO files VALUES ('/nowhere', 'nobody')")


def _no_file(folder: DataFolder) -> None:
    change(folder, "DELETE FROM files WHERE path LIKE '%b.md'")


def _outside_text(folder: DataFolder) -> None:
    change(folder, "UPDATE documents SET text = substr(text, 1, 5)")


def _unfinished(folder: DataFolder) -> None:
    change(folder, "UPDATE documents SET state = 'arriving' WHERE rowid = 1")


def _half_removed(folder: DataFolder) -> None:
    change(folder, "UPDATE documents SET state = 'leaving' WHERE rowid = 1")


def _cache_damaged(folder: DataFolder) -> None:
    write(folder.cache / "vectors.sqlite", "no database " * 1_000)


def _left_over(folder: DataFolder) -> None:
    (folder.path / "backup-x1y2").mkdir()


def _newer(folder: DataFolder) -> None:
    change(folder, "PRAGMA user_version = 99")


def change(folder: DataFolder, statement: str) -> None:
    with closing(sqlite3.connect(folder.library)) as library:
        library.execute(statement)
        library.commit()


REBUILD = "policy-assistant index --rebuild"


@pytest.mark.parametrize(
    ("damage", "parts"),
    [
        (_keyword_gone, ("keyword index", "is gone", REBUILD)),
        (_vectors_gone, ("vector index", "is gone", REBUILD)),
        (_store_cut, ("keyword index", "changed or deleted", REBUILD)),
        (_other_embedder, ("embedder another", REBUILD)),
        (_library_damaged, ("library.sqlite is damaged", "policy-assistant library restore")),
        (_stray_rows, ("library.sqlite is damaged", "1 rows belong to no document")),
        (_no_file, ("No file leads to", "(Visas)")),
        (_outside_text, ("do not lie within its text", REBUILD)),
        (_unfinished, ("did not finish: 1 document cannot be found yet", "policy-assistant index PATH")),
        (_half_removed, ("1 document that nothing leads to", "policy-assistant index PATH")),
        (_cache_damaged, ("vectors.sqlite is damaged", "delete it")),
        (_left_over, ("backup-x1y2", "delete it")),
        (_newer, ("newer version", "format 99")),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_wrong_is_named_with_the_remedy(
    folder: DataFolder, damage: Callable[[DataFolder], None], parts: tuple[str, ...]
) -> None:
    damage(folder)
    found = sentences(folder)
    assert any(all(part in sentence for part in parts) for sentence in found), found


def test_passages_that_an_index_lacks_or_has_too_many_are_named(folder: DataFolder) -> None:
    with closing(KeywordIndex(folder.keyword)) as keyword_index:
        keyword_index.replace([one_passage("words", "stranger")])
    with closing(VectorIndex(folder.vectors)) as vector_index:
        (id_, *_rest) = sorted(vector_index.ids())
        vector_index._collection.delete(ids=[id_])
    seal_of("vector", folder.vectors).broken()
    found = sentences(folder)
    assert any("keyword index holds, though the library has them not, 1 pass" in one for one in found), found
    assert any(f"vector index does not hold 1 passages ({id_})" in one for one in found), found


def test_a_document_that_no_file_leads_to_is_let_go_by_rebuilding(
    folder: DataFolder, dictionary: ChineseDictionary
) -> None:
    from knowledge.indexing import rebuild

    _no_file(folder)
    with opened_stores(folder.path, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        rebuild(stores, lambda _done, _total: None)
    assert sentences(folder) == []


def test_files_that_may_not_be_written_are_named(folder: DataFolder) -> None:
    with ordinary_user_folder() as place:
        (place / "home" / "cache").mkdir(parents=True)
        write(place / "home" / "settings.toml", "").chmod(0o400)
        found = sentences(DataFolder(place / "home"))
        assert any("settings.toml may not be read and written by this user" in one for one in found)


def test_no_index_means_no_fault_while_nothing_is_current(home: Path, dictionary: ChineseDictionary) -> None:
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        stores.library.put(made_document("Some words."), [], [])
    shutil.rmtree(home / "vectors")
    assert all("did not finish" in sentence for sentence in sentences(DataFolder(home)))
