"""For every test: no network, none of the user's settings, and a data folder of its own."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network_guard import forbid_network
from tests.postgres_server import PostgresServer, postgres_server

forbid_network()  # here and not in a fixture, so that no fixture escapes it

_KEPT = {
    "POLICY_ASSISTANT_CHROMIUM",
    "POLICY_ASSISTANT_PUBLIC_DATA",
}  # where the machine has what tests look at


@pytest.fixture(scope="session", autouse=True)
def environment_without_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own settings reach no test; what session fixtures start writes into a scratch folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith("POLICY_ASSISTANT_") and name not in _KEPT:
                patch.delenv(name)
        patch.setenv("POLICY_ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that stays up; each test has a database of its own there."""
    with postgres_server() as running:
        yield running


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of one test, not made yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Commands that run in this process may open a log, on a standard error that is gone after the test."""
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if one not in handlers]:
        handler.close()
        root.removeHandler(handler)
    root.setLevel(level)
    for name in ("assistant", "knowledge", "evals"):
        logging.getLogger(name).setLevel(logging.NOTSET)
