"""Makes the tables of one part of the product on a PostgreSQL, or brings them up to this version."""

from collections.abc import Callable
from typing import Any

import psycopg

from knowledge.stores.database import Schema
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_sql import as_tables

_ONE_AT_A_TIME = 0x706F6C69  # the number of the lock under which tables are made
_OF_EACH_PART = """
CREATE TABLE format (version INTEGER NOT NULL);
INSERT INTO format VALUES (0);
CREATE TABLE revision (number BIGINT NOT NULL);
INSERT INTO revision VALUES (0);
"""


def name_space(part: str) -> str:
    """The PostgreSQL schema in which the tables of a part lie."""
    return f"policy_{part}"


def make_tables(address: PostgresAddress, schema: Schema, too_new: Callable[[int], Exception]) -> None:
    """Make the name space and its tables unless they are there; of two processes one does it.

    Raises what `too_new` makes of a version that is not known, and psycopg's own errors.
    """
    space = name_space(schema.part)
    with psycopg.connect(address.conninfo(f"policy-assistant {schema.part}")) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if _value(connection, "SELECT to_regnamespace(%s)::text", space) is None:
            connection.execute(f"CREATE SCHEMA {space}".encode())
        connection.execute(f"SET LOCAL search_path = {space}".encode())
        if _value(connection, "SELECT to_regclass(%s)::text", f"{space}.format") is None:
            connection.execute(_OF_EACH_PART.encode())
        version = int(_value(connection, "SELECT version FROM format"))
        if version > schema.version:
            raise too_new(version)
        if version == schema.version:
            return
        steps = (
            as_tables(schema.tables) + schema.only_shared
            if version == 0
            else "".join(as_tables(schema.upgrades[old]) for old in range(version, schema.version))
        )
        connection.execute(steps.encode())
        connection.execute("UPDATE format SET version = %s", [schema.version])


def _value(connection: "psycopg.Connection[Any]", query: str, *values: object) -> Any:
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None
