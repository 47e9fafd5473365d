"""Lets whoever seals, indexes or looks for a number and whoever changes the keys be at it one after the other.

All who seal at one moment have then the same keys, so that a number has one index and the database sees to it that
nobody is registered twice. SQLite lets one writer in at a time as it is; on PostgreSQL it is a lock of the transaction.
"""

from typing import Final

from django.db import connection

NAME: Final = 0x46494E53414D  # "FINSAM": one lock, by which nothing else is meant


def share() -> None:
    """Keep the keys, and what every number is indexed by, as they are until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared")


def alone() -> None:
    """Wait until nobody else who seals or looks is under way, and keep them waiting until the transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [NAME])
