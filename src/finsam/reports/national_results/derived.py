"""What the report on results makes of cells that may be shown: shares, changes, quartiles, who is still in."""

from collections.abc import Iterator, Mapping
from itertools import product

from finsam.disclosure.cells import NOBODY, TOTAL, Cell, Key, Protected
from finsam.reports.national_results import lengths
from finsam.statistics.derived import lengths as made
from finsam.statistics.derived.lengths import SUPPORT_ENDS, Left, Length, code
from finsam.statistics.derived.reliability import band, share
from finsam.statistics.derived.shares import change, difference, table
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.durations import QUARTERS
from finsam.values.keys import Code

OUTCOMES = ("active", "began", "increased", "gained")
QUARTILES = ("lower", "median", "upper")
LENGTHS = (lengths.STAYS, lengths.SUPPORT)
SHARE = ("part", "base", "percent")
CHANGE = ("before", "after", "difference", "change")
COMPARED: Mapping[str, str] = {"supports": "support", "occupations": "occupation"}
STAYING = "still_in_intervention"

Shown = Mapping[str, Protected]
Rows = dict[Key, tuple[Cell, ...]]


def derived(shown: Shown) -> Iterator[Protected]:
    """Make every table that is made of others."""
    yield _outcome_shares(shown["outcomes_participations"])
    yield _bands(shown["outcomes_persons"], shown["totals"])
    for name, dimension in COMPARED.items():
        yield _changes(shown[name], name, dimension)
    yield from (_place_shares(shown[name]) for name in ("counties", "associations"))
    yield _quartiles(shown)
    yield _staying(shown[lengths.STAYS])


def _outcome_shares(outcomes: Protected) -> Protected:
    rows: Rows = {}
    for (year, sex), row in outcomes.cells.items():
        cells = dict(zip(outcomes.figures, row, strict=True))
        for outcome in OUTCOMES:
            rows[year, outcome, sex] = _share(cells[outcome], cells["ended"])
    return table("outcome_shares", ("year", "outcome", "sex"), SHARE, rows)


def _share(part: Cell, base: Cell) -> tuple[Cell, Cell, Cell]:
    return part, base, share(part, base).percent


def _bands(outcomes: Protected, totals: Protected) -> Protected:
    rows: Rows = {}
    for (year, sex), (ended, active, *_) in outcomes.cells.items():
        (anonymous,) = totals.cells[year, "anonymous", sex]
        found = band(active, ended, anonymous)
        rows[year, sex] = (*_share(active, ended), anonymous, found.lowest, found.highest)
    return table("bands", ("year", "sex"), (*SHARE, "anonymous", "lowest", "highest"), rows)


def _changes(flows: Protected, name: str, dimension: str) -> Protected:
    rows: Rows = {}
    codes = {key[place] for key in flows.cells for place in (1, 2)} - {TOTAL}
    for (year, sex), one in product({(key[0], key[3]) for key in flows.cells}, sorted(codes)):
        sides = [flows.cells.get(key) for key in ((year, one, TOTAL, sex), (year, TOTAL, one, sex))]
        before, after = (row[0] if row else NOBODY for row in sides)
        rows[year, one, sex] = (before, after, difference(before, after), change(before, after))
    return table(f"{name}_changed", ("year", dimension, "sex"), CHANGE, rows)


def _place_shares(places: Protected) -> Protected:
    rows: Rows = {key: _share(active, ended) for key, (ended, active) in places.cells.items()}
    return table(f"{places.name}_shares", places.dimensions, SHARE, rows)


def _quartiles(shown: Shown) -> Protected:
    rows: Rows = {}
    for name in LENGTHS:
        found = shown[name]
        for year, sex in sorted({(key[0], key[2]) for key in found.cells}):
            for quartile, reached in zip(QUARTILES, QUARTERS, strict=True):
                if name == lengths.STAYS:
                    classes, whole = left(found, year, sex)
                    cell = made.time_left(classes, whole, reached)
                else:
                    cell = made.quantile(*_stated(found, year, sex), reached)
                rows[year, name, quartile, sex] = (cell,)
    return table("quartiles", ("year", "length", "quartile", "sex"), ("months",), rows)


def left(found: Protected, year: Code, sex: Code) -> tuple[list[Left], Left]:
    """Give the classes of how long participations have lasted, and all of them together."""
    classes = [Left(months, *found.cells[year, code(months), sex]) for months in lengths.MONTHS]
    return classes, Left(0, *found.cells[year, TOTAL, sex])


def _stated(found: Protected, year: Code, sex: Code) -> tuple[list[Length], Cell]:
    """Give the classes of registered times in support, and how many are registered."""
    classes = [Length(months, found.cells[year, code(months), sex][0]) for months in SUPPORT_ENDS]
    every, unknown = (found.cells[year, key, sex][0] for key in (TOTAL, UNKNOWN))
    return classes, difference(unknown, every)


def _staying(found: Protected) -> Protected:
    rows: Rows = {}
    for year, sex in sorted({(key[0], key[2]) for key in found.cells}):
        classes, whole = left(found, year, sex)
        for one, cell in zip(classes, made.staying(classes, whole), strict=True):
            rows[year, code(one.end), sex] = (cell,)
    return table(STAYING, ("year", "months", "sex"), ("percent",), rows)


__all__ = ["CHANGE", "LENGTHS", "OUTCOMES", "QUARTILES", "SHARE", "STAYING", "derived", "left"]
