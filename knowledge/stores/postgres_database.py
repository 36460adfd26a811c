"""A PostgreSQL behind the library or the records, which several processes and machines share.

The only module, with `postgres_lock`, that opens it. Connections are kept in a pool, so questions are looked
up side by side; transactions wait for one another, since each first raises the number of the changes.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from knowledge.stores.database import Done, Faults, Schema, Transaction
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_lock import HeldLock, What, held_lock
from knowledge.stores.postgres_sql import as_statement, as_value
from knowledge.stores.postgres_tables import make_tables, name_space

_MOST_CONNECTIONS = 10
_WAIT_SECONDS = 3.0  # for a connection; whoever asked is then told that the database does not answer
_AFTER_A_FAILURE, _AT_ONCE = 2.0, 0.3  # so long after one nobody waits for more than this
_LOOK_SECONDS = 0.1  # a number of changes may be so old when nothing has been read since
_TRIES = 2  # of what has changed nothing yet: the first may meet a connection of before a restart
_LIMITS = (
    "SET statement_timeout = '120s'",
    "SET lock_timeout = '10s'",  # another's transaction, which is short
    "SET idle_in_transaction_session_timeout = '60s'",  # a process that hangs must not stop all others
    "SET synchronous_commit = on",  # acknowledged is what is on the disk
)


class PostgresDatabase:
    """One part of the product on a PostgreSQL, in a name space of its own.

    After the server went away and came back it is used again without more ado.
    """

    def __init__(
        self, address: PostgresAddress, schema: Schema, faults: Faults, patience: float = _WAIT_SECONDS
    ) -> None:
        """`patience` is how long a connection is waited for, in seconds."""
        self.name = str(address)
        self._address = address
        self._writer: HeldLock | None = None
        self._faults = faults
        self._space = name_space(schema.part)
        self._here = threading.local()  # the connection of a block in which nothing changes
        self._seen, self._looked = -1, 0.0
        self._longest, self._failed = patience, -_AFTER_A_FAILURE
        self._pool = ConnectionPool(
            address.conninfo(f"policy-assistant {schema.part}"),
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=patience,
            reconnect_timeout=_WAIT_SECONDS,
            kwargs={"autocommit": True},
            configure=self._configure,
            open=False,
        )
        with self._named_faults():
            make_tables(address, schema, lambda found: faults.too_new(self.name, found, schema.version))
        self._pool.open()

    @contextmanager
    def held(self, what: What, purpose: str, *, alone: bool = True) -> Iterator[None]:
        """Hold a lock of the library against other processes; without it, nothing is written meanwhile.

        Raises LibraryBusy within 2 s with the name of who holds it.
        """
        with self._named_faults(), held_lock(self._address, what, purpose, alone=alone) as lock:
            if what == "writing":
                self._writer = lock
            try:
                yield
            finally:
                if what == "writing":
                    self._writer = None

    @property
    def changes(self) -> int:
        """The number of the last change that this process knows of, at most a tenth of a second old."""
        if time.monotonic() - self._looked >= _LOOK_SECONDS:
            row = self.one("SELECT number FROM revision")
            self._saw(int(row[0]) if row else 0)
        return self._seen

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._named_faults():
            held: psycopg.Connection | None = getattr(self._here, "connection", None)
            if held is not None:
                return _rows(held, query, values)
            for tried in range(1, _TRIES + 1):
                try:
                    with self._pool.connection(self._patience) as connection:
                        return _rows(connection, query, values)
                except psycopg.OperationalError as error:
                    self._again(error, tried)
            raise AssertionError("tried often enough")

    def one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        rows = self.all(query, *values)
        return rows[0] if rows else None

    @contextmanager
    def unchanged(self) -> Iterator[int]:
        """All queries of the block see the state of one moment."""
        if getattr(self._here, "connection", None) is not None:
            yield self._here.changes
            return
        one_moment = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self._begun(one_moment, "SELECT number FROM revision") as (connection, number):
            self._here.connection, self._here.changes = connection, number
            try:
                self._saw(number)
                yield number
            finally:
                self._here.connection = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything in the block is written, or nothing; no other transaction of any process meanwhile."""
        if self._writer is not None and not self._writer.is_held:
            raise self._faults.unreachable(self.name, "it was restarted, and others may write to it since")
        raised = "UPDATE revision SET number = number + 1 RETURNING number"
        with self._begun("BEGIN", raised) as (connection, number):
            yield _Statements(connection)
        self._saw(number)

    def leave_no_trace(self) -> None:
        """Nothing to do here: the server's own vacuum overwrites what was deleted, later."""

    def _configure(self, connection: "psycopg.Connection[Any]") -> None:
        connection.execute(f"SET search_path = {self._space}".encode())
        for limit in _LIMITS:
            connection.execute(limit.encode())

    @contextmanager
    def _begun(self, *first: str) -> Iterator[tuple["psycopg.Connection[Any]", int]]:
        """A transaction after its first statements, with the number that the last of them gave."""
        with self._named_faults():
            connection, number = self._begin(first)
            try:
                yield connection, number
                connection.execute("COMMIT")
            except BaseException:
                if connection.info.transaction_status != TransactionStatus.UNKNOWN:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._pool.putconn(connection)

    def _begin(self, first: Sequence[str]) -> tuple["psycopg.Connection[Any]", int]:
        for tried in range(1, _TRIES + 1):
            connection = self._pool.getconn(self._patience)
            try:
                for statement in first:
                    done = connection.execute(statement.encode())
                row = done.fetchone()
                return connection, int(row[0]) if row else 0
            except psycopg.OperationalError as error:
                if connection.info.transaction_status != TransactionStatus.UNKNOWN:
                    connection.execute("ROLLBACK")
                self._pool.putconn(connection)
                self._again(error, tried)
            except BaseException:
                self._pool.putconn(connection)
                raise
        raise AssertionError("tried often enough")

    def _again(self, error: psycopg.OperationalError, tried: int) -> None:
        """Return when what met the error may be tried again: its connection was lost, not refused."""
        if isinstance(error, PoolTimeout) or (error.sqlstate is not None and error.sqlstate[:3] != "57P"):
            raise error
        if tried == _TRIES:
            raise error
        self._pool.check()  # the others are of before the restart as well

    @property
    def _patience(self) -> float:
        """How long to wait for a connection: only once in a while for a server that has just not answered."""
        recent = time.monotonic() - self._failed < _AFTER_A_FAILURE
        return _AT_ONCE if recent else self._longest

    def _saw(self, number: int) -> None:
        self._looked = time.monotonic()
        self._seen = max(self._seen, number)

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        try:
            yield
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())[:200]
            if error.sqlstate is not None and error.sqlstate[:2] in ("53", "55"):  # full; locked
                raise self._faults.unusable(self.name, reason) from error
            self._failed = time.monotonic()
            raise self._faults.unreachable(self.name, reason) from error


class _Statements:
    """The statements of one transaction."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Done:
        return self._connection.execute(as_statement(query).encode(), [as_value(value) for value in values])

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> None:
        every = [[as_value(value) for value in some] for some in values]
        with self._connection.cursor() as cursor:
            cursor.executemany(as_statement(query).encode(), every)


def _rows(
    connection: "psycopg.Connection[Any]", query: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    return connection.execute(as_statement(query).encode(), [as_value(value) for value in values]).fetchall()
