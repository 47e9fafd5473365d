"""What every contestant answers with: the same cells under the same names, so that they can be compared."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

YEARS: Final = range(2016, 2021)
COLUMNS: Final = (
    ("totals", "identified"),
    ("participants", "ongoing", "sickness_benefit"),
    ("participants", "ongoing", "activity_compensation"),
    ("participants", "new", "sickness_benefit"),
    ("participants", "new", "activity_compensation"),
)
BY: Final = ("need_group", "kind", "direction")
UNKNOWN: Final = "unknown"
Cells = dict[str, list[int]]
Words = Mapping[str, Mapping[int, str]]


def words(folder: Path) -> Words:
    """What the numbers stand for: list -> number -> code."""
    found: dict[str, dict[int, str]] = {}
    for row in pq.read_table(folder / "codes.parquet", columns=["list", "number", "code"]).to_pylist():
        found.setdefault(row["list"], {})[row["number"]] = row["code"]
    return found


def numbers(folder: Path) -> dict[str, int]:
    """The number of each code; the lists share no code that the tables ask for."""
    return {code: number for codes in words(folder).values() for number, code in codes.items()}


def persons(rows: Iterable[Sequence[int]], of: Words) -> Cells:
    """Name counts that come as year, sex and the columns above; add the sums of the sexes."""
    cells: Cells = {}
    for year, sex, *counts in rows:
        for (table, *column), count in zip(COLUMNS, counts, strict=True):
            _add(cells, (table, str(year), *column), of["sex"][sex], count)
    return cells


def needs(rows: Iterable[Sequence[int | None]], of: Words) -> Cells:
    """Name counts that come as year, sex, need group (none: nothing recorded), ongoing and new."""
    cells: Cells = {}
    for year, sex, group, *counts in rows:
        name = UNKNOWN if group is None else of["need_group"][group]
        for flow, count in zip(("ongoing", "new"), counts, strict=True):
            _add(cells, ("need_groups", str(year), flow, name), of["sex"][sex or 0], count or 0)
    return cells


def heads(rows: Iterable[Sequence[int]], of: Words) -> Cells:
    """Name heads that come as year, kind, source, women and men; a structural head is of no source."""
    cells: Cells = {}
    for year, kind, source, women, men in rows:
        figure = of["source"][source] if of["kind"][kind] == "individual" else "structural_heads"
        for sex, count in (("women", women), ("men", men)):
            _add(cells, ("totals", str(year), figure), sex, count)
    return cells


def interventions(rows: Iterable[Sequence[int | None]], of: Words) -> Cells:
    """Name interventions that come as year, need group, kind, direction (none: all) and two counts."""
    cells: Cells = {}
    for year, group, kind, direction, count, places in rows:
        if kind is not None or direction is None:
            names = (_name(of[column], number) for column, number in zip(BY, (group, kind, direction), strict=True))
            cells["|".join(("interventions", str(year), *names))] = [count or 0, places or 0]
    return cells


def _name(codes: Mapping[int, str], number: int | None) -> str:
    return "total" if number is None else codes.get(number, "prioritised")


def participants(cells: Cells) -> Cells:
    """Add all participants: those identified and the heads of individual interventions."""
    for year in map(str, YEARS):
        for sex in ("women", "men", "total"):
            parts = [
                cells.get(f"totals|{year}|{figure}|{sex}", [0]) for figure in ("identified", "anonymous", "volume")
            ]
            cells[f"totals|{year}|participants|{sex}"] = [sum(count for (count,) in parts)]
    return cells


def _add(cells: Cells, key: Sequence[str], sex: str, count: int) -> None:
    for column in (sex, "total"):
        cells.setdefault("|".join((*key, column)), [0])[0] += int(count)
