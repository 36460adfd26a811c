"""The `records` commands, and the records in a backup, with the real files."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.assembly import open_records
from assistant.records.records import Records
from assistant.settings import load_settings
from tests.assistant.records.made_records import EXPORTS, IMPORTS, stored
from tests.assistant.typed import typed

Capture = pytest.CaptureFixture[str]


@contextmanager
def records() -> Iterator[Records]:
    with open_records(load_settings(), "test") as opened:
        yield opened


@pytest.fixture
def kept(home: Path) -> None:
    with records() as opened:
        for person, question in (("ann", IMPORTS), ("ann", EXPORTS), ("ben", IMPORTS)):
            opened.keep(person, None, question, stored(question))


@pytest.mark.usefixtures("kept")
class TestCommands:
    def test_it_is_listed_of_whom_something_is_kept_and_how_long(self, capsys: Capture) -> None:
        said = typed(capsys, "records").out.splitlines()

        assert said == [
            "ann  2 conversations",
            "ben  1 conversation",
            "kept for 90 days after the last question",
        ]

    def test_all_of_a_person_is_exported_as_it_is_stored(self, capsys: Capture, tmp_path: Path) -> None:
        file = tmp_path / "ann.json"

        assert typed(capsys, "records", "export", "ann", str(file)).out.startswith("2 conversations of ann")

        held = json.loads(file.read_text("utf-8"))["conversations"]
        assert {one["person"] for one in held} == {"ann"}
        assert [one["exchanges"][0]["question"] for one in held] == [EXPORTS, IMPORTS]
        assert held[0]["exchanges"][0]["answer"]["sentences"][0]["citations"][0]["quote"]
        assert "is there already" in typed(capsys, "records", "export", "ann", str(file)).complaint()

    def test_all_of_a_person_is_deleted_and_nothing_of_another(self, capsys: Capture, home: Path) -> None:
        assert typed(capsys, "records", "delete", "ann").out == "2 conversations of ann deleted\n"

        assert typed(capsys, "records").out.startswith("ben  1 conversation\n")
        assert EXPORTS.encode() not in (home / "records.sqlite").read_bytes()

    @pytest.mark.parametrize("command", [["export", "eve", "eve.json"], ["delete", "eve"]])
    def test_a_person_of_whom_nothing_is_kept_is_named(self, capsys: Capture, command: list[str]) -> None:
        assert typed(capsys, "records", *command).complaint().startswith("Nothing is kept of 'eve'")

    def test_what_is_too_old_is_purged(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        assert typed(capsys, "records", "purge").out == "0 conversations deleted\n"
        monkeypatch.setenv("POLICY_ASSISTANT_KEEP_DAYS", "0")
        assert typed(capsys, "records", "purge").out == "3 conversations deleted\n"
        assert typed(capsys, "records").out == "nothing is kept (keep_days is 0)\n"


@pytest.mark.usefixtures("seed_home")
def test_records_and_audit_come_back_from_a_backup(
    home: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with records() as opened:
        opened.keep("ann", None, IMPORTS, stored(IMPORTS))
        before = opened.conversations("ann")
    (home / "audit.jsonl").write_text('{"one": "line"}\n')

    assert typed(capsys, "library", "backup", str(tmp_path / "b.zip")).code == 0
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(tmp_path / "elsewhere"))
    assert typed(capsys, "library", "restore", str(tmp_path / "b.zip")).code == 0

    with records() as restored:
        assert restored.conversations("ann") == before
        assert restored.exchanges("ann", before[0].id)[0].answer == stored(IMPORTS)
    assert (tmp_path / "elsewhere" / "audit.jsonl").read_text() == '{"one": "line"}\n'
