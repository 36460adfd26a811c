"""What most tests of the knowledge room start from."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import Stores
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import opened_stores


@pytest.fixture(scope="session")
def dictionary_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the real dictionary, compiled once (3 s)."""
    folder = tmp_path_factory.mktemp("dictionary")
    ChineseDictionary(folder).close()
    return folder


@pytest.fixture(scope="session")
def dictionary(dictionary_cache: Path) -> Iterator[ChineseDictionary]:
    """The real dictionary."""
    with closing(ChineseDictionary(dictionary_cache)) as opened:
        yield opened


@pytest.fixture
def embedder() -> BagOfTermsEmbedder:
    return BagOfTermsEmbedder()


@pytest.fixture
def stores(home: Path, embedder: BagOfTermsEmbedder, dictionary: ChineseDictionary) -> Iterator[Stores]:
    """Empty stores in the test's own data folder."""
    with opened_stores(home, embedder, dictionary) as opened:
        yield opened


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """An empty folder for documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder
