"""Passwords, sessions and tokens put together, and what is written down of them."""

from pathlib import Path

import pytest

from assistant.errors import LogInRefused, PeopleError
from assistant.people.audit_chain import records
from assistant.people.log_in import LogIn
from assistant.people.person import Person, Role
from tests.web.made_people import HASH, PASSWORD, MadePeople

HERE = "192.0.2.1"


@pytest.fixture
def made(tmp_path: Path) -> MadePeople:
    return MadePeople(tmp_path)


@pytest.fixture
def log_in(made: MadePeople) -> LogIn:
    log_in = made.people().log_in
    assert log_in is not None
    return log_in


def test_who_has_a_session_is_known_with_the_role_of_now(made: MadePeople, log_in: LogIn) -> None:
    session = log_in.with_password(" reader ", PASSWORD, HERE)
    assert log_in.of_session(session) == Person("reader", Role.READER)

    text = made.users.path.read_text()
    made.users.path.write_text(text.replace('role = "reader"', 'role = "maintainer"'))
    assert log_in.of_session(session) == Person("reader", Role.MAINTAINER)


def test_a_damaged_users_file_lets_nobody_in(made: MadePeople, log_in: LogIn) -> None:
    session = log_in.with_password("reader", PASSWORD, HERE)
    token, _ = made.tokens.make("reader", 1)

    made.users.path.write_text("[[")

    assert log_in.of_session(session) is None
    assert log_in.of_token(token) is None
    with pytest.raises(PeopleError):
        log_in.with_password("reader", PASSWORD, HERE)


def test_a_users_file_that_is_gone_lets_nobody_in(made: MadePeople, log_in: LogIn) -> None:
    session = log_in.with_password("reader", PASSWORD, HERE)

    made.users.path.unlink()

    assert log_in.of_session(session) is None
    with pytest.raises(LogInRefused):
        log_in.with_password("reader", PASSWORD, HERE)


def test_somebody_of_a_provider_keeps_what_the_provider_said(log_in: LogIn) -> None:
    person = Person("ann@example.org", Role.READER, frozenset({"trade"}))

    assert log_in.of_session(log_in.with_provider(person, HERE)) == person


@pytest.mark.parametrize("name", ["admin", "Admin"])
def test_nobody_becomes_a_user_by_a_name_at_the_provider(log_in: LogIn, name: str) -> None:
    with pytest.raises(LogInRefused, match="that of another user"):
        log_in.with_provider(Person(name, Role.READER), HERE)


def test_one_person_has_twenty_sessions_at_most(log_in: LogIn) -> None:
    sessions = [log_in.with_password("reader", PASSWORD, HERE) for _ in range(1)]
    sessions += [log_in.sessions.begin(Person("reader", Role.READER), HASH) for _ in range(20)]

    assert log_in.of_session(sessions[0]) is None
    assert all(log_in.of_session(session) for session in sessions[1:])


def test_what_happened_is_written_down_in_order(made: MadePeople, log_in: LogIn) -> None:
    session = log_in.with_password("reader", PASSWORD, HERE)
    log_in.log_out(session)
    log_in.log_out(session)
    for name in ("reader", "nobody"):
        with pytest.raises(LogInRefused):
            log_in.with_password(name, "wrong", HERE)

    assert [(one.person, one.action, one.object) for one in records(made.home)] == [
        ("reader", "logged in", HERE),
        ("reader", "logged out", ""),
        ("reader", "log-in failed", HERE),
        ("unknown name", "log-in failed", HERE),
    ]
