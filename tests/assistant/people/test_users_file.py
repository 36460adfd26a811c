"""The users file: what it may say, how it is told what is wrong, and that hand-written words survive."""

import threading
from pathlib import Path

import pytest

from assistant.errors import PeopleError
from assistant.people.person import Role
from assistant.people.users import User, checked_name
from assistant.people.users_file import UsersFile

HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA"
ANN = f'[users.ann]\nrole = "reader"\ncollections = ["trade"]\npassword = "{HASH}"\n'


def user(name: str, role: Role = Role.READER) -> User:
    return User(name, role, frozenset({"trade", "general"}), HASH)


@pytest.fixture
def file(tmp_path: Path) -> UsersFile:
    return UsersFile(tmp_path / "home" / "users.toml")


def test_there_is_nobody_where_there_is_no_file(file: UsersFile) -> None:
    assert not file.exists()
    assert file.read().users == {}
    assert file.user("ann") is None


def test_who_was_added_is_read_back_and_the_file_is_private(file: UsersFile) -> None:
    file.add(user("ann"))
    file.add(User("王芳", Role.ADMIN, None, HASH))

    assert file.user("ann") == user("ann")
    assert file.user("王芳") == User("王芳", Role.ADMIN, None, HASH)
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.path.parent.iterdir() if path.suffix == ".tmp"] == []


def test_a_change_by_another_process_is_seen_at_once(file: UsersFile) -> None:
    file.add(user("ann"))
    assert file.user("bob") is None

    UsersFile(file.path).add(user("bob"))
    UsersFile(file.path).remove("ann")

    assert file.user("bob") == user("bob")
    assert file.user("ann") is None


def test_what_people_wrote_into_the_file_stays(file: UsersFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text(f"# Ask Ann first.\n{ANN}\n[oidc]  # by groups\nrole = 'reader'\n", "utf-8")

    file.add(user("bob"))
    file.set_password("ann", HASH.replace("aGFzaA", "b3RoZXI"))
    file.remove("bob")

    text = file.path.read_text("utf-8")
    assert "# Ask Ann first." in text
    assert "[oidc]  # by groups" in text
    assert "b3RoZXI" in text
    assert "bob" not in text
    rules = file.read().oidc
    assert rules is not None
    assert rules.role is Role.READER


def test_many_writers_lose_nobody(file: UsersFile) -> None:
    threads = [
        threading.Thread(target=UsersFile(file.path).add, args=(user(f"user{number}"),))
        for number in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(file.read().users) == 16


@pytest.mark.parametrize("change", ["remove", "set_password"])
def test_a_name_that_is_not_there_is_told(file: UsersFile, change: str) -> None:
    with pytest.raises(PeopleError, match="There is no user bob"):
        file.remove("bob") if change == "remove" else file.set_password("bob", HASH)


@pytest.mark.parametrize("name", ["ann", "ANN"])
def test_a_name_is_given_once(file: UsersFile, name: str) -> None:
    file.add(user("ann"))

    with pytest.raises(PeopleError, match="There is a user ann already"):
        file.add(user(name))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[users.ann", "is not TOML"),
        ("[user.ann]", r"there is no 'user'; the keys are: oidc, users"),
        ("users = 3", "users must be tables"),
        (ANN + "admin = true\n", r"\[users.ann\] in .*there is no 'admin'; the keys are: collections, pass"),
        (ANN.replace("reader", "boss"), "role must be one of reader, maintainer, admin, not 'boss'"),
        (ANN.replace('["trade"]', '"some"'), r'collections must be "all" or a list of names'),
        (ANN.replace('["trade"]', "[1]"), "collections must be"),
        (ANN.replace(HASH, "plain"), "password must be an argon2 hash"),
        (ANN.replace('role = "reader"', ""), r"\[users.ann\] in .* has no role"),
        (ANN.replace("users.ann", "users.local"), "must not be 'local'"),
        (ANN.replace("users.ann", 'users."a b"'), "must be 1 to 64 letters"),
        (ANN + ANN.replace("users.ann", "users.Ann"), "differ by capitals alone"),
        ("[oidc]\nroel = 'reader'", r"\[oidc\] in .*there is no 'roel'"),
        ("[oidc.roles]\nx = 'boss'", "roles, x: role must be one of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_place(file: UsersFile, text: str, told: str) -> None:
    file.path.parent.mkdir()
    file.path.write_text(text, "utf-8")

    with pytest.raises(PeopleError, match=told) as raised:
        file.read()
    assert str(file.path) in str(raised.value)
    with pytest.raises(PeopleError, match=told):
        file.add(user("bob"))
    assert file.path.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["", " ", ".a", "a/b", "a\nb", "<b>", "x" * 65, "-a"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(PeopleError, match="1 to 64"):
        checked_name(name)


@pytest.mark.parametrize("name", ["ann", "王芳", "a.b+c@example.org", "Zoë"])
def test_names_that_are_some(name: str) -> None:
    assert checked_name(f" {name} ") == name


def test_a_hash_is_not_shown_by_chance() -> None:
    assert HASH not in repr(user("ann"))
