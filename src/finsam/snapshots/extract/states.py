"""Reads rows as they were at a moment from the row history, over a connection of its own that sees one moment only."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import adbc_driver_postgresql
import pyarrow as pa
from django.db import connection, models
from psycopg.conninfo import make_conninfo

from finsam.access.models import Organisation
from finsam.associations.models import Association, County, Coverage, Municipality
from finsam.codes.models import Code
from finsam.interventions.models import HeadCount, Intervention, Performer, Plan, TargetGroup
from finsam.snapshots.extract import arrow, reader

# Read as text or whole numbers: both databases give the same then. "" stands for no text and no date.
TEXT, NUMBER = pa.string(), pa.int64()
# Most rows have one state: only among those of the others is the newest looked for.
NEWEST = """
    SELECT history.* EXCLUDE (history_id, history_type, history_moment)
    FROM history LEFT JOIN (
        SELECT id, arg_max(history_id, (history_moment, history_id)) AS newest
        FROM history WHERE id IN (SELECT id FROM history GROUP BY id HAVING count(*) > 1) GROUP BY id
    ) USING (id)
    WHERE history_id = coalesce(newest, history_id) AND history_type <> '-'"""
Asked = Future[pa.Table]


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
    """One transaction that reads: everything it gives is from the same moment, in the order it was asked for."""

    def __init__(self, fetch: Callable[[str], pa.Table], *, sqlite: bool) -> None:
        self._fetch = fetch
        self._sqlite = sqlite
        self._line = ThreadPoolExecutor(1)  # it is read while what has already come is worked on

    def states(self, source: Source, before: datetime) -> Asked:
        """Every state registered before a moment; see NEWEST."""
        historical = source.model.history.model._meta.db_table
        stamp = before.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        # The plus keeps SQLite from its index on the date: nearly every row is wanted, and a scan is four times faster.
        moment = "+history_date" if self._sqlite else "(history_date AT TIME ZONE 'UTC')"
        limit = f"'{stamp}'" if self._sqlite else f"TIMESTAMP '{stamp}'"
        wanted = {"history_id": NUMBER, "history_type": TEXT, "history_moment": TEXT} | _types(source)
        stamps = ["history_id", "history_type", f"CAST({moment} AS TEXT) AS history_moment"]
        columns = ", ".join([*_columns(source), *stamps])
        return self._ask(f"SELECT {columns} FROM {historical} WHERE {moment} < {limit}", wanted)  # noqa: S608

    def rows(self, source: Source) -> Asked:
        """The rows of an untracked table as they are now."""
        table = source.model._meta.db_table
        return self._ask(f"SELECT {', '.join(_columns(source))} FROM {table}", _types(source))  # noqa: S608

    def close(self) -> None:
        """Read no more of what was asked for."""
        self._line.shutdown(cancel_futures=True)

    def _ask(self, query: str, types: dict[str, pa.DataType]) -> Asked:
        schema = pa.schema(list(types.items()))
        return self._line.submit(lambda: self._fetch(query).select(schema.names).cast(schema))


@contextmanager
def consistent() -> Iterator[Reading]:
    """Read one moment and hold up no writer: in a transaction of its own, on SQLite in a process of its own too."""
    with _sqlite() if connection.vendor == "sqlite" else _postgresql() as reading:
        try:
            yield reading
        finally:
            reading.close()


@contextmanager
def _sqlite() -> Iterator[Reading]:
    with reader.reading(str(connection.settings_dict["NAME"])) as fetch:
        yield Reading(fetch, sqlite=True)


@contextmanager
def _postgresql() -> Iterator[Reading]:
    with arrow.transaction(adbc_driver_postgresql.connect(_address())) as ask:

        def fetch(query: str) -> pa.Table:
            with ask(query) as rows:
                return rows.read_all()

        for command in ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", "SET LOCAL datestyle TO ISO"):
            fetch(command)
        yield Reading(fetch, sqlite=False)


def _address() -> str:
    facts = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = {ours: facts[theirs] for theirs, ours in names.items() if facts[theirs]}
    passed = {name: value for name, value in facts["OPTIONS"].items() if isinstance(value, str)}
    return make_conninfo(**known, **passed)


def _types(source: Source) -> dict[str, pa.DataType]:
    return {str(field.column): NUMBER if _whole(field) else TEXT for field in source.fields}


def _columns(source: Source) -> list[str]:
    return [_column(field) for field in source.fields]


def _whole(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.IntegerField | models.BooleanField | models.ForeignKey)


def _column(field: models.Field[Any, Any]) -> str:
    name = f'"{field.column}"'
    if isinstance(field, models.BooleanField):
        return f"CAST({name} AS INTEGER) AS {name}"
    return name if _whole(field) else f"COALESCE(CAST({name} AS TEXT), '') AS {name}"
