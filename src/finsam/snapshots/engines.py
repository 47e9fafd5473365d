"""Opens snapshot folders as the tables that statistics are handed: in DuckDB, or in Spark when that is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.expr import operations

from finsam.snapshots import folders, memory, storage
from finsam.statistics.tables.tables import Tables
from finsam.statistics.tables.validity import Row, Validity
from finsam.values.full_disk import is_full

Lines = Sequence[Mapping[str, Any]]
COLUMNS: Final = "SELECT file_name, name, duckdb_type FROM parquet_schema(?) WHERE column_id > 0 ORDER BY column_id"
TYPES: Final = {  # what Ibis calls the types of the columns of a snapshot
    "BIGINT": "int64",
    "BLOB": "binary",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "INTEGER": "int32",
    "SMALLINT": "int16",
    "TINYINT": "int8",
    "VARCHAR": "string",
}
CODES: Final = "codes"
PERSONS: Final = ("persons", "participations", "supports", "needs", "person_years", "support_years", "need_years")
ROOMS: Final = (
    "interventions",
    "target_groups",
    "performers",
    "plans",
    "head_counts",
    "associations",
    "coverage",
    "municipalities",
)


@dataclass(frozen=True)
class Engine:
    """What figures are computed with; `master` says where Spark is, and is nothing to DuckDB."""

    name: str = "duckdb"
    master: str = ""


# A query reads worse with every step by itself, and is written in half the time; engines join the steps themselves.
ibis.options.sql.fuse_selects = False
DUCKDB: Final = Engine()
Opened = AbstractContextManager[Mapping[str, ir.Table]]


@contextmanager
def tables(folder: Path, engine: Engine = DUCKDB) -> Iterator[Tables]:
    """Open a snapshot folder as tables; one of a newer version, or with a file missing, is refused."""
    facts = storage.facts(folder)
    names = [name for name in (*ROOMS, *PERSONS) if f"{name}.parquet" in facts.files]
    opening = ENGINES[engine.name]
    with memory.opened() as own, ExitStack() as stack:
        try:
            lines = _lines(own, folder)
            opened = stack.enter_context(opening(folder, names, engine, own))
        except (duckdb.Error, KeyError) as fault:  # files of another kind, or with columns that no snapshot has
            if is_full(fault) or isinstance(fault, duckdb.OutOfMemoryException):
                raise
            raise folders.unread(folder) from fault
        yield Tables(
            codes=facts.codes,
            labels=_labels(lines),
            validity=_validity(lines),
            directions=facts.directions,
            laid_out_through=facts.as_of.year,
            **opened,
        )


def over(own: duckdb.DuckDBPyConnection, folder: Path, names: Sequence[str]) -> dict[str, ir.Table]:
    """Give Parquet files as tables of an open DuckDB, each under its name.

    Ibis's own way asks for the columns of each table in a query, which together take longer than a report's figures.
    """
    own.execute("; ".join(view(name, folder / f"{name}.parquet") for name in names))
    columns: dict[str, dict[str, str]] = {name: {} for name in names}
    for path, column, kind in own.execute(COLUMNS, [[str(folder / f"{name}.parquet") for name in names]]).fetchall():
        columns[Path(path).stem][column] = TYPES[kind]
    backend = ibis.duckdb.from_connection(own)
    return {name: operations.DatabaseTable(name, ibis.schema(columns[name]), backend).to_expr() for name in names}


def view(name: str, path: Path, where: str = "true") -> str:
    """The command that lets a name stand for the rows of a Parquet file."""
    place = str(path).replace("'", "''")
    return f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{place}') WHERE {where}"  # noqa: S608


def rows(figure: ir.Table) -> list[dict[str, Any]]:
    """Count a figure where its tables are, and give its rows."""
    backend = figure.get_backend()
    if figure.op().find(operations.InMemoryTable):
        answer = figure.to_pyarrow()
    # Ibis's own way goes through pandas: a quarter of a second to load, and whole numbers beside none lose their ends.
    elif backend.name == "duckdb":
        answer = backend.con.sql(query(figure)).to_arrow_table()
    else:
        answer = backend.raw_sql(backend.compile(figure)).toArrow()
    found: list[dict[str, Any]] = answer.cast(figure.schema().to_pyarrow()).to_pylist()
    return found


def query(figure: ir.Table) -> str:
    """Write a figure as a query to DuckDB; tables of one name and schema are the same in whatever snapshot they are."""
    return _query(figure.op())


@lru_cache(maxsize=256)  # a report asks forty, and writing them takes longer than small snapshots do to answer
def _query(figure: operations.Relation) -> str:
    return str(ibis.to_sql(figure.to_expr(), dialect="duckdb"))


@contextmanager
def _in_duckdb(
    folder: Path, names: Sequence[str], engine: Engine, own: duckdb.DuckDBPyConnection
) -> Iterator[Mapping[str, ir.Table]]:
    yield over(own, folder, names)


@contextmanager
def _in_spark(
    folder: Path, names: Sequence[str], engine: Engine, own: duckdb.DuckDBPyConnection
) -> Iterator[Mapping[str, ir.Table]]:
    from finsam.snapshots import spark

    schemas = {name: table.schema() for name, table in over(own, folder, names).items()}
    with spark.session(engine.master) as session:
        yield spark.over(session, folder, schemas)


ENGINES: Final[Mapping[str, Callable[..., Opened]]] = MappingProxyType({"duckdb": _in_duckdb, "spark": _in_spark})


def _lines(own: duckdb.DuckDBPyConnection, folder: Path) -> Lines:
    answer = own.execute(
        "SELECT list, code, label, label_en, first_day, ends_before "
        "FROM read_parquet(?) ORDER BY list, number, first_day",
        [str(folder / f"{CODES}.parquet")],
    )
    columns = [name for name, *_ in answer.description]
    return [dict(zip(columns, line, strict=True)) for line in answer.fetchall()]


def _labels(lines: Lines) -> dict[str, dict[str, dict[str, str]]]:
    """The words of each code; the newest row of a code has the last word."""
    labels: dict[str, dict[str, dict[str, str]]] = {}
    for line in lines:
        words = {"sv": line["label"], "en": line["label_en"] or line["label"]}
        labels.setdefault(line["list"], {})[line["code"]] = words
    return labels


def _validity(lines: Lines) -> Validity:
    """The days of every row of each code."""
    rows: dict[str, dict[str, list[Row]]] = {}
    for line in lines:
        rows.setdefault(line["list"], {}).setdefault(line["code"], []).append((line["first_day"], line["ends_before"]))
    return Validity(rows)
