"""What people do wrong: one sentence that names the thing and the remedy, and nothing lost."""

import codecs
import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.stores.library_database import SCHEMA_VERSION
from tests.assistant.permissions import closed
from tests.assistant.small_documents import ENVIRONMENT, SEEDS
from tests.assistant.typed import Typed, typed

IMPORTS = "How should a favorable environment for service imports be created?"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def nothing_is_lost(seed_home: Path, capsys: Capture) -> Iterator[None]:
    """After every test of this file the seed is still there, and answers."""
    yield
    assert ENVIRONMENT in typed(capsys, "ask", IMPORTS).out


class TestFiles:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A folder with one good document."""
        folder = tmp_path / "documents"
        folder.mkdir()
        (folder / "good.txt").write_text("A paper certificate costs 20 yuan.\n")
        return folder

    @pytest.mark.parametrize(
        ("content", "fault", "remedy"),
        [
            (b"", "is empty", "put the document's text into it or take it away"),
            (b" \n\t\r\n ", "holds nothing but blank space", "put the document's text into it"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "is binary data", "save the document as text"),
            ("Décret relatif à l'exportation des œuvres protégées à l'étranger".encode("cp1252"),
             "is in none of UTF-8", "save it again as UTF-8"),
            ("輸出入業者は契約書を五年間保存しなければならない。ただし、".encode("shift_jis"),
             "is in none of UTF-8", "save it again as UTF-8"),
            (b"Fees are \xed\xa0\x80 due.", "holds half a surrogate pair", "save it again as UTF-8"),
            (codecs.BOM_UTF16_LE + "Fees are due.".encode("utf-16-le") + b"\x00",
             "is damaged UTF-16", "save it again as UTF-8"),
            (b"Fees are due. " * 3_571_429, "has 50.0 MB", "split it into smaller files"),
        ],
        ids=["empty", "blank", "binary", "latin", "japanese", "surrogate", "utf-16", "50 MB"],
    )  # fmt: skip
    def test_a_file_that_cannot_be_read_is_named_and_the_others_are_indexed(
        self, folder: Path, capsys: Capture, content: bytes, fault: str, remedy: str
    ) -> None:
        (folder / "bad.txt").write_bytes(content)

        done = typed(capsys, "index", str(folder))

        said = done.complaint()
        assert said.startswith(f"{folder / 'bad.txt'} {fault}")
        assert remedy in said
        assert done.out == "1 added, 0 changed, 0 removed, 0 moved, 0 unchanged, 1 failed\n"
        assert "20 yuan" in typed(capsys, "search", "paper certificate").out

    def test_what_was_read_from_a_file_stays_when_it_can_no_longer_be_read(
        self, folder: Path, capsys: Capture
    ) -> None:
        assert typed(capsys, "index", str(folder)).code == 0
        (folder / "good.txt").write_bytes(b"")

        assert typed(capsys, "index", str(folder)).complaint().startswith(f"{folder / 'good.txt'} is empty")
        assert "20 yuan" in typed(capsys, "search", "paper certificate").out

    def test_a_missing_path_is_named_and_nothing_is_changed(self, folder: Path, capsys: Capture) -> None:
        said = typed(capsys, "index", str(folder), str(folder / "gone")).complaint()

        assert str(folder / "gone") in said
        assert "check the path" in said
        assert typed(capsys, "library").out.endswith("\n1 document\n")

    def test_a_folder_without_documents_is_named(self, tmp_path: Path, capsys: Capture) -> None:
        empty = tmp_path / "empty"
        empty.mkdir()
        (empty / "notes.odt").write_bytes(b"PK")

        said = typed(capsys, "index", str(empty)).complaint()

        assert str(empty) in said
        assert ".txt" in said

    def test_a_file_of_another_format_is_named(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "notes.odt").write_bytes(b"PK")

        said = typed(capsys, "index", str(tmp_path / "notes.odt")).complaint()

        assert "notes.odt" in said
        assert ".txt, .md" in said

    def test_a_catalogue_that_is_not_understood_is_named_before_anything_changes(
        self, folder: Path, capsys: Capture
    ) -> None:
        (folder / "catalog.toml").write_text(
            '[[document]]\nfile = "good.txt"\ntitle = "Fees"\nauthor = "x"\n'
        )

        said = typed(capsys, "index", str(folder)).complaint()

        assert str(folder / "catalog.toml") in said
        assert '"author"' in said
        assert typed(capsys, "library").out.endswith("\n1 document\n")

    @pytest.mark.skipif(os.name == "nt", reason="names are of another kind there")
    def test_a_name_that_is_no_text_is_told_all_the_same(self, folder: Path, capsys: Capture) -> None:
        said = typed(capsys, "index", str(folder / os.fsdecode(b"gone-\xff.txt"))).complaint()

        assert "gone-" in said


class TestQuestions:
    @pytest.mark.parametrize("command", ["ask", "search"])
    @pytest.mark.parametrize(
        ("question", "fault", "remedy"),
        [
            ("", "The question is empty", "write what you want to know"),
            (" \u3000 ", "The question is empty", "write what you want to know"),
            ("……？", "The question holds no word", "write what you want to know"),
            ("出口" * 5_000, "The question has 10,000 characters; 2,000 are allowed", "Ask for one thing"),
            ("fees \ud800", "holds characters that are not valid text", "type it again"),
            (os.fsdecode(b"fees \xff\xfe"), "holds characters that are not valid text", "type it again"),
        ],
        ids=["empty", "blank", "no word", "10,000", "surrogate", "bytes"],
    )
    def test_it_says_what_is_wrong_with_the_question(
        self, command: str, question: str, fault: str, remedy: str, capsys: Capture
    ) -> None:
        said = typed(capsys, command, question).complaint()

        assert fault in said
        assert remedy in said


class TestDataFolder:
    def test_a_library_of_a_newer_version_is_left_alone(self, seed_home: Path, capsys: Capture) -> None:
        self.set_version(seed_home, 999)
        before = (seed_home / "library.sqlite").read_bytes()

        for command in (["ask", IMPORTS], ["library"], ["index", str(SEEDS)], ["index", "--rebuild"]):
            said = typed(capsys, *command).complaint()
            assert str(seed_home / "library.sqlite") in said
            assert "newer version" in said
            assert "POLICY_ASSISTANT_HOME" in said

        assert (seed_home / "library.sqlite").read_bytes() == before
        self.set_version(seed_home, SCHEMA_VERSION)

    def set_version(self, home: Path, version: int) -> None:
        library = sqlite3.connect(home / "library.sqlite")
        library.execute(f"PRAGMA user_version = {version}")
        library.close()

    @pytest.mark.skipif(os.name == "nt", reason="permissions are of another kind there")
    @pytest.mark.parametrize("command", [["index", str(SEEDS)], ["ask", IMPORTS], ["library"]])
    def test_a_folder_without_write_permission_is_named(
        self, seed_home: Path, command: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shut = seed_home.parent / "shut"
        shut.mkdir()
        with monkeypatch.context() as patch, closed(shut):
            patch.setenv("POLICY_ASSISTANT_HOME", str(shut / "home"))
            said = typed(capsys, *command).complaint()

        assert str(shut) in said
        assert "permission" in said.lower()

    def test_a_file_in_place_of_the_folder_is_named(
        self, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("not a folder")
        with monkeypatch.context() as patch:
            patch.setenv("POLICY_ASSISTANT_HOME", str(tmp_path / "file"))
            said = typed(capsys, "library").complaint()

        assert str(tmp_path / "file") in said
        assert "POLICY_ASSISTANT_HOME" in said

    def test_a_damaged_library_is_named(self, seed_home: Path, capsys: Capture) -> None:
        library = seed_home / "library.sqlite"
        whole = library.read_bytes()
        library.write_bytes(b"this is no database" * 100)

        said = typed(capsys, "ask", IMPORTS).complaint()

        assert str(library) in said
        assert "policy-assistant index" in said
        library.write_bytes(whole)

    @pytest.mark.parametrize("index", ["keyword", "vectors"])
    def test_a_missing_index_is_named_with_the_command_that_rebuilds_it(
        self, seed_home: Path, index: str, capsys: Capture
    ) -> None:
        shutil.rmtree(seed_home / index)

        assert "index --rebuild" in typed(capsys, "ask", IMPORTS).complaint()
        assert typed(capsys, "index", "--rebuild").out == "1 document indexed anew\n"

    def test_a_setting_that_is_not_understood_is_named(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value, said in (
            ("PROT", "8000", "There is no setting for POLICY_ASSISTANT_PROT"),
            ("PORT", "http", "POLICY_ASSISTANT_PORT must be a whole number"),
            ("EMBEDDER", "nonsense", 'embedder = "nonsense" is not known'),
        ):
            with monkeypatch.context() as patch:
                patch.setenv(f"POLICY_ASSISTANT_{name}", value)
                assert said in typed(capsys, "ask", IMPORTS).complaint()

    def test_an_empty_library_says_how_to_fill_it(self, seed_home: Path, capsys: Capture) -> None:
        (seed_home / "library.sqlite").rename(seed_home / "kept.sqlite")

        for command in (["ask", IMPORTS], ["search", IMPORTS]):
            said = typed(capsys, *command).complaint()
            assert said.startswith("The library is empty")
            assert "policy-assistant index PATH" in said

        for rest in seed_home.glob("library.sqlite*"):
            rest.unlink()
        (seed_home / "kept.sqlite").rename(seed_home / "library.sqlite")


class TestPage:
    def test_a_port_in_use_is_named_with_the_option(self, capsys: Capture) -> None:
        with socket.create_server(("127.0.0.1", 0)) as holder:
            port = holder.getsockname()[1]
            done = typed(capsys, "chat", "--port", str(port))

        self.names(done, str(port), "--port")

    def test_a_host_beyond_this_machine_is_refused(self, capsys: Capture) -> None:
        self.names(typed(capsys, "chat", "--host", "0.0.0.0"), "0.0.0.0", "127.0.0.1")  # noqa: S104 (is refused)

    def names(self, done: Typed, thing: str, remedy: str) -> None:
        said = done.complaint()
        assert thing in said
        assert remedy in said
