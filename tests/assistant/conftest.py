"""The seed indexed once with the real embedder, and copies of the data folder for those who change it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assembly import open_assistant
from assistant.assistant import Assistant
from assistant.command_line import main
from assistant.settings import Settings
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import DEFAULT_EMBEDDER, Embedder, open_embedder
from knowledge.embedding.vector_cache import CachedEmbedder
from tests.assistant.small_documents import SEEDS


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the seed, indexed by the command itself; to be copied, not opened."""
    home = tmp_path_factory.mktemp("indexed") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICY_ASSISTANT_HOME", str(home))
        assert main(["index", str(SEEDS)]) == 0
    return home


@pytest.fixture(scope="session")
def cache(indexed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that outlives single tests; it saves what filling one anew would take."""
    cache = tmp_path_factory.mktemp("shared") / "cache"
    shutil.copytree(indexed_home / "cache", cache)
    return cache


@pytest.fixture(scope="session")
def dictionary(cache: Path) -> Iterator[ChineseDictionary]:
    """The real dictionary."""
    with closing(ChineseDictionary(cache)) as opened:
        yield opened


@pytest.fixture(scope="session")
def embedder(cache: Path) -> Iterator[Embedder]:
    """The real embedder, remembering what it embedded."""
    model = open_embedder(DEFAULT_EMBEDDER, cache_folder=cache)
    with closing(CachedEmbedder(model, cache / "vectors.sqlite")) as opened:
        yield opened


@pytest.fixture
def seed_home(indexed_home: Path, home: Path) -> Path:
    """The data folder of one test, holding the seed."""
    shutil.copytree(indexed_home, home)
    return home


@pytest.fixture(scope="session")
def seed_assistant(indexed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The product over the seed, open for all tests that only ask."""
    home = tmp_path_factory.mktemp("open") / "home"
    shutil.copytree(indexed_home, home)
    with open_assistant(Settings(home), "tests") as assistant:
        yield assistant
