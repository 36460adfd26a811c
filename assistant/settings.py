"""One frozen Settings, read from a TOML file and the environment; the environment wins.

Every field can be set as `name = value` in settings.toml and as POLICY_ASSISTANT_NAME in the environment;
`home` in the environment alone, because the file lies in it. An unknown name fails at load, so that a typing
mistake never passes for a default.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from assistant.errors import SettingsError
from knowledge.policy import Language

PREFIX = "POLICY_ASSISTANT_"
# Under the same prefix, but no settings: where the file is, what the tests and the evals alone read, and a
# secret, which must stand in no file.
_NOT_SETTINGS = {f"{PREFIX}{name}" for name in ("SETTINGS", "CHROMIUM", "PUBLIC_DATA", "OIDC_SECRET")}

NONE = "none"  # TOML has no word for nothing
IN_FOLDER = "folder"  # where something is stored: in the data folder


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation can choose; see the README for each name."""

    home: Path  # the data folder: library, indexes, cache, lock
    # Where several processes share it: addresses of servers.
    library: str = IN_FOLDER
    records: str = IN_FOLDER
    vectors: str = IN_FOLDER
    embedder: str = "multilingual-e5-small"
    passages: int = 10  # how many retrieved passages an answer is looked for in
    quotes: int = 4  # the most sentences that one answer quotes
    host: str = "127.0.0.1"
    port: int = 7860
    language: Language = "en"  # of the page when it opens
    model: str = NONE  # the language model that words answers, as "provider:name"
    model_url: str = NONE  # where it is, if not at the provider's own address
    model_timeout: int = 30  # seconds for everything that one question asks of it
    model_tokens: int = 4_000  # of what it is shown at once
    judge: str = NONE  # a model that gives a second opinion on what another has written, as "provider:name"
    judge_url: str = NONE
    # People.
    users: str = "users.toml"  # who may log in; a path, inside the data folder unless it is a whole one
    hosts: str = NONE  # names by which people on other machines open the page
    https: str = "no"  # whether they open it over https
    proxies: str = NONE  # whose X-Forwarded-For and X-Forwarded-Proto are believed
    session_idle_minutes: int = 60
    session_hours: int = 12
    asks_per_minute: int = 15  # of one person who has logged in
    oidc_issuer: str = NONE
    oidc_client_id: str = NONE
    keep_days: int = 90  # after its last question a conversation is deleted; 0 keeps nothing
    evals_folder: str = "evals/runs"  # where reports of evals are written, and where the page looks for them
    # Running it.
    log: str = "text"  # how a line of the log is written
    log_level: str = "info"
    log_file: str = NONE  # where the log goes, if not to standard error
    log_questions: str = "no"  # whether the log may hold what was asked
    tracing: str = NONE  # where the time of each step is told, beside the log
    answers_at_once: int = 4  # questions that are worked on at the same time
    answers_waiting: int = 60  # questions that wait for their turn; further ones are told to come back

    @property
    def log_path(self) -> Path | None:
        """The file of the log; None for standard error."""
        return None if self.log_file == NONE else Path(self.log_file).expanduser()


_RANGES = {
    "passages": (1, 100),
    "quotes": (1, 20),
    "port": (1, 65_535),
    "model_timeout": (1, 600),
    "model_tokens": (1_000, 200_000),
    "session_idle_minutes": (1, 1_440),
    "session_hours": (1, 168),
    "asks_per_minute": (1, 10_000),
    "keep_days": (0, 36_500),
    "answers_at_once": (1, 100),
    "answers_waiting": (0, 1_000),
}  # of the whole numbers
_CHOICES = {
    "language": ("en", "zh"),
    "https": ("no", "yes"),
    "log": ("text", "json"),
    "log_level": ("debug", "info", "warning", "error"),
    "log_questions": ("no", "yes"),
    "tracing": (NONE, "console", "otlp"),
}
_NAMES = tuple(field.name for field in fields(Settings))


class _Given(NamedTuple):
    name: str
    value: object
    place: str  # how a message names it: the variable, or the file and the key


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the file and the environment.

    The file is POLICY_ASSISTANT_SETTINGS, else settings.toml in the data folder if there is one. A variable
    that is empty counts as not set. Raises SettingsError naming the variable or the file, the key and what
    is allowed.
    """
    home = _home(environment)
    values: dict[str, Any] = {}
    for given in (*_in_file(environment, home), *_in_environment(environment)):
        values[given.name] = _checked(given)
    return Settings(home, **values)


def _home(environment: Mapping[str, str]) -> Path:
    named = environment.get(f"{PREFIX}HOME")
    if not named:
        return platformdirs.user_data_path("policy-assistant")
    return _path(named, f"{PREFIX}HOME").absolute()


def _path(named: str, variable: str) -> Path:
    try:
        return Path(named).expanduser()
    except RuntimeError as error:  # "~name/…" for a user that does not exist
        raise SettingsError(
            f"{variable} is {named!r}, which leads nowhere ({error}); write the whole path."
        ) from error


def _in_file(environment: Mapping[str, str], home: Path) -> Iterator[_Given]:
    named = environment.get(f"{PREFIX}SETTINGS")
    path = _path(named, f"{PREFIX}SETTINGS") if named else home / "settings.toml"
    try:
        # Some editors begin a UTF-8 file with a byte order mark, which TOML does not know.
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError) as error:
        if not named:
            return
        raise SettingsError(f"There is no settings file {path}; correct {PREFIX}SETTINGS.") from error
    except OSError as error:
        raise SettingsError(
            f"The settings file {path} cannot be read ({error.strerror}); check its path and permissions."
        ) from error
    except ValueError as error:
        raise SettingsError(f"The settings file {path} is not TOML in UTF-8 ({error}); mend it.") from error
    for name, value in values.items():
        if name == "home":
            raise SettingsError(f"{path}: home is set by {PREFIX}HOME alone; take it out of the file.")
        yield _Given(name, value, f"{name} in {path}")


def _in_environment(environment: Mapping[str, str]) -> Iterator[_Given]:
    names = {f"{PREFIX}{name.upper()}": name for name in _NAMES}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable in _NOT_SETTINGS or variable == f"{PREFIX}HOME":
            continue
        name = names.get(variable, variable)
        if text or name == variable:
            yield _Given(name, _as_number(text) if name in _RANGES else text, variable)


def _as_number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text  # refused by name where every value is checked


def _checked(given: _Given) -> object:
    name, value, place = given
    if name not in _NAMES:
        raise SettingsError(f"There is no setting for {place}; the settings are: {', '.join(_NAMES)}.")
    if name in _RANGES:
        least, most = _RANGES[name]
        if type(value) is not int or not least <= value <= most:
            raise SettingsError(f"{place} must be a whole number from {least} to {most}, not {value!r}.")
    elif not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{place} must be text, in a file in quotation marks, not {value!r}.")
    elif value not in _CHOICES.get(name, (value,)):
        raise SettingsError(f"{place} must be one of {', '.join(_CHOICES[name])}, not {value!r}.")
    return value
