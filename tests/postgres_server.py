"""The PostgreSQL of tests; they are skipped where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from evals.bench import own_postgres
from evals.bench.own_postgres import PostgresServer

__all__ = ["PostgresServer", "postgres_server"]


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A cluster for a while; skips the test where there is no PostgreSQL."""
    if own_postgres.postgres_programs() is None:
        pytest.skip(own_postgres.NO_POSTGRES)
    with own_postgres.postgres_server() as server:
        yield server
