"""Counts many worlds in one query, with the very figures of the product: each world is kept apart by its number.

The SQL of a figure is made to carry the number of the world through every step. What is counted in world n is then
the n-th digit of one large number: sums and differences of such numbers are sums and differences in every world, and
whatever a report makes of counts it makes of all worlds at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends.sql import compilers as sc
from sqlglot import exp

from finsam.statistics.figures.linked_records import AGE
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.tables import Linked, Tables
from tests.relations.worlds import CODES, EVERY_SCHEMA, OF_WORLDS, WORLD
from tests.statistics.naive.days import Rows
from tests.statistics.populations import arrow
from tests.tables import SCHEMAS

Numbers = np.ndarray[Any, np.dtype[Any]]
KEYS = frozenset(
    {"period", "days", "months", AGE, "days_in_benefit", "chapter", *DIMENSIONS}
)  # the columns of a figure that are no counts


class Apart:
    """An engine that gives the rows of a figure, with its counts in all the worlds as the digits of one number."""

    def __init__(self, rows: Rows, size: int) -> None:
        self.rows, self.size, self.connection = rows, size, duckdb.connect()
        for name, columns in EVERY_SCHEMA.items():
            kept = dict(columns) | ({WORLD: "int32"} if name in OF_WORLDS else {})
            schema = ibis.schema(kept).to_pyarrow()
            table = pa.table({c: [row.get(c) for row in rows[name]] for c in schema.names}, schema=schema)
            self.connection.register("given", table)
            self.connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')

    @property
    def tables(self) -> Tables:
        """The tables as figures are handed them, in which nothing is seen of worlds."""
        return unseen()

    @property
    def linked(self) -> Linked:
        """What another agency says."""
        return Linked(ibis.table(ibis.schema(EVERY_SCHEMA["linkage"]), name="linkage"), 0, "")

    @property
    def looked_up(self) -> Tables:
        """The tables that are the same in every world, as anybody may read them; nobody is in the others."""
        rows = {name: [] if name in OF_WORLDS else self.rows[name] for name in SCHEMAS}
        return Tables(codes=CODES, **{name: ibis.memtable(arrow(name, rows[name])) for name in SCHEMAS})

    def fetch(self, figure: ir.Table) -> list[dict[str, Any]]:
        """Run a figure in all worlds at once."""
        return self.run(carried(figure))

    def run(self, query: "Query") -> list[dict[str, Any]]:
        """Run a query that carries the number of the world, if it has any."""
        found = self.connection.sql(query.sql).to_arrow_table()
        if not query.held:
            return cast(list[dict[str, Any]], found.to_pylist())
        return list(self._together(found))

    def _together(self, found: pa.Table) -> Iterator[dict[str, Any]]:
        keys = [name for name in found.column_names if name in KEYS]
        counts = [name for name in found.column_names if name not in KEYS and name != WORLD]
        lists = found.group_by(keys, use_threads=False).aggregate([(name, "list") for name in (WORLD, *counts)])
        every = {name: lists[f"{name}_list"].combine_chunks() for name in (WORLD, *counts)}
        ends, flat = every[WORLD].offsets.to_pylist(), {name: one.values for name, one in every.items()}
        numbers = {name: one.cast("int64").to_numpy(zero_copy_only=False) for name, one in flat.items()}
        for place, key in enumerate(lists.select(keys).to_pylist()):
            part = slice(ends[place], ends[place + 1])
            worlds = numbers[WORLD][part]
            yield key | {name: written(worlds, numbers[name][part], self.size) for name in counts}


@dataclass(frozen=True)
class Query:
    """A figure as SQL, and whether its rows have a world."""

    sql: str
    held: bool


def carried(figure: ir.Table) -> Query:
    """Write the SQL of a figure, made to carry the number of the world through every step."""
    query = sc.duckdb.compiler.to_sqlglot(figure)
    held = _carry(cast(exp.Query, query), {})
    return Query(query.sql("duckdb"), held)


def unseen() -> Tables:
    """The tables as figures are handed them, in which nothing is seen of worlds."""
    return Tables(codes=CODES, **{name: ibis.table(ibis.schema(s), name=name) for name, s in SCHEMAS.items()})


def written(worlds: Numbers, counts: Numbers, size: int) -> int:
    """Write the counts of some worlds as the digits of one number."""
    digits = np.bincount(worlds, counts, size)
    assert digits.max(initial=0) < 256  # a digit is a byte
    return int.from_bytes(digits.astype(np.uint8).tobytes(), "little")


def read(number: int, size: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Read the count in each world."""
    return np.frombuffer(number.to_bytes(size, "little"), dtype=np.uint8)


def _carry(query: exp.Query, named: dict[str, bool]) -> bool:
    """Let a query carry the number of the world, and tell whether it has any."""
    for step in query.ctes:
        named[step.alias] = _carry(step.this, named)
    if isinstance(query, exp.Union):
        sides = [_carry(side, named) for side in (query.this, query.expression)]
        assert all(sides) or not any(sides), "a union of rows that have a world and rows that have none"
        query.set("by_name", sides[0])
        return sides[0]
    if isinstance(query, exp.Subquery):
        return _carry(query.this, named)
    assert isinstance(query, exp.Select), query
    return _carry_select(query, named)


def _carry_select(query: exp.Select, named: dict[str, bool]) -> bool:
    assert not query.find(exp.Limit, exp.Exists)
    origin = query.args.get("from_") or query.args.get("from")
    joins = query.args.get("joins") or []
    if origin is None:
        return False
    first = origin.this.alias_or_name if _has_world(origin.this, named) else ""
    for join in joins:
        name = join.this.alias_or_name
        if not _has_world(join.this, named):
            continue
        assert first, f"{name} has worlds and what it is joined to has none: {query.sql('duckdb')}"
        join.set("on", exp.and_(join.args["on"], _world(name).eq(_world(first))))
    if not first:
        return False
    for window in query.find_all(exp.Window):
        if window.parent_select is query:
            window.set("partition_by", [*(window.args.get("partition_by") or []), _world(first)])
    if not _has_star(query, first):
        query.select(_world(first), copy=False)
    group = query.args.get("group")
    if group is not None:
        group.append("expressions", _world(first))
    else:
        assert not any(one.find(exp.AggFunc) and not one.find(exp.Window) for one in query.expressions)
    return True


def _has_world(source: exp.Expression, named: dict[str, bool]) -> bool:
    if isinstance(source, exp.Subquery):
        return _carry(source.this, named)
    assert isinstance(source, exp.Table), source
    return named.get(source.name, source.name in OF_WORLDS)


def _has_star(query: exp.Select, first: str) -> bool:
    stars = [one for one in query.expressions if one.is_star]
    return any(isinstance(star, exp.Star) or star.table == first for star in stars)


def _world(table: str) -> exp.Column:
    return exp.column(WORLD, table=table, quoted=True)
