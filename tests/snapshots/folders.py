"""Snapshot folders of invented populations, made without a database: for what only reads the files."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from finsam.snapshots import folders, person_years, rules
from finsam.snapshots.schema import ABOUT_PERSONS, SCHEMAS
from tests.statistics.populations import batch
from tests.tables import CODES

AS_OF = date(2021, 3, 31)
EMPTY = {pa.string(): "", pa.binary(16): bytes(16)}  # what stands in columns that the populations do not have


def written(place: Path, populations: int) -> Path:
    """Write the tables of populations as a snapshot of schema version 1."""
    place.mkdir()
    rows = dict(batch(populations).rows) if populations else {}
    for name, schema in {**SCHEMAS, **ABOUT_PERSONS}.items():
        columns = {
            field.name: [row.get(field.name, EMPTY.get(field.type)) for row in rows.get(name, [])] for field in schema
        }
        pq.write_table(pa.table(columns, schema=schema), place / f"{name}.parquet", **folders.PARQUET)
    return described(place, 1)


def laid_out(place: Path, populations: int, block: int = person_years.BLOCK) -> Path:
    """Write the tables of populations as a snapshot that is laid out."""
    written(place, populations)
    person_years.write(place / "person_years.parquet", codes=CODES, as_of=AS_OF, block=block)
    person_years.write_supports(place / "support_years.parquet")
    person_years.write_needs(place / "need_years.parquet", codes=CODES, as_of=AS_OF, block=block)
    return described(place)


def described(place: Path, version: int = rules.SCHEMA_VERSION) -> Path:
    """Write a manifest of the files that are there."""
    files: dict[str, object] = {path.name: {} for path in sorted(place.glob("*.parquet"))}
    said = {"as_of": AS_OF.isoformat(), "codes": CODES, "files": files, "schema_version": version}
    (place / folders.MANIFEST).write_text(json.dumps(said), "utf-8")
    return place
