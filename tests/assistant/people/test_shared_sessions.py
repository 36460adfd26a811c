"""Log-ins on a real PostgreSQL: one at one process counts at the other, and none outlives its time."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from assistant.errors import SessionsUnreachable
from assistant.people.person import Person, Role
from assistant.people.shared_sessions import SESSIONS_FAULTS, SESSIONS_SCHEMA, SharedSessions
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_database import PostgresDatabase
from tests.postgres_server import PostgresServer, postgres_server

ANN = Person("ann", Role.MAINTAINER, frozenset({"trade", "customs"}))


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(url: str, clock: Callable[[], float] = time.time) -> SharedSessions:
    database = PostgresDatabase(PostgresAddress(url), SESSIONS_SCHEMA, SESSIONS_FAULTS, 1.0)
    return SharedSessions(database, idle_minutes=10, hours=2, clock=clock)


@pytest.fixture
def processes(postgres: PostgresServer, clock: Clock) -> Iterator[tuple[SharedSessions, SharedSessions, str]]:
    url = postgres.new_database()
    with ExitStack() as stack:
        one, other = opened(url, clock), opened(url, clock)
        stack.callback(one.close)
        stack.callback(other.close)
        yield one, other, url


def test_a_log_in_at_one_process_counts_at_the_other_and_so_does_a_log_out(
    processes: tuple[SharedSessions, SharedSessions, str],
) -> None:
    one, other, _url = processes
    id_ = one.begin(ANN, "hash of the password")
    seen = other.of(id_)
    assert seen is not None
    assert (seen.person, other.of("another")) == (ANN, None)
    ended = one.end(id_)
    assert ended is not None
    assert (ended.person, one.of(id_)) == (ANN, None)
    time.sleep(2.1)
    assert other.of(id_) is None


def test_neither_the_id_nor_the_password_hash_is_stored(
    processes: tuple[SharedSessions, SharedSessions, str],
) -> None:
    one, _other, url = processes
    id_ = one.begin(Person("ben", Role.READER), "hash of the password")
    with psycopg.connect(url) as connection:
        stored = str(connection.execute("SELECT * FROM policy_people.sessions").fetchall())
    assert "ben" in stored
    assert id_ not in stored
    assert "hash of the password" not in stored


@pytest.mark.parametrize(("steps", "minutes"), [(1, 10), (15, 8)])
def test_it_ends_when_it_is_idle_or_old(
    processes: tuple[SharedSessions, SharedSessions, str], clock: Clock, steps: int, minutes: int
) -> None:
    _one, other, url = processes
    id_ = other.begin(ANN, None)
    for _ in range(steps):
        fresh = opened(url, clock)  # nothing is remembered of the last look
        assert fresh.of(id_) is not None
        fresh.close()
        clock.now += 60 * minutes
    last = opened(url, clock)
    assert last.of(id_) is None
    last.close()


def test_one_person_has_twenty_at_most(
    processes: tuple[SharedSessions, SharedSessions, str], clock: Clock
) -> None:
    one, other, _url = processes
    ids = []
    for turn in range(21):
        clock.now += 1
        ids.append((one, other)[turn % 2].begin(ANN, None))
    assert one.of(ids[0]) is None
    assert all(one.of(id_) for id_ in ids[1:])


def test_a_database_that_is_gone_is_told_in_both_languages_and_waited_for_once(clock: Clock) -> None:
    with postgres_server() as server:
        sessions = opened(server.new_database(), clock)
        id_ = sessions.begin(ANN, None)
        server.stop()
        taken = []
        for _ in range(3):
            start = time.monotonic()
            with pytest.raises(SessionsUnreachable, match="cannot be looked up now") as told:
                sessions.of(id_)
            taken.append(time.monotonic() - start)
            assert "请稍后再试" in told.value.chinese
        assert taken[0] < 2
        assert max(taken[1:]) < 0.1
        server.start()
        time.sleep(2)
        assert sessions.of(id_) is not None
        sessions.close()
