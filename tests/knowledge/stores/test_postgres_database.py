"""The library's database on a real PostgreSQL: transactions, one state, and a server that goes away."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from knowledge.errors import BadAddress, LibraryBusy, LibraryTooNew, ServerUnreachable
from knowledge.stores.library_database import LIBRARY_FAULTS, LIBRARY_SCHEMA, SCHEMA_VERSION
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_database import PostgresDatabase
from tests.postgres_server import PostgresServer, postgres_server


@pytest.fixture
def address(postgres: PostgresServer) -> PostgresAddress:
    return PostgresAddress(postgres.new_database())


def opened(address: PostgresAddress) -> PostgresDatabase:
    return PostgresDatabase(address, LIBRARY_SCHEMA, LIBRARY_FAULTS)


@pytest.fixture
def database(address: PostgresAddress) -> Iterator[PostgresDatabase]:
    with closing(opened(address)) as one:
        yield one


def add(database: PostgresDatabase, name: str, value: str = "v") -> None:
    with database.transaction() as db:
        db.execute("INSERT INTO facts VALUES (?, ?)", (name, value))


def names(database: PostgresDatabase) -> list[str]:
    return [name for (name,) in database.all("SELECT name FROM facts ORDER BY name")]


def test_what_one_process_wrote_another_reads_and_knows_that_something_changed(
    address: PostgresAddress, database: PostgresDatabase
) -> None:
    with closing(opened(address)) as other:
        before = other.changes
        add(database, "kept")
        time.sleep(0.15)

        assert names(other) == ["kept"]
        assert other.changes == before + 1 == database.changes
        assert other.one("SELECT value FROM facts WHERE name = ?", "kept") == ("v",)
        assert other.one("SELECT value FROM facts WHERE name = ?", "other") is None


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_a_transaction_is_written_whole_or_not_at_all(
    database: PostgresDatabase, fault: type[BaseException]
) -> None:
    def interrupted() -> None:
        with database.transaction() as db:
            db.execute("INSERT INTO facts VALUES ('half', '')")
            raise fault

    before = database.changes
    with pytest.raises(fault):
        interrupted()
    assert names(database) == []
    assert database.changes == before
    add(database, "next")
    assert names(database) == ["next"]


def test_a_bug_of_ours_is_not_passed_off_as_a_fault_of_the_server(database: PostgresDatabase) -> None:
    add(database, "once")
    with pytest.raises(psycopg.IntegrityError):
        add(database, "once")
    with pytest.raises(psycopg.ProgrammingError):
        database.all("SELECT nothing FROM nowhere")
    assert names(database) == ["once"]


def test_a_block_sees_one_state_whatever_others_write_meanwhile(
    address: PostgresAddress, database: PostgresDatabase
) -> None:
    with closing(opened(address)) as other, other.unchanged() as changes:
        assert names(other) == []
        add(database, "meanwhile")
        with other.unchanged() as again:
            assert names(other) == []
            assert again == changes
    assert names(database) == ["meanwhile"]
    assert database.changes == changes + 1


def test_transactions_of_many_processes_come_one_after_the_other(
    address: PostgresAddress,
) -> None:
    with closing(opened(address)) as first, closing(opened(address)) as second:
        add(first, "sum", "0")

        def raise_it(database: PostgresDatabase) -> None:
            for _ in range(20):
                with database.transaction() as db:
                    (value,) = db.execute("SELECT value FROM facts WHERE name = 'sum'").fetchone()
                    db.execute("UPDATE facts SET value = ?", (str(int(value) + 1),))

        threads = [threading.Thread(target=raise_it, args=(one,)) for one in 4 * (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert first.one("SELECT value FROM facts") == ("160",)


def test_texts_that_sqlite_would_hold_are_held(database: PostgresDatabase) -> None:
    add(database, "50 % of ?", "全文\0end")
    assert database.one("SELECT value FROM facts WHERE name LIKE ? ESCAPE '!'", "50 !% OF%") == (
        "全文\ufffdend",
    )
    assert database.all(
        "SELECT name FROM facts WHERE name IN (SELECT value FROM json_each(?))", '["50 % of ?"]'
    )


def test_a_server_of_a_newer_version_is_refused_and_not_touched(address: PostgresAddress) -> None:
    opened(address).close()
    with psycopg.connect(address.url) as connection:
        connection.execute("UPDATE policy_library.format SET version = version + 1")
    with pytest.raises(LibraryTooNew, match=f"newer version .*format {SCHEMA_VERSION + 1}"):
        opened(address)


def test_two_that_start_at_once_make_the_tables_once(address: PostgresAddress) -> None:
    databases: list[PostgresDatabase] = []
    threads = [threading.Thread(target=lambda: databases.append(opened(address))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [names(database) for database in databases] == [[]] * 4
    for database in databases:
        database.close()


def test_no_password_stands_in_an_address() -> None:
    for url in ("postgresql://policy:secret@db/policy", "postgresql://db/policy?password=secret"):
        with pytest.raises(BadAddress, match=r"PGPASSWORD.*pgpass") as refused:
            PostgresAddress(url)
        assert "secret" not in str(refused.value)
    with pytest.raises(BadAddress, match="postgresql://"):
        PostgresAddress("mysql://db/policy")


def names_again(database: PostgresDatabase) -> list[str]:
    """The names, once a server that was away is asked again: for two seconds nobody waits long for it."""
    until = time.monotonic() + 3
    while True:
        try:
            return names(database)
        except ServerUnreachable:
            assert time.monotonic() < until, "it is back and not used"
            time.sleep(0.1)


class TestAServerThatGoesAway:
    @pytest.fixture
    def own(self) -> Iterator[PostgresServer]:
        with postgres_server() as running:
            yield running

    def test_it_is_told_within_seconds_and_used_again_when_it_is_back(self, own: PostgresServer) -> None:
        with closing(opened(PostgresAddress(own.new_database()))) as database:
            add(database, "before")
            for go in (own.stop, own.kill):
                go()
                start = time.monotonic()
                with pytest.raises(ServerUnreachable, match=r"postgresql://.* does not answer"):
                    names(database)
                with pytest.raises(ServerUnreachable):
                    add(database, "lost")
                with pytest.raises(ServerUnreachable), database.unchanged():
                    pass
                assert time.monotonic() - start < 15
                own.start()
                assert names_again(database) == ["before"]

    def test_a_restart_between_two_questions_goes_unnoticed(self, own: PostgresServer) -> None:
        with closing(opened(PostgresAddress(own.new_database()))) as database:
            add(database, "before")
            own.stop()
            own.start()
            assert names(database) == ["before"]
            own.stop()
            own.start()
            add(database, "after")
            own.stop()
            own.start()
            with database.unchanged():
                assert names(database) == ["after", "before"]

    def test_a_transaction_in_which_it_goes_away_is_not_written(self, own: PostgresServer) -> None:
        with closing(opened(PostgresAddress(own.new_database()))) as database:

            def cut_off() -> None:
                with database.transaction() as db:
                    db.execute("INSERT INTO facts VALUES ('half', '')")
                    own.kill()
                    db.execute("INSERT INTO facts VALUES ('other half', '')")

            with pytest.raises(ServerUnreachable):
                cut_off()
            own.start()
            assert names_again(database) == []

    def test_a_writer_that_lost_its_lock_writes_no_more(self, own: PostgresServer) -> None:
        with closing(opened(PostgresAddress(own.new_database()))) as database:
            with database.held("writing", "index"):
                add(database, "before")
                own.stop()
                own.start()
                with pytest.raises(ServerUnreachable, match="others may write to it since"):
                    add(database, "after")
            add(database, "without a lock")
            assert names(database) == ["before", "without a lock"]


_HOLDING = """
import sys, time
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_lock import held_lock
with held_lock(PostgresAddress(sys.argv[1]), "writing", "index"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_writer_that_is_killed_holds_nothing_any_more(address: PostgresAddress) -> None:
    with closing(opened(address)) as database:
        with subprocess.Popen(
            [sys.executable, "-c", _HOLDING, address.url], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "held\n"
            told = rf"changed by `policy-assistant index on .*, process {writer.pid}` \(since "
            with pytest.raises(LibraryBusy, match=told), database.held("writing", "chat"):
                pass
            writer.kill()
        with database.held("writing", "chat"):
            add(database, "next")
