"""The models that evals over public data work with, opened once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evals.tasks.models import Models, open_models
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import DEFAULT_EMBEDDER


@pytest.fixture(scope="session")
def models_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose cache holds the real dictionary, compiled once (3 s)."""
    home = tmp_path_factory.mktemp("evals") / "home"
    (home / "cache").mkdir(parents=True)
    ChineseDictionary(home / "cache").close()
    return home


@pytest.fixture(scope="session")
def dictionary(models_home: Path) -> Iterator[ChineseDictionary]:
    """The real dictionary."""
    with closing(ChineseDictionary(models_home / "cache")) as opened:
        yield opened


@pytest.fixture
def models(models_home: Path) -> Iterator[Models]:
    """The real embedder, remembering what it embedded, and the dictionary."""
    with open_models(models_home, DEFAULT_EMBEDDER, "tests") as opened:
        yield opened
