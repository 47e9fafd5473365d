"""The report as the product computes it: every table, protected, with its sentences and diagrams, but no document."""

from datetime import date
from pathlib import Path

from bench.contestants.cells import YEARS
from finsam.disclosure.protect import Rule, Status
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.snapshots import engines
from finsam.values.keys import written

TABLES = ("participants", "totals", "need_groups", "interventions")


def compute(place: str) -> dict[str, list[int] | None]:
    """Give the cells that the publication shows, and None for those it hides."""
    with engines.tables(Path(place)) as tables:
        publication = REPORTS["national-annual"].compute(Source(tables, YEARS[-1], Rule(), "bench", date(2021, 1, 31)))
    return {
        "|".join((table.name, *map(written, key))): [int(cell.value or 0) for cell in row]
        if row[0].status is Status.OK
        else None
        for table in (tidy.table for tidy in publication.tables)
        if table.name in TABLES
        for key, row in table.cells.items()
    }
