"""Small invented populations, many of them in one table, and the comparison of a figure with its naive reference.

    batch = populations.batch(200)
    assert_agrees(partial(participation.persons, flow="new"), partial(people.persons, flow="new"), batch,
                  counts=("persons",), periods=Periods.years(2019, 2020), by=("sex",))

Every population has its own interventions, persons and associations, so that each lies in its own cells of the test's
dimension `population`; municipalities are shared. `batch.tables(table)` builds the tables with any Ibis backend and
`fetch` runs the figure on it: `table` gets a name and an Arrow table, `fetch` an expression.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any
from unittest import mock

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings

from finsam.snapshots import engines
from finsam.statistics.tables import dimensions
from finsam.statistics.tables.dimensions import Dimension
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from tests.statistics.inventing import MUNICIPALITIES, population
from tests.statistics.naive.days import Cells, Rows, Where
from tests.tables import CODES, SCHEMAS, held

STEP = 100  # a population's own numbers begin at this times its number
STEPS = {"intervention": STEP, "person": STEP, "participation": STEP, "association": 3}  # 16 bits hold 10,000
YEARS = Periods.years(2018, 2020)
QUARTERS = Periods.quarters("2019K4", "2020K2")
Reference = Callable[[Rows, Periods, Sequence[str], Where], Cells]
Make = Callable[[str, pa.Table], ir.Table]
Fetch = Callable[[ir.Table], list[dict[str, Any]]]


@dataclass(frozen=True)
class Batch:
    """Populations whose numbers are kept apart, in the order of their numbers."""

    populations: tuple[Rows, ...]

    @property
    def rows(self) -> Rows:
        """All of them as if they were one."""
        return _joined(self.populations)

    def tables(self, make: Make | None = None) -> Tables:
        """Build the tables of all of them, in memory unless told how."""
        rows = self.rows
        found = {name: arrow(name, rows[name]) for name in SCHEMAS}
        return Tables(codes=CODES, **({name: make(name, found[name]) for name in found} if make else held(found)))


@cache
def batch(size: int) -> Batch:
    """Invent populations; the same for everybody who asks for as many."""
    found: list[Rows] = []

    @settings(
        max_examples=size, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(population())
    def invent(rows: Rows) -> None:
        found.append(rows)

    invent()
    return Batch(tuple(shifted(rows, number) for number, rows in enumerate(found[:size], start=1)))


def assert_agrees(
    figure: Callable[..., ir.Table],
    reference: Reference,
    batch: Batch,
    *,
    tables: Tables,
    counts: Sequence[str],
    periods: Periods = YEARS,
    by: Sequence[str] = (),
    where: Mapping[str, Collection[int]] = MappingProxyType({}),
    always: Sequence[str] = (),
    fetch: Fetch = engines.rows,
    of_person: bool = False,
) -> None:
    """Compare a figure by `population` with the reference of each; says which is the first to differ, and shows it.

    Cells in which all counts are 0 or empty may have a row or none. With `of_person` the population is taken from the
    person, as the rows of persons by year have it.
    """
    with by_population(of_person=of_person):
        answer = fetch(figure(tables=tables, periods=periods, by=("population", *by), where=where))
    found: dict[int, Cells] = {}
    for row in answer:
        cell = tuple(row[name] for name in ("period", *always, *by))
        assert cell not in found.setdefault(row["population"], {}), f"two rows for one cell: {cell}"
        found[row["population"]][cell] = tuple(row[name] for name in counts)
    for number, rows in enumerate(batch.populations, start=1):
        expected = _filled(reference(rows, periods, by, where))
        assert _filled(found.pop(number, {})) == expected, f"population {number}, by {by}, where {where}: {rows}"
    assert not found


def by_population(*, of_person: bool = False) -> AbstractContextManager[Any]:
    """Let figures be split by population, for as long as the context lasts."""
    source = "sex" if of_person else ""  # a source that the rows of persons by year have too
    dimension = Dimension(
        "population", "population", _population, frozenset({"persons", "participations"}), source=source
    )
    extended = MappingProxyType({**dimensions.DIMENSIONS, "population": dimension})
    return mock.patch.object(dimensions, "DIMENSIONS", extended)


def _population(rows: ir.Table, _tables: Tables, _periods: Periods) -> ir.Table:
    number = rows["intervention" if "intervention" in rows.columns else "person"]
    return rows.mutate(population=(number // STEP).cast("int32"))


def _filled(cells: Cells) -> Cells:
    return {cell: counts for cell, counts in cells.items() if any(counts)}


def arrow(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Write rows as an Arrow table with the types of a snapshot."""
    schema = ibis.schema(SCHEMAS[name]).to_pyarrow()
    return pa.table({column: [row.get(column) for row in rows] for column in schema.names}, schema=schema)


def shifted(rows: Rows, number: int) -> Rows:
    """Move the numbers of a population to their own place."""
    moved = {
        name: [row | {key: row[key] + step * number for key, step in STEPS.items() if key in row} for row in table]
        for name, table in rows.items()
    }
    return moved | {"associations": [row | {"number": str(row["association"])} for row in moved["associations"]]}


def _joined(populations: Sequence[Rows]) -> Rows:
    together = {name: [row for rows in populations for row in rows[name]] for name in SCHEMAS}
    return together | {"municipalities": MUNICIPALITIES}  # shared: their numbers stay
