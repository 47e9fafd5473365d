"""Lays persons out by year in the folder of a snapshot: one block of persons at a time, however many there are."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.snapshots import engines, memory
from finsam.snapshots.folders import PARQUET
from finsam.snapshots.schema import LAID_OUT
from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Codes, Tables
from finsam.values.codes.names import LAST_BIT

if TYPE_CHECKING:
    import duckdb

PERSON_YEARS: Final = LAID_OUT["person_years"]
NEEDS: Final = LAID_OUT["need_years"]
BLOCK: Final = 500_000  # persons whose years are found at once; 0.3 GB, and fewer would be slower
# A person is there once a year: no dictionary of persons would help.
OPTIONS: Final = {name: value for name, value in PARQUET.items() if name != "row_group_size"} | {
    "use_dictionary": [name for name in PERSON_YEARS.names if name != "person"]
}
# Within a year what figures ask for most comes first: equal values in a row take little place and are quickly read.
ORDER: Final = "year, sex, supports, supports_new, new, ended, education, municipality, birth_year, person"
# Persons and participations are numbered in the same order, so those of a block lie beside each other in the files.
BLOCKS: Final = """
    SELECT min(person), max(person), min(participation), max(participation)
    FROM participations GROUP BY (person - 1) // $block ORDER BY 1"""
FIRST: Final = "SELECT min(year(starts_on))::INT FROM participations"
SUPPORT_YEARS: Final = """
    SELECT year, sex, supports, supports_new, count(*) AS persons
    FROM person_years GROUP BY ALL ORDER BY ALL"""
NEED_YEARS: Final = """
    SELECT year, sex, need_group, sum(ongoing)::INT AS ongoing, sum(new)::INT AS new
    FROM found GROUP BY ALL ORDER BY ALL"""


def writers(codes: Codes, as_of: date) -> dict[str, Callable[[Path], int]]:
    """Give what writes each table from those that lie in the same folder; it gives how many rows it wrote."""
    return {
        "person_years": partial(write, codes=codes, as_of=as_of),
        "support_years": write_supports,
        "need_years": partial(write_needs, codes=codes, as_of=as_of),
    }


def write(path: Path, *, codes: Codes, as_of: date, block: int = BLOCK) -> int:
    """Lay persons out by year, through the year of the snapshot's day."""
    _refuse_wide(codes)
    with memory.opened() as engine, pq.ParquetWriter(path, PERSON_YEARS, **OPTIONS) as writer:
        tables, years = _opened(engine, path.parent, codes, as_of)
        found = person_years.worked_out(tables=tables, periods=years).rename(year="period").select(PERSON_YEARS.names)
        query = f"SELECT * FROM ({engines.query(found)}) ORDER BY {ORDER}"  # noqa: S608 - our own columns
        blocks = _blocks(engine, path.parent, block)
        return sum(_write_years(writer, engine.sql(query).to_arrow_table().cast(PERSON_YEARS)) for _ in blocks)


def write_supports(path: Path) -> int:
    """Count the persons of each year by sex and by the supports that go together."""
    with memory.opened() as engine:
        engine.execute(engines.view("person_years", path.with_name("person_years.parquet")))
        rows = engine.sql(SUPPORT_YEARS).to_arrow_table()
    pq.write_table(rows.cast(LAID_OUT["support_years"]), path, **PARQUET)
    return len(rows)


def write_needs(path: Path, *, codes: Codes, as_of: date, block: int = BLOCK) -> int:
    """Count the persons of each year by sex and need group, who can be in several."""
    with memory.opened() as engine:
        tables, years = _opened(engine, path.parent, codes, as_of, "person_years")
        found = person_years.needs_worked_out(tables=tables, periods=years).rename(year="period").select(NEEDS.names)
        query = engines.query(found)
        engine.execute(f"CREATE TABLE found AS SELECT * FROM ({query}) LIMIT 0")  # noqa: S608 - our own
        for _ in _blocks(engine, path.parent, block, "person_years"):
            engine.execute(f"INSERT INTO found {query}")
        rows = engine.sql(NEED_YEARS).to_arrow_table()
    pq.write_table(rows.cast(NEEDS), path, **PARQUET)
    return len(rows)


def _refuse_wide(codes: Codes) -> None:
    """Refuse more supports than a whole number has bits."""
    if max(codes.get("support", {}).values(), default=0) > LAST_BIT:
        raise ValidationError(
            _("Ögonblicksbilden går inte att ta: kodlistan support har fler än %(most)s koder.") % {"most": LAST_BIT}
        )


def _opened(
    engine: "duckdb.DuckDBPyConnection", place: Path, codes: Codes, as_of: date, *laid_out: str
) -> tuple[Tables, Periods]:
    """Give the tables that lie in a folder, of those laid out only the ones named, and the years of the stays."""
    wanted = [name for name in (*engines.ROOMS, *engines.PERSONS) if name not in LAID_OUT or name in laid_out]
    there = [name for name in wanted if (place / f"{name}.parquet").exists()]
    tables = Tables(codes=codes, laid_out_through=as_of.year, **engines.over(engine, place, there))
    ((first,),) = engine.execute(FIRST).fetchall()
    return tables, Periods.years(min(first or as_of.year, as_of.year), as_of.year)


def _blocks(engine: "duckdb.DuckDBPyConnection", place: Path, block: int, *laid_out: str) -> Iterator[int]:
    """Let the tables about persons show one block of persons at a time: a query is made once, its rows are others."""
    for person, last_person, stay, last_stay in engine.execute(BLOCKS, {"block": block}).fetchall():
        persons, stays = f"person BETWEEN {person} AND {last_person}", f"participation BETWEEN {stay} AND {last_stay}"
        shown = {"participations": persons, "supports": stays, "needs": stays} | dict.fromkeys(laid_out, persons)
        for name, where in shown.items():
            engine.execute(engines.view(name, place / f"{name}.parquet", where))
        yield person


def _write_years(writer: pq.ParquetWriter, rows: pa.Table) -> int:
    """Write each year apart, so that who asks for some years reads no others."""
    begun = 0
    for persons in rows["year"].value_counts().field("counts").to_pylist():
        writer.write_table(rows.slice(begun, persons), row_group_size=persons)
        begun += persons
    return begun
