"""Every table as lines of text that either database can read back, in one consistent read of the one it is in."""

import copy
import gzip
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from finsam.cli.home import undivided

READING: Final = "reading"  # the alias of the connection that reads one moment
BATCH: Final = 2_000
SESSIONS: Final = "django_session"  # whoever is signed in here is not signed in there

State = list[tuple[str, str]]


@contextmanager
def one_moment() -> Iterator[None]:
    """Open a second connection whose transaction sees one moment and holds up no writer."""
    from django.db import connections, transaction

    facts = copy.deepcopy(connections["default"].settings_dict)
    if "sqlite" in facts["ENGINE"]:
        facts["OPTIONS"]["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel

        facts["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections.databases[READING] = facts
    try:
        with transaction.atomic(using=READING):
            yield
    finally:
        connections[READING].close()
        del connections[READING], connections.databases[READING]


def state(alias: str = "default") -> State:
    """The migrations a database has come to, by the names they have in it."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connections[alias])
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    older = undivided.is_undivided(applied)
    return sorted(one for one in applied if one in known or (older and one[0] == undivided.OLD))


def models(applied: State) -> list[Any]:
    """The models as they were at those migrations, by their present names: an older database has older tables."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    apps = loader.project_state(ends(loader, sorted(undivided.as_now(applied)))).apps
    found = (one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.swapped)
    return sorted((one for one in found if table(one) != SESSIONS), key=table)


def ends(loader: Any, applied: State) -> State:
    """The last of the migrations: those that no other of them builds on within the same room."""
    built_on = {
        parent.key for key in applied for parent in loader.graph.node_map[key].parents if parent.key[0] == key[0]
    }
    return [key for key in applied if key not in built_on]


def table(model: Any) -> str:
    """The name of a model's table."""
    return str(model._meta.db_table)


def write(model: Any, path: Path, named: str) -> int:
    """Write a table's rows as compressed lines, the names of its columns first; gives how many rows."""
    model._meta.db_table = named  # what it is called in the database that is read; the model is nobody else's
    fields = model._meta.concrete_fields
    rows = model._base_manager.using(READING).order_by("pk").values_list(*(field.attname for field in fields))
    count = 0
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(json.dumps([field.column for field in fields]) + "\n")
        for row in rows.iterator(chunk_size=BATCH):
            file.write(json.dumps(row, default=plain, ensure_ascii=False) + "\n")
            count += 1
    return count


def plain(value: Any) -> Any:
    """A value that JSON has no form for."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return str(value)


def clear(found: list[Any]) -> None:
    """Take away what the migrations shipped: the copy has its own."""
    from django.db import connection

    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table(model))}")  # noqa: S608 - our own names


def count_on(found: list[Any]) -> None:
    """Let the database number new rows after those that were put in."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def knows(applied: State) -> bool:
    """Whether the software knows all of the migrations."""
    from django.db.migrations.loader import MigrationLoader

    return undivided.as_now(applied) <= set(MigrationLoader(None).disk_migrations)


def make_tables(applied: State) -> None:
    """Bring an empty database to those migrations."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.migrate(ends(executor.loader, sorted(undivided.as_now(applied))))
