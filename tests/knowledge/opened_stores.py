"""The stores of the knowledge room, opened over a folder, and what all of them hold."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

from knowledge.data_folder import DataFolder, hold_data_folder
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.embedding.vector_cache import CachedEmbedder
from knowledge.findable import Findable
from knowledge.following import Following
from knowledge.indexing import IndexReport, Stores, index_paths
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library
from knowledge.reader import E5Reader
from knowledge.search import Search
from knowledge.served_vectors import ServedVectorIndex
from knowledge.stores.library_database import LIBRARY_FAULTS, LIBRARY_SCHEMA
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_database import PostgresDatabase
from knowledge.validity.in_force import InForce
from knowledge.vector_index import VectorIndex


def library_on_server(url: str) -> PostgresDatabase:
    """The library's database at an address."""
    return PostgresDatabase(PostgresAddress(url), LIBRARY_SCHEMA, LIBRARY_FAULTS)


@contextmanager
def opened_stores(
    home: Path, embedder: Embedder, dictionary: ChineseDictionary, *, fresh_indexes: bool = False
) -> Iterator[Stores]:
    """Real stores in `home`, held as the product holds them; only the embedder is given."""
    with ExitStack() as stack:
        folder: DataFolder = stack.enter_context(hold_data_folder(home, "test"))
        library = stack.enter_context(closing(Library(folder.library)))
        if fresh_indexes:
            shutil.rmtree(folder.keyword)
            shutil.rmtree(folder.vectors)
        keyword_index = stack.enter_context(closing(KeywordIndex(folder.keyword)))
        vector_index = stack.enter_context(closing(VectorIndex(folder.vectors)))
        cached = stack.enter_context(closing(CachedEmbedder(embedder, folder.cache / "vectors.sqlite")))
        yield Stores(library, keyword_index, vector_index, cached, dictionary, E5Reader())


def index(stores: Stores, *paths: Path, all_gone: bool = False) -> IndexReport:
    """Index and look at no progress."""
    return index_paths(paths, stores, lambda _done, _total: None, all_gone=all_gone)


def search(stores: Stores, *, today: date = date(2026, 1, 1)) -> Search:
    """Search over these stores, on a day that stays the same."""
    return Search(
        stores.library,
        stores.keyword_index,
        stores.vector_index,
        stores.embedder,
        stores.dictionary,
        Findable(stores.library, InForce(stores.library, lambda: today)),
        catch_up=stores.catch_up,
    )


@contextmanager
def shared_stores(
    home: Path, library_url: str, vectors_url: str, embedder: Embedder, dictionary: ChineseDictionary
) -> Iterator[Stores]:
    """Stores of one of several processes that share a library and its vectors."""
    with ExitStack() as stack:
        folder: DataFolder = stack.enter_context(hold_data_folder(home, "test"))
        database = library_on_server(library_url)
        library = stack.enter_context(closing(Library(database)))
        keyword_index = stack.enter_context(closing(KeywordIndex(folder.keyword)))
        vectors = ServedVectorIndex(vectors_url, library.identity())
        vector_index = stack.enter_context(closing(vectors))
        catch_up = Following(database, library, keyword_index, folder.keyword / ".followed.json")
        catch_up()
        yield Stores(
            library,
            keyword_index,
            vector_index,
            embedder,
            dictionary,
            E5Reader(),
            catch_up,
            lambda purpose: database.held("writing", purpose),
        )


def keyword_ids(index: KeywordIndex) -> list[str]:
    """The id of every passage that the keyword index holds, sorted; twice when it is held twice."""
    return sorted(index.ids())


def vector_ids(index: VectorIndex) -> list[str]:
    """The id of every passage that the vector index holds, sorted."""
    return sorted(index.ids())


def assert_at_rest(stores: Stores) -> dict[str, str]:
    """Library and both indexes hold the same passages, once each, and nothing waits; returns path -> text."""
    library = stores.library
    assert library.is_settled()
    assert library.arriving_files() == {}
    documents = {document.id: document for document in library.documents()}
    files = library.files()
    assert set(files.values()) == set(documents)
    passages = sorted(passage.id for id_ in documents for passage in library.passages_of(id_))
    assert len(set(passages)) == len(passages) == library.passage_count()
    assert keyword_ids(stores.keyword_index) == passages
    assert vector_ids(stores.vector_index) == passages
    return {path: documents[document_id].text for path, document_id in files.items()}
