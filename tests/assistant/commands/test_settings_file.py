"""The commented settings file: it says what the README says, loads to the defaults, overwrites nothing."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.command_line import main
from assistant.commands.settings_file import meanings, settings_text
from assistant.settings import PREFIX, Settings, load_settings
from tests.command_tree import ROOT

NAMES = [field.name for field in fields(Settings)]


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_says_of_a_setting_what_the_file_says(name: str) -> None:
    meaning = meanings().get(name)

    assert meaning, f"add {name} to assistant/settings_meanings.toml"
    rows = re.findall(
        rf"^\| `{name}` \| `{PREFIX}{name.upper()}` \| [^|]+ \| (.*) \|$",
        (ROOT / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", row) for row in rows] == [meaning]


def test_nothing_is_explained_that_is_no_setting() -> None:
    assert set(meanings()) == set(NAMES)


def test_every_line_that_is_taken_for_its_word_states_the_default(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    file.write_text(re.sub(r"^# (?=\w+ = )", "", settings_text(), flags=re.MULTILINE))

    assert load_settings({f"{PREFIX}HOME": str(home), f"{PREFIX}SETTINGS": str(file)}) == Settings(home)
    assert [name for name in NAMES if f"\n{name} = " not in file.read_text()] == ["home"]


def test_as_it_is_written_it_changes_nothing(home: Path) -> None:
    assert main(["settings", "write"]) == 0

    assert load_settings() == Settings(home)


def test_a_file_that_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("port = 8000\n")

    assert main(["settings", "write", str(file)]) == 1

    assert file.read_text() == "port = 8000\n"
    assert "never overwritten" in capsys.readouterr().err


def test_what_holds_now_is_shown_without_a_password(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_MODEL", "openai:m")
    monkeypatch.setenv("POLICY_ASSISTANT_MODEL_URL", "http://ann:secret@127.0.0.1:1/v1")

    assert main(["settings"]) == 0

    shown = capsys.readouterr().out
    assert f"# {home}" in shown
    assert 'model_url = "http://127.0.0.1:1/v1"' in shown
    assert "secret" not in shown
