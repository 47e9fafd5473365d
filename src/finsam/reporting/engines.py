"""Opens DuckDB in memory, and snapshot folders as the tables that statistics are handed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
from django.conf import settings as configuration

from finsam.statistics.tables import Tables

# Nothing is fetched, nothing is loaded from elsewhere; FINSAM_THREADS keeps it from taking the whole machine.
SETTINGS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
Lines = Sequence[dict[str, Any]]
PERSONS = ("persons", "participations", "supports", "needs")
ROOMS = (
    "interventions",
    "target_groups",
    "performers",
    "plans",
    "head_counts",
    "associations",
    "coverage",
    "municipalities",
)


def settings() -> dict[str, str]:
    """How DuckDB is opened, with as many threads as FINSAM_THREADS allows."""
    threads: int = configuration.FINSAM_THREADS
    return SETTINGS | ({"threads": str(threads)} if threads else {})


@contextmanager
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of its own that lives in memory only."""
    with duckdb.connect(":memory:", config=dict(settings())) as engine:
        yield engine


@contextmanager
def tables(folder: Path) -> Iterator[Tables]:
    """Open a snapshot folder as tables."""
    engine = ibis.duckdb.connect(**settings())
    try:
        rows = engine.read_parquet(folder / "codes.parquet").order_by("list", "number", "first_day")
        lines = rows.to_pyarrow().to_pylist()
        yield Tables(
            codes=_codes(lines),
            labels=_labels(lines),
            **{
                name: engine.read_parquet(folder / f"{name}.parquet", table_name=name)
                for name in (*ROOMS, *PERSONS)
                if (folder / f"{name}.parquet").exists()
            },
        )
    finally:
        engine.disconnect()


def _codes(lines: Lines) -> dict[str, dict[str, int]]:
    codes: dict[str, dict[str, int]] = {}
    for line in lines:
        codes.setdefault(line["list"], {})[line["code"]] = line["number"]
    return codes


def _labels(lines: Lines) -> dict[str, dict[str, dict[str, str]]]:
    """The words of each code; the newest row of a code has the last word."""
    labels: dict[str, dict[str, dict[str, str]]] = {}
    for line in lines:
        words = {"sv": line["label"], "en": line["label_en"] or line["label"]}
        labels.setdefault(line["list"], {})[line["code"]] = words
    return labels
