"""Small text tables: the inputs and expected results of the tests of statistics, and half of their documentation."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.expr import operations

from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Sum, written

CODES: dict[str, dict[str, int]] = {
    name: {code: number for number, code in enumerate(codes.split(), start=1)}
    for name, codes in {
        "sex": "women men",
        "kind": "individual structural",
        "direction": "rehabilitation_to_work_or_education preparatory individual_assessment preventive "
        "other_individual dialogue_and_communication training mapping other_structural",
        "method": "identified numbers_only",
        "need_group": "long_term_sick young_with_activity_compensation young_with_disability mental_ill_health",
        "support": "sickness_cash_benefit rehabilitation_cash_benefit activity_compensation social_assistance none",
        "education": "compulsory upper_secondary",
        "occupation": "work studies job_seeking other",
        "end_reason": "misregistration completed",
        "moment": "start end",
        "source": "anonymous volume",
    }.items()
}

# Columns whose codes stand in a list of another name.
LIST_OF = {
    "occupation_at_start": "occupation",
    "occupation_at_end": "occupation",
    "occupation_after": "occupation",
    "support_after": "support",
    "target_group": "need_group",
}

SCHEMAS: dict[str, dict[str, str]] = {
    "interventions": {
        "intervention": "int32",
        "association": "int16",
        "name": "string",
        "kind": "int8",
        "direction": "int8",
        "method": "int8",
        "starts_on": "date",
        "ends_before": "date",
    },
    "target_groups": {"intervention": "int32", "need_group": "int8"},
    "performers": {"intervention": "int32", "party_kind": "int8", "party_code": "string"},
    "plans": {"intervention": "int32", "year": "int16", "participants": "int32"},
    "head_counts": {"intervention": "int32", "year": "int16", "source": "int8", "women": "int32", "men": "int32"},
    "associations": {
        "association": "int16",
        "number": "string",
        "name": "string",
        "first_day": "date",
        "ends_before": "date",
    },
    "coverage": {"association": "int16", "municipality": "int16", "first_day": "date", "ends_before": "date"},
    "municipalities": {"municipality": "int16", "code": "string", "name": "string", "county_code": "string"},
    "persons": {"person": "int32", "pseudonym": "binary"},
    "participations": {
        "participation": "int32",
        "person": "int32",
        "intervention": "int32",
        "sex": "int8",
        "birth_year": "int16",
        "municipality": "int16",
        "starts_on": "date",
        "ends_before": "date",
        "education": "int8",
        "months_in_support": "int16",
        "occupation_at_start": "int8",
        "extent_at_start": "int16",
        "occupation_at_end": "int8",
        "extent_at_end": "int16",
        "end_reason": "int8",
    },
    "supports": {"participation": "int32", "moment": "int8", "support": "int8"},
    "needs": {"participation": "int32", "need_group": "int8"},
}
USUAL: dict[str, dict[str, Any]] = {
    "interventions": {"association": 1, "kind": 1, "direction": 1, "starts_on": date(2000, 1, 1)},
    "participations": {"intervention": 1, "sex": 1},
    "supports": {"moment": 1},
    "head_counts": {"intervention": 1, "women": 0, "men": 0},
}
ABOUT_PERSONS = ("persons", "participations", "supports", "needs")


def rows_of(text: str) -> list[dict[str, str]]:
    """Read a table of columns divided by `|`; the first line names them."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def tables(**texts: str) -> Tables:
    """Build a snapshot from text tables; columns that are left out have their usual value, or none."""
    return _snapshot(texts, SCHEMAS)


def tables_without_persons(**texts: str) -> Tables:
    """Build a snapshot as an installation without participants takes it."""
    return _snapshot(texts, [name for name in SCHEMAS if name not in ABOUT_PERSONS])


def _snapshot(texts: Mapping[str, str], names: Iterable[str]) -> Tables:
    given = {"interventions": "intervention\n1"} | dict(texts)
    return Tables(codes=CODES, **held({name: _arrow(name, given.get(name, "nothing")) for name in names}))


def held(tables: Mapping[str, pa.Table]) -> dict[str, ir.Table]:
    """Hold tables in a DuckDB of their own, each by its name, as those of a snapshot are: a query is written once."""
    backend = ibis.duckdb.from_connection(duckdb.connect(config={"threads": 1}))
    return {name: _registered(backend, name, table) for name, table in tables.items()}


def beside(tables: Tables, name: str, table: pa.Table) -> ir.Table:
    """Hold one more table in the DuckDB of others."""
    return _registered(tables.associations.get_backend(), name, table)


def _registered(backend: Any, name: str, table: pa.Table) -> ir.Table:
    backend.con.register(name, table)
    return operations.DatabaseTable(name, ibis.Schema.from_pyarrow(table.schema), backend).to_expr()


def table(name: str, text: str) -> ir.Table:
    """One table, to be put in the place of one that is held."""
    return ibis.memtable(_arrow(name, text))


def _arrow(name: str, text: str) -> pa.Table:
    schema = SCHEMAS[name]
    rows = [USUAL.get(name, {}) | {c: _value(c, schema[c], v) for c, v in row.items()} for row in rows_of(text)]
    columns = {column: [row.get(column) for row in rows] for column in schema}
    return pa.table(columns, schema=ibis.schema(schema).to_pyarrow())


def assert_rows(found: ir.Table, expect: str) -> None:
    """Compare a figure with a text table: the columns that it names, in any order of rows."""
    assert_found(found.to_pyarrow().to_pylist(), expect)


def assert_found(found: Iterable[Mapping[str, Any]], expect: str) -> None:
    """Compare rows with a text table in the same way."""
    wanted = rows_of(expect)
    columns = list(wanted[0]) if wanted else [part.strip() for part in expect.split("|")]
    rows = [[_text(column, row[column]) for column in columns] for row in found]
    assert sorted(rows) == sorted([row[column] for column in columns] for row in wanted)


def _value(column: str, kind: str, text: str) -> Any:
    if not text:
        return None
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "string":
        return text
    return int(text) if text.lstrip("-").isdigit() else CODES[LIST_OF.get(column, column)][text]


def _text(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Sum):
        return written(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    coded = LIST_OF.get(column, column)
    if coded in CODES and isinstance(value, int):
        words = {number: code for code, number in CODES[coded].items()}
        words |= {0: "not_stated", -1: "total", -2: "prioritised"}
        return words[value]
    return str(value)
