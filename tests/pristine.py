"""The rows that migrations ship, kept beside the test database and put back after each test with real transactions.

Django empties every table and reads the rows back one by one, which takes longer than most of those tests.
"""

import sqlite3
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.test import TransactionTestCase

KEPT = "pristine"  # the schema of the copies


def keep() -> None:
    """Copy the rows of the fresh database."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(_copy()) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _tables():
            cursor.execute(f"CREATE TABLE {KEPT}.{table} AS TABLE public.{table}")


def put_back() -> None:
    """Make the database what it was when it was fresh, whatever a test has left in it."""
    connections["default"].close()
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(_copy()) as copy:
            copy.backup(connection.connection)
        copy.close()
        return
    with connection.cursor() as cursor:
        tables = _tables()
        cursor.execute("SET session_replication_role = replica")  # rows in any order, and no triggers
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        cursor.execute("; ".join(f"INSERT INTO public.{table} SELECT * FROM {KEPT}.{table}" for table in tables))
    connections["default"].close()


def instead_of_flushing() -> None:
    """Let Django's tests with real transactions be followed by this."""

    def setup(cls: Any) -> None:
        """The rows are there already."""

    setattr(TransactionTestCase, "_fixture_setup", classmethod(setup))  # noqa: B010 - methods that the types protect
    setattr(TransactionTestCase, "_fixture_teardown", lambda self: put_back())  # noqa: B010


def _copy() -> str:
    return str(Path(connection.settings_dict["NAME"]).with_suffix(f".{KEPT}"))


def _tables() -> list[str]:
    return [f'"{table}"' for table in sorted(connection.introspection.table_names())]
