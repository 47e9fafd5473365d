"""A synthetic snapshot of any size: the columns and order of a real one, people who are only numbers, one seed.

Persons come a block at a time, so that a hundred million participations need no more memory than one.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from finsam.snapshots import folders, person_years, rules
from finsam.snapshots.folders import PARQUET
from finsam.snapshots.schema import ABOUT_PERSONS, FIXED_CODES, SCHEMAS
from finsam.values.codes import LISTS

SEED: Final = 2020
ASSOCIATIONS: Final = 83
MUNICIPALITIES: Final = 290
STAYS_AN_INTERVENTION: Final = 400
AS_OF: Final = date(2021, 1, 31)
BLOCK: Final = 700_000  # persons made at once: nearly a million participations, the row group of a real snapshot
OPTIONS: Final = {name: value for name, value in PARQUET.items() if name != "row_group_size"}

# chance(row, what) is a number in [0, 1), one(row, what, n) a whole number in 1..n: the same for the same seed.
MACROS: Final = (
    f"CREATE MACRO chance(row, what) AS hash(row, what, {SEED}) % 1048576 / 1048576.0",
    f"CREATE MACRO one(row, what, n) AS (hash(row, what, {SEED}) % n + 1)::INT",
)
ROOMS: Final[Mapping[str, str]] = {
    "municipalities": f"""
        SELECT i AS municipality, lpad(i::TEXT, 4, '0') AS code, 'Kommun ' || i AS name,
            lpad((i % 21 + 1)::TEXT, 2, '0') AS county_code
        FROM range(1, {MUNICIPALITIES} + 1) t(i)""",
    "associations": f"""
        SELECT i AS association, i::TEXT AS number, 'Förbund ' || i AS name, DATE '2005-01-01' AS first_day,
            NULL AS ends_before
        FROM range(1, {ASSOCIATIONS} + 1) t(i)""",
    "coverage": f"""
        SELECT i % {ASSOCIATIONS} + 1 AS association, i AS municipality, DATE '2005-01-01' AS first_day,
            NULL AS ends_before
        FROM range(1, {MUNICIPALITIES} + 1) t(i)""",
    "interventions": """
        SELECT i AS intervention, one(i, 'association', 83) AS association, 'Insats ' || i AS name,
            CASE WHEN i % 8 = 0 THEN 2 ELSE 1 END AS kind,
            CASE WHEN i % 8 = 0 THEN 5 + one(i, 'direction', 4) ELSE one(i, 'direction', 5) END AS direction,
            1 AS method, DATE '2008-01-01' + one(i, 'start', 4200) AS starts_on,
            CASE WHEN chance(i, 'open') < 0.6 THEN DATE '2008-01-01' + one(i, 'start', 4200)
                + one(i, 'length', 2500) END AS ends_before
        FROM range(1, $interventions + 1) t(i)""",
    "target_groups": """
        SELECT DISTINCT i AS intervention, one(i * 3 + j, 'group', 8) AS need_group
        FROM range(1, $interventions + 1) t(i), range(3) s(j) WHERE j = 0 OR chance(i * 3 + j, 'more') < 0.2""",
    "performers": """
        SELECT i AS intervention, j AS party_kind, '' AS party_code
        FROM range(1, $interventions + 1) t(i), range(1, 3) s(j)""",
    "plans": """
        SELECT i AS intervention, 2020 AS year, one(i, 'plan', 60) AS participants
        FROM range(1, $interventions + 1) t(i)""",
    "head_counts": """
        SELECT i AS intervention, y AS year, one(i * 10000 + y, 'source', 2) AS source,
            one(i * 10000 + y, 'women', 12) AS women, one(i * 10000 + y, 'men', 9) AS men
        FROM range(1, $interventions + 1) t(i), range(2016, 2021) s(y) WHERE chance(i * 10000 + y, 'heads') < 0.2""",
}
# Three persons of four have one stay. One in two hundred stays states another sex than the person's other stays.
STAYS: Final = """
    CREATE OR REPLACE TABLE stays AS
    WITH people AS (
        SELECT p AS person, CASE WHEN chance(p, 'stays') < 0.75 THEN 1 WHEN chance(p, 'stays') < 0.92 THEN 2 ELSE 3 END
            AS stays
        FROM range($person, $person + $block) t(p)
    ), drawn AS (
        SELECT person, person * 4 + stay AS row FROM (SELECT person, unnest(range(stays)) AS stay FROM people)
    ), dated AS (
        SELECT *, one(row, 'intervention', $interventions) AS intervention,
            DATE '2010-01-01' + one(row, 'start', 4000) AS starts_on,
            ceil(-ln(1.0 - chance(row, 'length')) * 300)::INT + 1 AS days
        FROM drawn
    ), ended AS (
        SELECT *, CASE WHEN starts_on + days <= DATE '2021-01-31' THEN starts_on + days END AS ends_before FROM dated
    ), numbered AS (
        SELECT $before + row_number() OVER (ORDER BY person, intervention, row) AS participation, * FROM ended
    )
    SELECT participation, person, intervention,
        CASE WHEN chance(person, 'sex') < 0.57 THEN 1 ELSE 2 END
            + CASE WHEN chance(row, 'corrected') < 0.005 THEN CASE WHEN chance(person, 'sex') < 0.57 THEN 1 ELSE -1 END
              ELSE 0 END AS sex,
        1955 + one(person, 'born', 48) AS birth_year, one(row, 'municipality', 290) AS municipality, starts_on,
        ends_before, one(person, 'education', 4) AS education, one(row, 'months', 90) AS months_in_support,
        one(row, 'occupation', 4) AS occupation_at_start, NULL AS extent_at_start,
        CASE WHEN ends_before IS NOT NULL THEN one(row, 'after', 4) END AS occupation_at_end, NULL AS extent_at_end,
        CASE WHEN ends_before IS NOT NULL THEN
            CASE WHEN chance(row, 'wrong') < 0.02 THEN $misregistration ELSE $completed END END AS end_reason
    FROM numbered WHERE participation <= $stays"""
ABOUT: Final[Mapping[str, str]] = {
    "persons": "SELECT DISTINCT person, unhex(md5(person::TEXT)) AS pseudonym FROM stays ORDER BY person",
    "participations": "SELECT * FROM stays ORDER BY participation",
    "supports": """
        SELECT DISTINCT participation, moment, one(participation * 4 + moment * 2 + extra, 'support', 11) AS support
        FROM stays, range(1, 3) m(moment), range(2) e(extra)
        WHERE (moment = 1 OR ends_before IS NOT NULL)
            AND (extra = 0 OR chance(participation * 4 + moment, 'two') < 0.15)
        ORDER BY ALL""",
    "needs": """
        SELECT DISTINCT participation, one(participation * 2 + extra, 'need', 8) AS need_group
        FROM stays, range(2) e(extra) WHERE extra = 0 OR chance(participation, 'needs') < 0.1
        ORDER BY ALL""",
}


def make(place: str, stays: str) -> None:
    """Write a snapshot folder of schema version 1 with this many participations."""
    folder = Path(place)
    folder.mkdir(parents=True)
    _write(folder / "codes.parquet", SCHEMAS["codes"], pa.Table.from_pylist(list(_codes())))
    numbers = _numbers()
    facts: dict[str, Any] = {
        "stays": int(stays),
        "interventions": max(1_100, int(stays) // STAYS_AN_INTERVENTION),
        "misregistration": numbers["end_reason"]["misregistration"],
        "completed": numbers["end_reason"]["completed"],
        "block": BLOCK,
    }
    with duckdb.connect(":memory:", config={"temp_directory": str(folder / ".spilled")}) as engine:
        for macro in MACROS:
            engine.execute(macro)
        for name, query in ROOMS.items():
            rows = engine.sql(query, params=_used(query, facts)).to_arrow_table()
            _write(folder / f"{name}.parquet", SCHEMAS[name], rows)
        _write_persons(engine, folder, facts)
    _describe(folder, 1)


def lay_out(place: str) -> int:
    """Lay the persons of a snapshot out by year, as it is done when one is taken; gives the size of the files."""
    paths = {Path(place) / f"{name}.parquet": write for name, write in person_years.writers(_numbers(), AS_OF).items()}
    for path, write in paths.items():
        write(path)
    _describe(Path(place), rules.SCHEMA_VERSION)
    return sum(path.stat().st_size for path in paths)


def _write_persons(engine: duckdb.DuckDBPyConnection, folder: Path, facts: Mapping[str, Any]) -> None:
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", schema, **OPTIONS))
            for name, schema in ABOUT_PERSONS.items()
        }
        person, before = 1, 0
        while before < facts["stays"]:
            engine.execute(STAYS, _used(STAYS, {**facts, "person": person, "before": before}))
            for name, query in ABOUT.items():
                files[name].write_table(engine.sql(query).to_arrow_table().cast(ABOUT_PERSONS[name]))
            ((before,),) = engine.execute("SELECT max(participation) FROM stays").fetchall()
            person += BLOCK


def _describe(folder: Path, version: int) -> None:
    """Write what a manifest says, without the digests: nobody verifies it."""
    files: dict[str, Any] = {path.name: {} for path in sorted(folder.glob("*.parquet"))}
    said = {"as_of": AS_OF.isoformat(), "codes": _numbers(), "files": files, "schema_version": version}
    (folder / folders.MANIFEST).write_bytes(folders.canonical(said))


def _numbers() -> dict[str, dict[str, int]]:
    numbers: dict[str, dict[str, int]] = {}
    for row in _codes():
        numbers.setdefault(row["list"], {})[row["code"]] = row["number"]
    return numbers


def _codes() -> Iterator[dict[str, Any]]:
    for name, code_list in LISTS.items():
        for number, (code, rows) in enumerate(groupby(code_list.rows, lambda row: row.code), 1):
            row = next(rows)
            words = {"label": row.label, "label_en": row.label_en}
            yield {"list": name, "number": number, "code": code, **words, **_always("bench")}
    for name, number, code, label, label_en in FIXED_CODES:
        yield {"list": name, "number": number, "code": code, "label": label, "label_en": label_en, **_always("finsam")}


def _always(source: str) -> dict[str, Any]:
    return {"first_day": date(2004, 1, 1), "ends_before": None, "source": source, "verified": True}


def _used(query: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if f"${name}" in query}


def _write(path: Path, schema: pa.Schema, rows: pa.Table) -> None:
    pq.write_table(rows.cast(schema), path, **PARQUET)
