"""Open tables with their axes alone, and questions as they were saved before there were any."""

from typing import Any

from finsam.disclosure.cells import Rule
from finsam.reports.open_tables.cubes import CUBES, Cube
from finsam.table_builder.open_cube import MEASURE, TOTAL, YEAR, Axis, OpenCube

YEARS = {year: year for year in ("2016", "2020")}


def declared(name: str) -> Cube:
    """What is said of a table."""
    return next(one for one in CUBES if one.name == name)


def cube(name: str, **codes: str) -> OpenCube:
    """A table with two codes of everything it is split by, one of them given where it matters."""
    of = declared(name)
    split = {one: {codes.get(one, "1"): "1", "2": "2", TOTAL: "Totalt"} for one in of.dimensions if one != YEAR}
    words: dict[str, dict[str, str]] = {YEAR: YEARS, **split, MEASURE: {one: one for one in of.columns}}
    return OpenCube(name, {one: Axis(one, one, named) for one, named in words.items()}, [], [], Rule())


def asked(figure: str, by: tuple[str, ...] = (), first: str = "2020", last: str = "", **where: str) -> dict[str, Any]:
    """A question as it was written down."""
    filters = [[name, where[name]] for name in sorted(where)]
    return {"figure": figure, "by": sorted(by), "where": filters, "first": first, "last": last or first}
