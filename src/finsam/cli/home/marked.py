"""What a database says of the home it belongs to: declared by its `Installation` row, or marked as unfinished.

A home in a folder is made beside its name. The tables of a server's database have nowhere else to be: a table that is
made first and goes last says that everything in it is of a home that is not finished.
"""

import time
from pathlib import Path
from typing import Final

from finsam.cli import terminal
from finsam.cli.home import undivided
from finsam.cli.language import gettext as _

MARK: Final = "finsam_unfinished"
INSTALLATION: Final = "access_installation"
LOCK: Final = 0x46494E53414D  # of the session that makes a home in the database
PATIENCE, PAUSE = 50, 0.1  # the server needs a moment to see that a client was killed
BUSY: Final = _("I databasen görs ett hem i ordning av ett annat kommando. Vänta tills det är klart.")
OTHERS: Final = _(
    "I databasen blev ett hem aldrig klart, men där finns också annat (%(table)s). Använd en tom databas i "
    "FINSAM_DATABASE_URL."
)


def tables() -> list[str]:
    """The tables that are there; asking makes no file."""
    from django.db import connection

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return []
    return connection.introspection.table_names()


def is_declared() -> bool:
    """Whether the database belongs to a home that was made whole."""
    from django.db import connection

    if INSTALLATION not in tables():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {INSTALLATION}")  # noqa: S608 - a constant
        return bool(cursor.fetchone()[0])


def is_marked() -> bool:
    """Whether a server's database is one in which a home was begun."""
    from django.db import connection

    return connection.vendor != "sqlite" and MARK in tables()


def hold() -> None:
    """Be the only session that makes a home in a server's database, until the connection ends."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for _number in range(PATIENCE):
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if cursor.fetchone()[0]:
                return
            time.sleep(PAUSE)
    terminal.refuse(BUSY)


def mark() -> None:
    """Say of a server's empty database that a home is being made in it."""
    from django.db import connection

    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {MARK} (n integer)")


def unmark() -> None:
    """Say that the home is made."""
    from django.db import connection

    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {MARK}")


def clear() -> None:
    """Empty a server's database of a home that was begun and never finished; refused when it holds anything else."""
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    if not is_marked() or is_declared():
        return
    ours = (MARK, "django_", *(f"{name}_" for name in {*apps.app_configs, *settings.ROOMS, undivided.OLD}))
    if foreign := next((name for name in tables() if not name.startswith(ours)), None):
        terminal.refuse(OTHERS % {"table": foreign})
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


def close_file() -> None:
    """Let go of a database that is a file, so that it can be moved or taken away."""
    from django.db import connections

    if "sqlite" in connections.settings["default"]["ENGINE"]:
        connections.close_all()  # a server's session stays: it holds the lock
