"""Opening the data folder: whole, empty, damaged, held by another; and the assistant that comes of it."""

import io
import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assembly import open_assistant, open_library, open_page, open_stores
from assistant.assistant import Assistant
from assistant.errors import EmptyLibrary, SettingsError
from assistant.people.audit import Unrecorded
from assistant.people.person import LOCAL_PERSON
from assistant.settings import Settings
from knowledge.data_folder import hold_data_folder
from knowledge.errors import DataFolderBusy, EmbedderUnavailable, IndexDamaged, IndexMismatch, LibraryTooNew
from knowledge.policy import Filters
from tests.assistant.small_documents import SEED_TEXT

IMPORTS = "How should a favorable environment for service imports be created?"


def test_the_library_alone_opens_without_index_and_embedder(seed_home: Path) -> None:
    settings = Settings(seed_home, embedder="no such model")
    for folder in ("keyword", "vectors", "cache"):
        shutil.rmtree(seed_home / folder)

    with open_library(settings, "library") as library:
        assert [document.text for document in library.documents()] == [SEED_TEXT]


def test_settings_decide_how_much_is_searched_and_quoted(seed_home: Path) -> None:
    with open_assistant(Settings(seed_home, passages=2, quotes=1), "tests") as assistant:
        answer = assistant.answer(IMPORTS)

    assert len(answer.considered) == 2
    assert len(answer.sentences) == 1


def test_filters_hold_for_an_answer(seed_assistant: Assistant) -> None:
    (document,) = seed_assistant.library.documents()

    only = seed_assistant.answer(IMPORTS, filters=Filters(document_ids=(document.id,)))

    assert replace(only, seconds=()) == replace(seed_assistant.answer(IMPORTS), seconds=())


def test_an_empty_data_folder_says_how_to_fill_it(indexed_home: Path, home: Path) -> None:
    shutil.copytree(indexed_home / "cache", home / "cache")  # what fills it takes seconds

    with (
        pytest.raises(EmptyLibrary, match="policy-assistant index PATH"),
        open_assistant(Settings(home), "tests"),
    ):
        pass


def test_the_page_opens_over_an_empty_library_that_its_desk_can_fill(indexed_home: Path, home: Path) -> None:
    shutil.copytree(indexed_home / "cache", home / "cache")

    with open_page(Settings(home), "tests", Unrecorded()) as (assistant, desk):
        assert assistant.answer(IMPORTS).outcome is Outcome.NOT_IN_DOCUMENTS
        job = desk.send(LOCAL_PERSON, [("seed.txt", io.BytesIO(SEED_TEXT.encode()))], "general")
        while not desk.job(LOCAL_PERSON, job.id).is_over:
            time.sleep(0.02)
        (waiting,) = desk.shelf(LOCAL_PERSON, "waiting")
        approved = desk.approve(LOCAL_PERSON, [waiting.id])
        while not desk.job(LOCAL_PERSON, approved.id).is_over:
            time.sleep(0.02)
        assert assistant.answer(IMPORTS).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(("folder", "name"), [("keyword", "keyword"), ("vectors", "vector")])
def test_an_index_that_is_gone_is_noticed_and_can_be_rebuilt(seed_home: Path, folder: str, name: str) -> None:
    shutil.rmtree(seed_home / folder)

    with (
        pytest.raises(IndexDamaged, match=rf"The {name} index holds 0 of .* index --rebuild"),
        open_assistant(Settings(seed_home), "tests"),
    ):
        pass


def test_an_index_of_another_embedder_is_refused(seed_home: Path) -> None:
    with sqlite3.connect(seed_home / "library.sqlite") as library:
        library.execute("UPDATE facts SET value = 'other:0' WHERE name = 'embedder'")
    library.close()

    with (
        pytest.raises(IndexMismatch, match=r"other:0.*index --rebuild"),
        open_assistant(Settings(seed_home), "tests"),
    ):
        pass


def test_a_library_of_a_newer_version_is_not_touched(seed_home: Path) -> None:
    with sqlite3.connect(seed_home / "library.sqlite") as library:
        library.execute("PRAGMA user_version = 999")
    library.close()
    before = (seed_home / "library.sqlite").read_bytes()

    with pytest.raises(LibraryTooNew, match="newer version"), open_assistant(Settings(seed_home), "tests"):
        pass
    assert (seed_home / "library.sqlite").read_bytes() == before


def test_fresh_indexes_are_empty_ones(seed_home: Path) -> None:
    with open_stores(Settings(seed_home), "tests", fresh_indexes=True) as stores:
        assert (len(stores.keyword_index), len(stores.vector_index)) == (0, 0)
        assert len(stores.library.documents()) == 1


def test_indexes_stay_when_what_would_rebuild_them_is_missing(seed_home: Path) -> None:
    unknown = Settings(seed_home, embedder="no such model")

    with pytest.raises(EmbedderUnavailable), open_stores(unknown, "tests", fresh_indexes=True):
        pass
    with open_assistant(Settings(seed_home), "tests") as assistant:
        assert assistant.answer(IMPORTS).sentences


def test_a_folder_in_use_names_its_holder_and_is_free_afterwards(seed_home: Path) -> None:
    settings = Settings(seed_home)

    with hold_data_folder(seed_home, "chat"):
        with pytest.raises(DataFolderBusy, match="policy-assistant chat"), open_assistant(settings, "ask"):
            pass
        with pytest.raises(DataFolderBusy, match="policy-assistant chat"), open_library(settings, "library"):
            pass
    with open_library(settings, "library") as library:
        assert library.documents()


MODEL = {"model": "openai:one", "model_url": "http://127.0.0.1:1/v1"}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"judge": "openai:two", "judge_url": "http://127.0.0.1:1/v1"}, "judge is set but model is not"),
        ({**MODEL, "judge": "two"}, "setting judge is 'two'"),
        ({**MODEL, "judge": "openai:two", "judge_url": "x"}, "setting judge_url is no address"),
    ],
)
def test_a_judge_that_cannot_be_asked_is_told_of_at_once(
    seed_home: Path, settings: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingsError, match=told), open_assistant(Settings(seed_home, **settings), "tests"):  # type: ignore[arg-type]
        pass
