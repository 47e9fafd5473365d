"""Reads rows as they were at a moment from the row history, over a connection of its own that sees one moment only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import pyarrow as pa
from django.conf import settings
from django.db import connection, models
from psycopg.conninfo import make_conninfo

from finsam.access.models import Organisation
from finsam.associations.models import Association, County, Coverage, Municipality
from finsam.codes.models import Code
from finsam.interventions.models import HeadCount, Intervention, Performer, Plan, TargetGroup
from finsam.reporting import engines

# Read as text or whole numbers: both databases give the same then. "" stands for no text and no date.
TEXT, NUMBER = pa.string(), pa.int64()
NEWEST = (
    "SELECT * EXCLUDE (history_id, history_type, history_moment) FROM history SEMI JOIN "
    "(SELECT arg_max(history_id, (history_moment, history_id)) AS history_id FROM history GROUP BY id) newest "
    "USING (history_id) WHERE history_type <> '-'"
)


@dataclass(frozen=True)
class Source:
    """A model whose statistical columns a snapshot reads, and the name of what is read."""

    name: str
    model: Any  # every model here has its nested Privacy

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        """The key, and the columns that the model's Privacy class gives to statistics."""
        meta = self.model._meta
        return [meta.pk, *(meta.get_field(name) for name in self.model.Privacy.statistics)]


ROOMS = tuple(
    Source(f"state_{model._meta.model_name}", model)
    for model in (
        Organisation,
        Code,
        County,
        Municipality,
        Association,
        Coverage,
        Intervention,
        TargetGroup,
        Performer,
        Plan,
        HeadCount,
    )
)


class Reading:
    """One transaction that reads: everything it gives is from the same moment."""

    def __init__(self, cursor: Any, *, sqlite: bool) -> None:
        self._cursor = cursor
        self._sqlite = sqlite

    def states(self, source: Source, before: datetime) -> pa.Table:
        """The last state of each row registered before a moment; rows deleted by then are left out."""
        historical = source.model.history.model._meta.db_table
        stamp = before.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        # The plus keeps SQLite from its index on the date: nearly every row is wanted, and a scan is four times faster.
        moment = "+history_date" if self._sqlite else "(history_date AT TIME ZONE 'UTC')"
        limit = f"'{stamp}'" if self._sqlite else f"TIMESTAMP '{stamp}'"
        wanted = {"history_id": NUMBER, "history_type": TEXT, "history_moment": TEXT} | self._types(source)
        stamps = ["history_id", "history_type", f"CAST({moment} AS TEXT) AS history_moment"]
        columns = ", ".join([*self._columns(source), *stamps])
        history = self._fetch(f"SELECT {columns} FROM {historical} WHERE {moment} < {limit}", wanted)  # noqa: S608
        with engines.memory() as engine:
            engine.register("history", history)
            return engine.sql(NEWEST).to_arrow_table()

    def rows(self, source: Source) -> pa.Table:
        """The rows of an untracked table as they are now."""
        table = source.model._meta.db_table
        return self._fetch(f"SELECT {', '.join(self._columns(source))} FROM {table}", self._types(source))  # noqa: S608

    def _fetch(self, query: str, types: dict[str, pa.DataType]) -> pa.Table:
        self._cursor.execute(query)
        found = self._cursor.fetch_arrow_table()
        return found.select(list(types)).cast(pa.schema(list(types.items())))

    def _types(self, source: Source) -> dict[str, pa.DataType]:
        return {str(field.column): NUMBER if _whole(field) else TEXT for field in source.fields}

    def _columns(self, source: Source) -> list[str]:
        return [_column(field) for field in source.fields]


@contextmanager
def consistent() -> Iterator[Reading]:
    """Read one moment and hold up no writer: a transaction of its own, or on SQLite a copy."""
    if connection.vendor == "sqlite":
        with _copied() as copy, adbc_driver_sqlite.dbapi.connect(str(copy)) as own, own.cursor() as cursor:
            yield Reading(cursor, sqlite=True)
    else:
        with adbc_driver_postgresql.dbapi.connect(_address()) as own, own.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL datestyle TO ISO")
            yield Reading(cursor, sqlite=False)


@contextmanager
def _copied() -> Iterator[Path]:
    """A copy of the SQLite database as of one moment.

    ADBC has an SQLite library of its own, and two libraries that open one file in one process drop each other's
    locks, after which the database is malformed (sqlite.org/howtocorrupt.html, section 2.2.1).
    """
    with TemporaryDirectory(prefix=".reading-", dir=settings.FINSAM_HOME) as place:
        copy = Path(place) / "copy.sqlite3"
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as live, closing(sqlite3.connect(copy)) as held:
            live.backup(held)
        yield copy


def _address() -> str:
    facts = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = {ours: facts[theirs] for theirs, ours in names.items() if facts[theirs]}
    passed = {name: value for name, value in facts["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(**known, **passed)


def _whole(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.IntegerField | models.BooleanField | models.ForeignKey)


def _column(field: models.Field[Any, Any]) -> str:
    name = f'"{field.column}"'
    if isinstance(field, models.BooleanField):
        return f"CAST({name} AS INTEGER) AS {name}"
    return name if _whole(field) else f"COALESCE(CAST({name} AS TEXT), '') AS {name}"
