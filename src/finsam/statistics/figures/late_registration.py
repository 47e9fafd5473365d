"""The figures of past years as each snapshot had them, protected so that they can stand beside each other.

**What an intruder could know.** All counts of one year are of nearly the same people: from one snapshot to the next
some have been registered late and some put right. Whoever sees both sees how many more there are, and of a figure of
the whole country that is allowed: it tells of no one where they are, in which association or with which support. It is
another thing with what lies between the figures of one snapshot, which are about the same people. New and ended lie
inside ongoing, so their differences are counts too: those who began earlier, and those who go on. For stays those who
go on one year are those who began earlier the next; for persons either of them were ongoing in the other year. Nobody
stands in more figures of persons than of stays.

So all figures of a snapshot are protected together, whichever one is asked for, with those differences as cells that
are never shown; and beside the snapshots that were taken before it, as an edition is beside older ones (`editions`).
What is hidden in one snapshot stays hidden in the next. Snapshots come in the order they were taken, so that a new one
changes nothing in what has been shown before. Each shows a fixed number of years, which no later snapshot decides.

The estimate (`late`) is made of the protected cells alone: it tells nothing that they don't tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Final

from finsam.disclosure.protect import MISSING, NOTHING, Cell, Counts, Key, Known, Protected, Rule, protect
from finsam.disclosure.published_before import earlier, revised
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, equals
from finsam.statistics.figures.codes_of_dimensions import Fetch, fetched
from finsam.statistics.figures.late_estimates import Hindsight, Seen
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import FLOWS
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import written

TABLE: Final = "registered"
BEFORE, ON = "began_earlier", "go_on"  # the tables of what lies between the figures, which nobody shows
UNITS: Final = ("persons", "participations")
NAMES: Final = tuple(f"{unit}_{flow}" for unit, flow in product(UNITS, FLOWS))
YEARS: Final = 8  # that a snapshot shows, the newest that was over

Values = Mapping[tuple[str, str], int]  # year and figure


@dataclass(frozen=True)
class Taken:
    """What was counted in a snapshot: its name, its day, the counts by year and figure, and what is known of them."""

    name: str
    as_of: date
    values: Values
    known: Known = NOTHING


@dataclass(frozen=True)
class Shown:
    """What may be shown of a snapshot."""

    name: str
    as_of: date
    table: Protected

    def cell(self, year: int, figure: str) -> Cell | None:
        """Give a figure of a year; None when the snapshot shows nothing of the year."""
        row = self.table.cells.get((str(year), figure))
        return row[0] if row else None


def years_of(as_of: date) -> Periods:
    """Give the years a snapshot shows: the newest that were over when its day was."""
    last = (as_of + timedelta(days=1)).year - 1
    return Periods.years(last - YEARS + 1, last)


def counted(*, tables: Tables, as_of: date, fetch: Fetch = fetched) -> dict[tuple[str, str], int]:
    """Count every figure of the years of a snapshot.

    All of these years were over, so that nothing in them lies after the day the snapshot is as of.
    """
    periods, found = years_of(as_of), dict[tuple[str, str], int]()
    for name in NAMES:
        figure = FIGURES[name]
        rows = {row["period"]: row[figure.counts[0]] for row in fetch(figure.count(tables=tables, periods=periods))}
        found |= {(str(year), name): int(rows.get(year, 0)) for year in periods.numbers}
    return found


def protected(taken: Sequence[Taken], rule: Rule) -> list[Shown]:
    """Protect the snapshots one after the other, in the order they were taken, each beside those before it."""
    before, found = NOTHING, list[Shown]()
    for one in taken:
        counts = {table.name: table for table in _tables(one.values)}
        beside = before
        for older in found:
            beside = revised(older.name, beside, counts.values())
        release = protect(counts, _relations(one.values), rule, beside | one.known)
        found.append(Shown(one.name, one.as_of, release[TABLE]))
        chain = {
            new._replace(table=f"{one.name}:{new.table}") if new.table == TABLE else new: old
            for new, old in beside.revised.items()
        }
        before = replace(before | earlier(one.name, release.tables.values(), release.relations, rule), revised=chain)
    return found


def published(year: str, figure: str, elsewhere: Address, cell: Cell) -> Known:
    """Say that a figure of a snapshot is published elsewhere, from the same snapshot: shown or hidden."""
    return Known({elsewhere: cell}, (equals(Address(TABLE, (year, figure), "count"), elsewhere),))


def seen(shown: Iterable[Shown], figure: str) -> list[Seen]:
    """Give a figure as the snapshots show it, for the triangle; without what is hidden, and years without anybody."""
    found = [
        Seen(int(written(year)), one.as_of, cell.value)
        for one in shown
        for (year, name), (cell,) in one.table.cells.items()
        if name == figure and isinstance(cell.value, int)
    ]
    counted_once = {one.period for one in found if one.figure}
    return [one for one in found if one.period in counted_once]


def said(one: Hindsight) -> tuple[Cell, ...]:
    """Give an estimate beside what the figure came to as cells; both are made of what `seen` gives, which is shown."""
    about = one.estimate
    found = (about.seen, about.expected, about.low, about.high, one.came_to)
    return tuple(MISSING if value is None else Cell(value) for value in found)


def _tables(values: Values) -> Iterator[Counts]:
    yield Counts(TABLE, ("year", "figure"), ("count",), {key: (count,) for key, count in values.items()})
    for name, flow in ((BEFORE, "new"), (ON, "ended")):
        cells: dict[Key, tuple[int | None, ...]] = {
            (year, unit): (values[year, f"{unit}_ongoing"] - values[year, f"{unit}_{flow}"],)
            for year, unit in product(_years(values), UNITS)
        }
        yield Counts(name, ("year", "unit"), ("count",), cells, published=False)


def _relations(values: Values) -> Iterator[Relation]:
    years = _years(values)
    for year, unit in product(years, UNITS):
        ongoing, next_year = _at(year, f"{unit}_ongoing"), str(int(year) + 1)
        yield adds_up(ongoing, _at(year, f"{unit}_new"), _between(BEFORE, year, unit))
        yield adds_up(ongoing, _at(year, f"{unit}_ended"), _between(ON, year, unit))
        if next_year in years:
            on, before = _between(ON, year, unit), _between(BEFORE, next_year, unit)
            if unit == "participations":
                yield equals(before, on)
            else:
                yield from (at_most(before, ongoing), at_most(on, _at(next_year, f"{unit}_ongoing")))
    for year, flow in product(years, FLOWS):
        yield at_most(_at(year, f"persons_{flow}"), _at(year, f"participations_{flow}"))


def _years(values: Values) -> list[str]:
    return sorted({year for year, _figure in values})


def _at(year: str, figure: str) -> Address:
    return Address(TABLE, (year, figure), "count")


def _between(table: str, year: str, unit: str) -> Address:
    return Address(table, (year, unit), "count")
