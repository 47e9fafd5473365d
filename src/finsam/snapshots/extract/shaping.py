"""Turns states into the tables of a snapshot: codes and keys become small numbers, rows are sorted on all columns."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyarrow as pa
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.snapshots.extract import numbering
from finsam.snapshots.extract.sql import DIRECTION_ROWS, KEYS, PERSON_TABLES, TABLES
from finsam.snapshots.extract.states import NEWEST, Asked
from finsam.snapshots.schema import ABOUT_PERSONS, FIXED_CODES, SCHEMAS
from finsam.values.codes import LISTS
from finsam.values.codes.directions import DIRECTIONS

if TYPE_CHECKING:
    import duckdb

SHIPPED = [(key, code, place) for key, one in LISTS.items() for place, code in enumerate(one.codes)]


def hold_newest(engine: "duckdb.DuckDBPyConnection", histories: Mapping[str, Asked]) -> None:
    """Keep of each history the newest state of every row that was not deleted in it."""
    for name, asked in histories.items():
        engine.register("history", asked.result())
        engine.execute(f"CREATE TABLE {name} AS {NEWEST}")
        engine.unregister("history")


def hold(engine: "duckdb.DuckDBPyConnection", tables: Mapping[str, Asked]) -> None:
    """Keep rows as they are."""
    for name, asked in tables.items():
        engine.register(name, asked.result())


def shape(engine: "duckdb.DuckDBPyConnection", *, with_persons: bool) -> dict[str, pa.Table]:
    """Give every table of the snapshot; the same states give the same tables whatever keys they have."""
    engine.register("fixed", _rows(FIXED_CODES, "list", "number", "code", "label", "label_en"))
    engine.register("shipped", _rows(SHIPPED, "list", "code", "place"))
    for query in numbering.queries(with_persons=with_persons):
        engine.execute(query)
    schemas = {**SCHEMAS, **ABOUT_PERSONS}
    return {
        name: _checked(name, engine.sql(f"{query} ORDER BY {KEYS.get(name, 'ALL')}").to_arrow_table(), schemas[name])
        for name, query in (TABLES | (PERSON_TABLES if with_persons else {})).items()
    }


def own_directions(engine: "duckdb.DuckDBPyConnection") -> dict[str, dict[str, str]]:
    """The kind and the explanation of each direction that was not shipped, as its newest row has them."""
    rows = engine.execute(DIRECTION_ROWS, [DIRECTIONS.key]).fetchall()
    shipped = set(DIRECTIONS.codes)
    return {code: {"kind": kind, "sv": sv, "en": en} for code, kind, sv, en in rows if code not in shipped}


def _rows(rows: Iterable[tuple[str | int, ...]], *names: str) -> pa.Table:
    return pa.table(list(map(pa.array, zip(*rows, strict=True))), names=names)


def _checked(name: str, table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Refuse a table in which something points at what was not registered on that day."""
    empty = [field.name for field in schema if not field.nullable and table[field.name].null_count]
    if empty:
        raise ValidationError(
            _("Ögonblicksbilden går inte att ta: i %(table)s saknas %(columns)s, som inte var registrerat den dagen.")
            % {"table": name, "columns": ", ".join(empty)}
        )
    return table.select(schema.names).cast(schema)
