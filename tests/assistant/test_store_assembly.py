"""The commands over a library on a real PostgreSQL and vectors on a real Chroma server."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.assembly import open_assistant, open_page, open_records
from assistant.command_line import main
from assistant.errors import SettingsError
from assistant.people.audit import Unrecorded
from assistant.settings import Settings, load_settings
from evals.bench.own_chroma import ChromaServer, chroma_server
from knowledge.errors import KnowledgeError, LibraryBusy, ServerUnreachable
from tests.assistant.records.made_records import IMPORTS, stored
from tests.assistant.small_documents import SEED_TEXT, SEEDS
from tests.postgres_server import PostgresServer

QUESTION = "How should a favorable environment for service imports be created?"


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path / "chroma") as running:
        yield running


@pytest.fixture
def run(
    postgres: PostgresServer,
    chroma: ChromaServer,
    indexed_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., int]:
    """Runs a command as the process of a data folder of that name, with everything else shared."""
    url = postgres.new_database()
    for name, value in (("LIBRARY", url), ("RECORDS", url), ("VECTORS", chroma.url)):
        monkeypatch.setenv(f"POLICY_ASSISTANT_{name}", value)

    def command(name: str, *arguments: str) -> int:
        home = tmp_path / name
        if not home.exists():
            shutil.copytree(indexed_home / "cache", home / "cache")  # what fills it takes seconds
        monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(home))
        return main(list(arguments))

    return command


def settings(tmp_path: Path, name: str) -> Settings:
    named = {name: value for name, value in os.environ.items() if name.startswith("POLICY_ASSISTANT_")}
    return load_settings({**named, "POLICY_ASSISTANT_HOME": str(tmp_path / name)})


def test_what_one_process_indexed_another_answers_from(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("indexer", "index", str(SEEDS)) == 0
    assert run("other", "ask", QUESTION) == 0
    assert "service imports" in capsys.readouterr().out
    assert not (tmp_path / "other" / "library.sqlite").exists()
    assert not (tmp_path / "other" / "vectors").exists()
    assert run("other", "library", "doctor") == 0
    assert run("other", "library") == 0
    assert "1 document" in capsys.readouterr().out


def test_what_is_wrong_is_found_and_rebuilt(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("indexer", "index", str(SEEDS))
    with open_assistant(settings(tmp_path, "indexer"), "t") as assistant:
        ids = assistant.search.vector_index.ids()
        assistant.search.vector_index._collection.delete(ids=ids[:3])
    assert run("other", "ask", QUESTION) == 1
    assert "The vector index holds" in capsys.readouterr().err
    assert run("other", "library", "doctor") == 1
    assert run("other", "index", "--rebuild") == 0
    assert run("indexer", "ask", QUESTION) == 0
    assert run("indexer", "library", "doctor") == 0


def test_the_page_and_an_indexer_work_side_by_side_but_no_rebuild(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("indexer", "index", str(SEEDS))
    shutil.copytree(tmp_path / "indexer" / "cache", tmp_path / "page" / "cache")
    more = tmp_path / "more.txt"
    more.write_text("Station Gelthor files its yearly report within 417 days.\n")
    with open_page(settings(tmp_path, "page"), "chat", Unrecorded()) as (assistant, _desk):
        assert SEED_TEXT in {document.text for document in assistant.library.documents()}
        assert run("indexer", "index", str(more)) == 0
        answer = assistant.answer("Within how many days does station Gelthor file its yearly report?")
        assert "417 days" in answer.sentences[0].text
        capsys.readouterr()
        assert run("indexer", "index", "--rebuild") == 1
        assert "is being served by `policy-assistant chat on" in capsys.readouterr().err


def test_conversations_are_seen_by_every_process(run: Callable[..., int], tmp_path: Path) -> None:
    with (
        open_records(settings(tmp_path, "one"), "t") as one,
        open_records(settings(tmp_path, "two"), "t") as two,
    ):
        one.keep("ann", None, IMPORTS, stored(IMPORTS))
        assert [listed.title for listed in two.conversations("ann")] == [IMPORTS]


def test_a_backup_says_what_is_to_be_done_instead(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("backup", "restore"):
        assert run("one", "library", command, str(tmp_path / "all.backup")) == 1
        assert "pg_" in capsys.readouterr().err


def test_a_server_that_is_gone_ends_a_question_with_one_sentence(
    run: Callable[..., int], chroma: ChromaServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("indexer", "index", str(SEEDS))
    with open_assistant(settings(tmp_path, "indexer"), "t") as assistant:
        chroma.kill()
        with pytest.raises(ServerUnreachable):
            assistant.answer(QUESTION)
        chroma.start()
        assert assistant.answer(QUESTION).sentences
        chroma.kill()
    capsys.readouterr()
    assert run("other", "ask", QUESTION) == 1
    assert "Chroma server" in capsys.readouterr().err
    assert run("other", "doctor") == 1
    assert "does not answer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"library": "postgresql://db/x"}, "set vectors to the address of a Chroma server"),
        ({"library": "mysql://db/x", "vectors": "http://127.0.0.1:1"}, "begins with postgresql://"),
        ({"library": "postgresql://u:pw@db/x", "vectors": "http://127.0.0.1:1"}, "PGPASSWORD"),
        ({"vectors": "somewhere"}, "write it as http://host:port"),
    ],
)
def test_addresses_that_cannot_be_meant_are_refused(home: Path, given: dict[str, str], told: str) -> None:
    named = {f"POLICY_ASSISTANT_{name.upper()}": value for name, value in given.items()}
    chosen = load_settings({"POLICY_ASSISTANT_HOME": str(home), **named})
    with pytest.raises((SettingsError, KnowledgeError), match=told) as refused, open_assistant(chosen, "t"):
        pass
    assert not isinstance(refused.value, LibraryBusy)
    assert "pw@" not in str(refused.value)
