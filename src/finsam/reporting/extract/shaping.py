"""Turns states into the tables of a snapshot: codes and keys become small numbers, rows are sorted on all columns."""

from collections.abc import Mapping

import pyarrow as pa
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.reporting import engines
from finsam.reporting.extract.schema import ABOUT_PERSONS, FIXED_CODES, SCHEMAS
from finsam.reporting.extract.sql import MACROS, NUMBERS, PERSON_NUMBERS, PERSON_TABLES, TABLES


def shape(raw: Mapping[str, pa.Table], *, with_persons: bool) -> dict[str, pa.Table]:
    """Give every table of the snapshot; the same states give the same tables whatever keys they have."""
    numbers = [NUMBERS[0], *MACROS, *NUMBERS[1:], *(PERSON_NUMBERS if with_persons else ())]
    queries = TABLES | (PERSON_TABLES if with_persons else {})
    schemas = {**SCHEMAS, **ABOUT_PERSONS}
    with engines.memory() as engine:
        for name, table in raw.items():
            engine.register(name, table)
        engine.execute("CREATE TABLE fixed (list TEXT, number INT, code TEXT, label TEXT, label_en TEXT)")
        engine.executemany("INSERT INTO fixed VALUES (?, ?, ?, ?, ?)", FIXED_CODES)
        for query in numbers:
            engine.execute(query)
        return {
            name: _checked(name, engine.sql(f"{query} ORDER BY ALL").to_arrow_table(), schemas[name])
            for name, query in queries.items()
        }


def _checked(name: str, table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Refuse a table in which something points at what was not registered on that day."""
    empty = [field.name for field in schema if not field.nullable and table[field.name].null_count]
    if empty:
        raise ValidationError(
            _("Ögonblicksbilden går inte att ta: i %(table)s saknas %(columns)s, som inte var registrerat den dagen.")
            % {"table": name, "columns": ", ".join(empty)}
        )
    return table.cast(schema)
