"""People as the settings say: with or without a log-in, and what contradicts itself."""

from pathlib import Path

import pytest

from assistant.errors import PeopleError, SettingsError
from assistant.people.person import Person, Role
from assistant.people.users import User
from assistant.people.users_file import UsersFile
from assistant.people_assembly import open_people
from assistant.settings import Settings
from tests.web.made_people import HASH, PASSWORD

ISSUER, CLIENT = "https://login.example.org", "policy-assistant"


def with_user(home: Path, more: str = "") -> Path:
    file = UsersFile(home / "users.toml")
    file.add(User("ann", Role.READER, None, HASH))
    file.path.write_text(file.path.read_text() + more)
    return home


def test_there_is_no_log_in_until_there_is_a_users_file(home: Path) -> None:
    assert open_people(Settings(home), {}).log_in is None
    assert open_people(Settings(with_user(home), users="none"), {}).log_in is None

    log_in = open_people(Settings(home), {}).log_in
    assert log_in is not None
    session = log_in.with_password("ann", PASSWORD, "127.0.0.1")
    assert log_in.of_session(session) == Person("ann", Role.READER)


def test_an_empty_users_file_does_not_open_the_page(home: Path) -> None:
    home.mkdir()
    (home / "users.toml").write_text("")

    assert open_people(Settings(home), {}).log_in is not None


def test_the_file_may_lie_elsewhere_but_must_be_there(home: Path, tmp_path: Path) -> None:
    elsewhere = with_user(tmp_path / "elsewhere") / "users.toml"

    assert open_people(Settings(home, users=str(elsewhere)), {}).log_in is not None
    with pytest.raises(SettingsError, match=r"There is no users file .*people.toml.*users add"):
        open_people(Settings(home, users="people.toml"), {})


def test_how_the_page_is_reached_is_read_once(home: Path) -> None:
    settings = Settings(home, hosts="Policy.example.org, 10.0.0.7", https="yes", proxies="10.0.0.1, 10.0.0.2")

    entrance = open_people(settings, {}).entrance

    assert entrance.hosts == {"policy.example.org", "10.0.0.7"}
    assert (entrance.https, entrance.proxies) == (True, "10.0.0.1,10.0.0.2")


def test_a_provider_is_there_when_all_is_said(home: Path) -> None:
    with_user(home, '\n[oidc]\nrole = "reader"\n')

    settings = Settings(home, oidc_issuer=ISSUER, oidc_client_id=CLIENT)
    log_in = open_people(settings, {"POLICY_ASSISTANT_OIDC_SECRET": "secret"}).log_in

    assert log_in is not None
    assert log_in.oidc is not None


@pytest.mark.parametrize(
    ("more", "issuer", "client", "told"),
    [
        ("", ISSUER, CLIENT, r"no table \[oidc\]"),
        ("\n[oidc]\n", ISSUER, "none", "oidc_client_id is not"),
        ("\n[oidc]\n", "http://login.example.org", CLIENT, "begins with https"),
    ],
)
def test_half_a_provider_is_told(home: Path, more: str, issuer: str, client: str, told: str) -> None:
    settings = Settings(with_user(home, more), oidc_issuer=issuer, oidc_client_id=client)

    with pytest.raises(SettingsError, match=told):
        open_people(settings, {})


def test_a_provider_without_a_users_file_is_told(home: Path) -> None:
    with pytest.raises(SettingsError, match=r"no users file with a table \[oidc\]"):
        open_people(Settings(home, oidc_issuer=ISSUER), {})


def test_a_damaged_file_is_told_before_anything_is_served(home: Path) -> None:
    with pytest.raises(PeopleError, match="there is no 'x'"):
        open_people(Settings(with_user(home, "\n[x]\n")), {})
