"""Who does with a shared library what only one process may do: a lock of PostgreSQL, with its holder's name.

It is held by a connection of its own, so it ends with the process, with its machine, or with the network to
it; whoever holds it asks before each step whether it is held still.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Literal

import psycopg

from knowledge.errors import LibraryBusy
from knowledge.stores.postgres_address import PostgresAddress

# writing: indexing, deciding at the desk; one at a time, and questions go on meanwhile.
# serving: answering from the library, many at a time; rebuilding its indexes needs that nobody does.
What = Literal["writing", "serving"]
_NUMBERS: dict[What, int] = {"writing": 1, "serving": 2}
_CLASS = 0x706F6C69  # the first half of the locks' numbers in a database
_WAIT_SECONDS = 1.0  # covers a holder that is just ending; refused in 2 s, start of Python included
_LOOK_SECONDS = 0.1
# A machine that has lost its power holds nothing for longer than these make of it.
_NOTICED = ("tcp_keepalives_idle = 5", "tcp_keepalives_interval = 2", "tcp_keepalives_count = 3")
_HOLDER = """
SELECT a.application_name, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS')
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY a.backend_start LIMIT 1
"""


class HeldLock:
    """A lock that is held as long as its connection lives."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    @property
    def is_held(self) -> bool:
        """Whether the server still knows of it; asks it."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True


@contextmanager
def held_lock(
    address: PostgresAddress, what: What, purpose: str, *, alone: bool = True
) -> Iterator[HeldLock]:
    """Hold a lock until the block ends; not `alone`, others may hold it so as well.

    Raises LibraryBusy with the holder's name after a second, and psycopg's errors.
    """
    called = f"{purpose} on {socket.gethostname()}, process {os.getpid()}"
    with closing(psycopg.connect(address.conninfo(called), autocommit=True)) as connection:
        for noticed in _NOTICED:
            connection.execute(f"SET {noticed}".encode())
        _take(connection, address, what, alone)
        yield HeldLock(connection)


def _take(connection: "psycopg.Connection[Any]", address: PostgresAddress, what: What, alone: bool) -> None:
    numbers = (_CLASS, _NUMBERS[what])
    take = "SELECT pg_try_advisory_lock(%s, %s)" if alone else "SELECT pg_try_advisory_lock_shared(%s, %s)"
    until = time.monotonic() + _WAIT_SECONDS
    while not _first(connection, take, numbers)[0]:
        if time.monotonic() >= until:
            holder = _first(connection, _HOLDER, numbers)
            raise LibraryBusy(_refusal(address, what, alone, holder))
        time.sleep(_LOOK_SECONDS)


def _refusal(address: PostgresAddress, what: What, alone: bool, holder: tuple[Any, ...]) -> str:
    who = f"`policy-assistant {holder[0]}` (since {holder[1]})" if holder else "another process"
    if what == "writing":
        return f"The library {address} is being changed by {who}; wait until that is done, or stop it."
    if alone:
        return f"The library {address} is being served by {who}; stop that to rebuild the indexes."
    return f"The indexes of the library {address} are being rebuilt by {who}; wait until that is done."


def _first(connection: "psycopg.Connection[Any]", query: str, values: tuple[int, int]) -> tuple[Any, ...]:
    return connection.execute(query.encode(), values).fetchone() or ()
