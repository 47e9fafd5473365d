"""Inserts many rows at once, past the slow road by model instances; for `access.audit` only, which validates first."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import connection, connections, models

# Their values go to the database as they are once a model has cleaned them.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey, models.BooleanField)
REMEMBERED = 20_000


def new_keys(model: type[models.Model], number: int) -> Sequence[int]:
    """Primary keys that no row has or has had; inside the transaction that inserts the rows."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # where a transaction that writes is alone from its start
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            first = last[0] + 1 if last else 1
            return range(first, first + number)
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
        return [key for (key,) in cursor.fetchall()]


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values stand in the order of the attribute names."""
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    prepare = [(place, _prepared(field)) for place, field in enumerate(fields) if not isinstance(field, PLAIN)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join("%s" for _field in fields)
    query = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  # names of our own
    values: Any = (_row(row, prepare) for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany(query, values)


def change(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put values in rows that are there: each the key, then the values in the order of the attribute names."""
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    quote, key = connection.ops.quote_name, model._meta.pk
    columns = ", ".join(f"{quote(by_name[name].column)} = %s" for name in names)
    query = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(str(key.column))} = %s"  # noqa: S608  # as above
    fields = [by_name[name] for name in names]
    prepare = [(place, _prepared(field)) for place, field in enumerate(fields) if not isinstance(field, PLAIN)]
    with connection.cursor() as cursor:
        cursor.executemany(query, [[*_row(values, prepare), pk] for pk, *values in rows])


def _row(row: Sequence[Any], prepare: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, prepared in prepare:
        values[place] = prepared(values[place])
    return values


def _prepared(field: Any) -> Callable[[Any], Any]:
    own = connections[connection.alias]  # the connection itself: `connection` looks it up every time
    if isinstance(field, models.DateTimeField):  # moments are aware already
        return own.ops.adapt_datetimefield_value
    prepared = partial(field.get_db_prep_save, connection=own)
    if isinstance(field, models.DateField):  # days come again and again
        return lru_cache(maxsize=REMEMBERED)(prepared)
    return prepared
