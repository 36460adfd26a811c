"""Settings: the file, the environment over it, and no mistake that passes for a default."""

import os
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import platformdirs
import pytest

from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings, load_settings
from knowledge.embedder import DEFAULT_EMBEDDER
from tests.assistant.permissions import closed


def loaded(home: Path, toml: str | bytes = "", /, **environment: str) -> Settings:
    """The settings with `toml` in the data folder's settings.toml; `PORT="1"` stands for the variable."""
    home.mkdir(exist_ok=True)
    if toml:
        (home / "settings.toml").write_bytes(toml.encode() if isinstance(toml, str) else toml)
    named = {f"{PREFIX}{name}": value for name, value in environment.items()}
    return load_settings({f"{PREFIX}HOME": str(home), "PATH": "/bin"} | named)


class TestWhereValuesComeFrom:
    def test_without_a_file_and_variables_every_default_holds(self, tmp_path: Path) -> None:
        assert loaded(tmp_path) == Settings(
            home=tmp_path,
            embedder=DEFAULT_EMBEDDER,
            passages=10,
            quotes=4,
            host="127.0.0.1",
            port=7860,
            language="en",
            model="none",
            model_url="none",
            model_timeout=30,
            model_tokens=4_000,
            log="text",
            log_level="info",
            log_file="none",
            log_questions="no",
            tracing="none",
            answers_at_once=4,
            answers_waiting=60,
        )

    def test_the_file_sets_what_it_names_and_nothing_else(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, 'port = 8000\nlanguage = "zh"\n') == Settings(
            tmp_path, port=8000, language="zh"
        )

    def test_the_environment_wins_over_the_file(self, tmp_path: Path) -> None:
        settings = loaded(tmp_path, "port = 8000\nquotes = 2\n", PORT="9000")

        assert (settings.port, settings.quotes) == (9000, 2)

    def test_every_setting_can_be_set_by_its_variable(self, tmp_path: Path) -> None:
        given = {
            "LIBRARY": "postgresql://policy@db/policy",
            "RECORDS": "postgresql://policy@db/records",
            "VECTORS": "http://127.0.0.1:8000",
            "EMBEDDER": "all-MiniLM-L6-v2",
            "PASSAGES": "3",
            "QUOTES": "2",
            "HOST": "::1",
            "PORT": "1",
            "LANGUAGE": "zh",
            "MODEL": "openai:m",
            "MODEL_URL": "http://127.0.0.1:1/v1",
            "MODEL_TIMEOUT": "5",
            "MODEL_TOKENS": "2000",
            "JUDGE": "openai:j",
            "JUDGE_URL": "http://127.0.0.1:2/v1",
            "USERS": "people.toml",
            "HOSTS": "policy.example.org",
            "HTTPS": "yes",
            "PROXIES": "127.0.0.1",
            "SESSION_IDLE_MINUTES": "5",
            "SESSION_HOURS": "8",
            "ASKS_PER_MINUTE": "3",
            "OIDC_ISSUER": "https://id.example.org",
            "OIDC_CLIENT_ID": "assistant",
            "KEEP_DAYS": "7",
            "EVALS_FOLDER": "reports",
            "LOG": "json",
            "LOG_LEVEL": "error",
            "LOG_FILE": "page.log",
            "LOG_QUESTIONS": "yes",
            "TRACING": "console",
            "ANSWERS_AT_ONCE": "1",
            "ANSWERS_WAITING": "0",
        }

        assert {field.name.upper() for field in fields(Settings)} == {*given, "HOME"}
        settings = loaded(tmp_path, **given)
        for name, value in given.items():
            assert str(getattr(settings, name.lower())) == value

    def test_an_empty_variable_counts_as_not_set(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, "port = 8000", PORT="", SETTINGS="").port == 8000

    def test_a_named_file_is_read_in_place_of_the_one_in_the_data_folder(self, tmp_path: Path) -> None:
        other = tmp_path / "other.toml"
        other.write_text("quotes = 1\n")

        assert loaded(tmp_path / "home", "port = 8000", SETTINGS=str(other)) == Settings(
            tmp_path / "home", quotes=1
        )

    def test_a_byte_order_mark_before_the_file_is_passed_over(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, b"\xef\xbb\xbfport = 8000\n").port == 8000

    def test_what_tests_and_evals_read_under_the_same_prefix_is_no_setting(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, CHROMIUM="/usr/bin/chromium", PUBLIC_DATA="/data") == Settings(tmp_path)

    def test_a_secret_stands_in_the_environment_alone(self, tmp_path: Path) -> None:
        assert "canary" not in repr(loaded(tmp_path, OIDC_SECRET="canary"))  # noqa: S106
        with pytest.raises(SettingsError, match="no setting for oidc_secret"):
            loaded(tmp_path, 'oidc_secret = "canary"')

    def test_settings_cannot_be_changed_afterwards(self, tmp_path: Path) -> None:
        with pytest.raises(FrozenInstanceError):
            loaded(tmp_path).port = 1  # type: ignore[misc]


class TestHome:
    def test_by_default_it_is_the_users_data_folder(self) -> None:
        assert load_settings({}).home == platformdirs.user_data_path("policy-assistant")
        assert load_settings({f"{PREFIX}HOME": ""}).home == platformdirs.user_data_path("policy-assistant")

    def test_a_tilde_is_the_users_own_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))

        assert load_settings({f"{PREFIX}HOME": "~/policies"}).home == tmp_path / "policies"

    def test_a_relative_path_becomes_absolute(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

        assert load_settings({f"{PREFIX}HOME": "state"}).home == tmp_path / "state"

    def test_a_folder_that_does_not_exist_yet_is_no_error(self, tmp_path: Path) -> None:
        home = tmp_path / "not" / "there"

        assert load_settings({f"{PREFIX}HOME": str(home)}) == Settings(home)
        assert not home.exists()

    @pytest.mark.parametrize("variable", ["HOME", "SETTINGS"])
    def test_the_folder_of_an_unknown_user_is_refused(self, variable: str) -> None:
        with pytest.raises(SettingsError, match=rf"{PREFIX}{variable} is '~no-such-user/x'.*whole path"):
            load_settings({f"{PREFIX}{variable}": "~no-such-user/x"})

    def test_it_cannot_be_set_in_the_file_that_lies_in_it(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match=rf"settings\.toml: home is set by {PREFIX}HOME alone"):
            loaded(tmp_path, 'home = "/elsewhere"')


class TestUnknownNames:
    def test_an_unknown_key_is_named_with_its_file(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match=r"no setting for prot in .*settings\.toml.*port"):
            loaded(tmp_path, "prot = 8000")

    def test_a_table_is_an_unknown_key(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="no setting for server in"):
            loaded(tmp_path, "[server]\nport = 8000")

    @pytest.mark.parametrize("name", ["PROT", "port", "home", "", "PORT_"])
    def test_an_unknown_variable_is_named_whatever_it_holds(self, tmp_path: Path, name: str) -> None:
        for value in ("1", ""):
            with pytest.raises(SettingsError, match=f"no setting for {PREFIX}{name};"):
                loaded(tmp_path, **{name: value})


class TestWrongValues:
    @pytest.mark.parametrize(
        "line",
        [
            'port = "8000"',
            "port = 8000.0",
            "port = true",
            "port = 0",
            "port = 65536",
            "passages = 0",
            "passages = 101",
            "quotes = -1",
            "quotes = 21",
            "embedder = 5",
            'embedder = ""',
            'host = "  "',
            'host = ["127.0.0.1"]',
            'language = "de"',
            "language = 2021-01-01",
        ],
    )
    def test_a_value_in_the_file_is_refused_by_key_and_file(self, tmp_path: Path, line: str) -> None:
        key = line.split(" ")[0]

        with pytest.raises(SettingsError, match=rf"^{key} in .*settings\.toml must be .*, not "):
            loaded(tmp_path, line)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PORT", "http"),
            ("PORT", "70000"),
            ("PORT", "9" * 5000),
            ("PASSAGES", "1.5"),
            ("QUOTES", "0"),
            ("HOST", " "),
            ("LANGUAGE", "EN"),
        ],
    )
    def test_a_variable_is_refused_by_name(self, tmp_path: Path, name: str, value: str) -> None:
        with pytest.raises(SettingsError, match=rf"^{PREFIX}{name} must be .*, not "):
            loaded(tmp_path, **{name: value})

    @pytest.mark.parametrize(
        ("name", "least", "most"), [("passages", 1, 100), ("quotes", 1, 20), ("port", 1, 65535)]
    )
    def test_both_ends_of_a_range_are_allowed(self, tmp_path: Path, name: str, least: int, most: int) -> None:
        assert getattr(loaded(tmp_path, f"{name} = {least}"), name) == least
        assert getattr(loaded(tmp_path, **{name.upper(): str(most)}), name) == most


class TestUnreadableFiles:
    @pytest.mark.parametrize(
        "content", [b"port 8000", b"port = 8000\nport = 8001", b"port = \xff", b"\x00\x01"]
    )
    def test_a_file_that_is_not_toml_is_named(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(SettingsError, match=r"settings\.toml is not TOML in UTF-8 \(.+\); mend it"):
            loaded(tmp_path, content)

    def test_a_named_file_that_is_missing_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match=rf"no settings file .*gone\.toml; correct {PREFIX}SETTINGS"):
            loaded(tmp_path, SETTINGS=str(tmp_path / "gone.toml"))

    def test_a_folder_in_place_of_the_file_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").mkdir()

        with pytest.raises(SettingsError, match=r"settings\.toml cannot be read \(Is a directory\)"):
            loaded(tmp_path)

    @pytest.mark.skipif(os.name == "nt", reason="permissions are of another kind there")
    def test_a_file_that_may_not_be_read_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text("port = 8000\n")

        with closed(tmp_path), pytest.raises(SettingsError, match=r"settings\.toml cannot be read \(Permi"):
            load_settings({f"{PREFIX}HOME": str(tmp_path)})
