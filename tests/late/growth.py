"""Invented years that grow after they have ended, as snapshots show them."""

from datetime import date

from finsam.disclosure.cells import Cell, Key, Protected, Status
from finsam.statistics.figures.late_registration import TABLE, Shown

HIDDEN = Cell(None, Status.SUPPRESSED)
GROWTH = {
    2016: [1000, 1100, 1100],
    2017: [2000, 2120, 2140],
    2018: [1000, 1080, 1090],
    2019: [1000, 1050],
    2020: [3000],
}


def shown(growth: dict[int, list[int]], figure: str = "persons_new", **hidden: int) -> list[Shown]:
    """Snapshots as of 31 January, in which each year has been seen later and later."""
    found = []
    for taken in sorted({year + 1 + late_by for year, counts in growth.items() for late_by in range(len(counts))}):
        cells: dict[Key, tuple[Cell, ...]] = {
            (str(year), figure): (HIDDEN if hidden.get(f"y{year}") == taken else Cell(counts[taken - year - 1]),)
            for year, counts in growth.items()
            if 0 <= taken - year - 1 < len(counts)
        }
        found.append(
            Shown(f"{taken}-01-31", date(taken, 1, 31), Protected(TABLE, ("year", "figure"), ("count",), cells))
        )
    return found
