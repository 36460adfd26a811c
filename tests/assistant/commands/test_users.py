"""The commands that keep users and tokens, and those that look at the audit log."""

import io
from pathlib import Path

import pytest

from assistant.people.audit import LOG
from assistant.people.passwords import is_password
from assistant.people.person import Role
from assistant.people.tokens import Tokens
from assistant.people.users_file import UsersFile
from tests.assistant.typed import typed

Capture = pytest.CaptureFixture[str]
PASSWORD = "correct horse battery"  # noqa: S105


@pytest.fixture(autouse=True)
def standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n" * 9))


def add(capsys: Capture, *words: str) -> str:
    return typed(capsys, "users", "add", *words, "--password-stdin").out


def test_a_user_is_added_with_a_role_and_collections(capsys: Capture, home: Path) -> None:
    said = add(capsys, "ann", "--role", "maintainer", "--collections", "trade, general")

    user = UsersFile(home / "users.toml").user("ann")
    assert user is not None
    assert (user.role, user.collections) == (Role.MAINTAINER, frozenset({"trade", "general"}))
    assert is_password(PASSWORD, user.password)
    assert said.startswith("ann may log in as maintainer")
    assert "from its next start on the page asks everybody to log in" in said
    assert "next start" not in add(capsys, "bob")


def test_a_password_is_asked_for_twice_and_not_shown(
    capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "something else"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    assert PASSWORD not in typed(capsys, "users", "add", "ann").out
    assert "differ" in typed(capsys, "users", "password", "ann").complaint()
    assert (user := UsersFile(home / "users.toml").user("ann")) is not None
    assert is_password(PASSWORD, user.password)


def test_users_and_their_tokens_are_listed_without_a_secret(capsys: Capture, home: Path) -> None:
    add(capsys, "王芳", "--role", "admin")
    token = typed(capsys, "users", "token", "王芳", "--expires", "3").out.strip()

    listed = typed(capsys, "users", "list").out

    assert "王芳  admin  reads: all" in listed
    assert listed.endswith("1 user\n")
    assert Tokens(home / "tokens.toml").all()[0].id in listed
    assert token not in listed
    assert "argon2" not in listed
    assert Tokens(home / "tokens.toml").name_of(token) == "王芳"


def test_tokens_are_revoked_and_go_with_their_user(capsys: Capture, home: Path) -> None:
    add(capsys, "ann")
    first, second = (typed(capsys, "users", "token", "ann").out.strip() for _ in range(2))
    tokens = Tokens(home / "tokens.toml")

    assert typed(capsys, "users", "revoke", "ann", "--token", tokens.all()[0].id).out == "1 token is void\n"
    assert [tokens.name_of(token) for token in (first, second)] == [None, "ann"]
    assert "no such token" in typed(capsys, "users", "revoke", "bob").complaint()
    said = typed(capsys, "users", "remove", "ann").out
    assert tokens.all() == []
    assert "for a page without log-in delete" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "a b", "--password-stdin"], "must be 1 to 64 letters"),
        (["add", "local", "--password-stdin"], "must not be 'local'"),
        (["remove", "bob"], "There is no user bob"),
        (["password", "bob", "--password-stdin"], "There is no user bob"),
        (["token", "bob"], "There is no user bob"),
    ],
)
def test_what_cannot_be_done_is_told(capsys: Capture, words: list[str], told: str) -> None:
    assert told in typed(capsys, "users", *words).complaint()


def test_a_short_password_and_a_second_user_of_a_name_are_refused(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(capsys, "ann")
    assert (
        "There is a user ann already" in typed(capsys, "users", "add", "ann", "--password-stdin").complaint()
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "10 to 1,000 characters" in typed(capsys, "users", "add", "bob", "--password-stdin").complaint()


def test_without_a_users_file_by_setting_there_is_nothing_to_keep(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_USERS", "none")

    assert "users is none" in typed(capsys, "users", "list").complaint()


def test_what_was_done_is_in_the_audit_log_which_verify_checks(capsys: Capture, home: Path) -> None:
    add(capsys, "ann")
    token = typed(capsys, "users", "token", "ann").out.strip()
    typed(capsys, "users", "revoke", "ann")
    typed(capsys, "users", "remove", "ann")

    shown = typed(capsys, "audit", "show").out
    actions = [line.split("  ")[3] for line in shown.splitlines()]
    assert actions == ["user added", "token made", "token revoked", "user removed"]
    assert token not in (home / LOG).read_text()
    assert typed(capsys, "audit", "show", "--person", "ann").out == ""
    verified = typed(capsys, "audit", "verify")
    assert (verified.code, verified.out.startswith("4 records stand; the end is 4:")) == (0, True)

    noted = verified.out.split()[-1]
    lines = (home / LOG).read_bytes().splitlines(keepends=True)
    (home / LOG).write_bytes(b"".join([lines[0], *lines[2:]]))
    broken = typed(capsys, "audit", "verify", "--noted", noted)
    assert broken.code == 1
    assert broken.out == "Record 2 does not follow the one before it. 1 record before it stand.\n"


@pytest.mark.parametrize(
    "words", [["users", "token", "ann", "--expires", "0"], ["audit", "verify", "--noted", "x"]]
)
def test_what_cannot_be_understood_is_said_at_once(capsys: Capture, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        typed(capsys, *words)
