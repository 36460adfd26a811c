"""What the library and the records ask of a database: rows, transactions, and that nothing changes meanwhile.

Two stand behind it: a file of SQLite, and a PostgreSQL that several machines share. Statements are written
once, in SQLite's words; `postgres_sql` says how they read on PostgreSQL.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol


class Done(Protocol):
    """What a statement gave: its rows, or how many it changed."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """The next row, a tuple, or None."""

    def fetchall(self) -> list[Any]:
        """All further rows."""

    def __iter__(self) -> Iterator[Any]: ...


class Transaction(Protocol):
    """Inside one: what `Database.transaction` gives."""

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Done:
        """Do one statement."""

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> Any:
        """Do a statement once for each of these values."""


class Database(Protocol):
    """Safe to use from several threads. Every method raises what the database's `Faults` make of a fault."""

    @property
    def name(self) -> str:
        """How a message names it; no password stands in it."""

    @property
    def changes(self) -> int:
        """A number that is another one after each transaction, of whichever process."""

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""

    def unchanged(self) -> AbstractContextManager[int]:
        """All queries of the block see one state; gives what `changes` is for it."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Everything in the block is written, or nothing; durable when the block has ended.

        One transaction at a time, of whichever process.
        """

    def leave_no_trace(self) -> None:
        """What has been deleted stands nowhere in the database's own files any more, as far as it can be."""

    def close(self) -> None:
        """Let go of it; it cannot be used afterwards."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one part of the product, as SQLite's statements."""

    part: str  # "library", "records": its name space where several share a database
    version: int
    tables: str  # of that version
    upgrades: Mapping[int, str] = field(
        default_factory=dict
    )  # what makes one of each former version the next
    only_shared: str = ""  # further tables that are needed where several processes share it; PostgreSQL's


@dataclass(frozen=True, slots=True)
class Faults:
    """What a fault of the database is told as: each takes the name of the database and the reason."""

    unusable: Callable[[str, str], Exception]  # locked, full, no permission
    damaged: Callable[[str, str], Exception]
    unreachable: Callable[[str, str], Exception]  # a server that does not answer
    too_new: Callable[[str, int, int], Exception]  # the name, its version, the version that is known
