"""The figures of past years as each snapshot had them, protected so that they can stand beside each other.

**What an intruder could know.** All counts of one year are of nearly the same people: from one snapshot to the next
some have been registered late and some put right. Whoever sees both sees how many more there are, and of a figure of
the whole country that counts a hundred that is allowed: it tells of no one where they are, in which association or with
which support. Of a smaller one a change of less than the threshold is as small as a count, and not to be had.

It is another thing with what lies between the figures of one snapshot, which are about the same people. New and ended
lie inside ongoing, so their differences are counts too: those who began earlier, and those who go on. For stays those
who go on one year are those who began earlier the next; for persons either of them were ongoing in the other year.
Nobody stands in more figures of persons than of stays, and the stays beyond one for each person are a count as well.
So are those of a figure who are not in a part of it that an edition shows: who are new, and not with a certain support.

So all figures of a snapshot are protected together, whichever one is asked for, with those differences as cells that
are never shown; beside everything that is out (`Taken.known`, and what `protected` is told); and beside the snapshots
that were taken before it, as an edition is beside older ones (`editions`). What is hidden in one snapshot stays hidden
in the next, and when the same is counted again because something has been published. Snapshots come in the order they
were taken, so that a new one changes nothing in what has been shown before. Each shows a fixed number of years, which
no later snapshot decides.

The estimate (`late`) is made of the protected cells alone: it tells nothing that they don't tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from types import MappingProxyType
from typing import Final

from finsam.disclosure.progress import Progress, unwatched
from finsam.disclosure.protect import MISSING, NOTHING, SUPPRESSED, Cell, Counts, Key, Known, Protected, Rule, protect
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
BEFORE, ON, AGAIN = "began_earlier", "go_on", "again"  # the tables of what lies between the figures, which nobody shows
REST: Final = "rest"  # those of a figure who are not in a part of it that an edition shows
OWN: Final = frozenset({TABLE, BEFORE, ON, AGAIN, REST})
GUARDED: Final = "guarded"  # stands for cells that must be as wide as if somebody else had hidden them
UNITS: Final = ("persons", "participations")
NAMES: Final = tuple(f"{unit}_{flow}" for unit, flow in product(UNITS, FLOWS))
BETWEEN: Final = (  # table, what stands in it, and the figures that it lies between
    *((BEFORE, unit, f"{unit}_ongoing", f"{unit}_new") for unit in UNITS),
    *((ON, unit, f"{unit}_ongoing", f"{unit}_ended") for unit in UNITS),
    *((AGAIN, flow, f"participations_{flow}", f"persons_{flow}") for flow in FLOWS),
)
YEARS: Final = 8  # that a snapshot shows, the newest that was over
LARGE: Final = 100  # persons at the nation, a change of some of whom tells of nobody

Values = Mapping[tuple[str, str], int]  # year and figure


@dataclass(frozen=True)
class Taken:
    """What was counted in a snapshot: its name, its day, and the counts by year and figure.

    `known` are what editions made from it tell of them, and what they are paired with in others; `parts` the counts
    that these show of some of those whom a figure counts; `hidden` the figures that were hidden when the snapshot was
    counted before.
    """

    name: str
    as_of: date
    values: Values
    known: Known = NOTHING
    parts: Mapping[Key, frozenset[int]] = field(default_factory=dict)
    hidden: frozenset[Key] = frozenset()


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


def protected(
    taken: Sequence[Taken],
    rule: Rule,
    out: Known = NOTHING,
    told: Mapping[str, Values] = MappingProxyType({}),
    progress: Progress = unwatched,
) -> list[Shown]:
    """Protect the snapshots one after the other, in the order they were taken, each beside those before it.

    `out` is everything that is published, and `told` which of these figures it shows, by the name of the snapshot it
    was counted from.
    """
    before, found = out, list[Shown]()
    told = dict(told)
    for place, one in enumerate(taken):
        progress(place / len(taken))
        counts = {table.name: table for table in (*_tables(one.values), _rests(one))}
        others = [figures for name, figures in told.items() if name != one.name]
        beside = before | one.known | _guarded(one, others, rule)
        for older in found:
            beside = revised(older.name, beside, counts.values())
        release = protect(counts, (*_relations(one.values), *_of_rests(one)), rule, beside)
        found.append(Shown(one.name, one.as_of, release[TABLE]))
        told[one.name] = {**told.get(one.name, {}), **_told(release[TABLE])}
        before = _filed(one.name, beside) | earlier(one.name, release.tables.values(), release.relations, rule)
    return found


def address(year: str, figure: str) -> Address:
    """Give where a figure of the snapshot that is being protected stands."""
    return Address(TABLE, (year, figure), "count")


def _guarded(one: Taken, others: Iterable[Values], rule: Rule) -> Known:
    """Say of the cells that must not be told, and are not nothing, that somebody else has hidden them."""
    counts = _cells(one.values)
    cells = {address(*map(written, key)) for key in one.hidden}
    cells.update(_changed(counts, others, rule))
    name = f"{one.name}:{GUARDED}"
    twins = {cell: cell._replace(table=f"{name} {cell.table}") for cell in sorted(cells) if counts.get(cell)}
    return Known(dict.fromkeys(twins.values(), SUPPRESSED), tuple(equals(*pair) for pair in twins.items()))


def _changed(counts: Mapping[Address, int], others: Iterable[Values], rule: Rule) -> Iterator[Address]:
    """Give the cells, those between the figures too, that are a few more or fewer than another snapshot tells."""
    for cell, other in (told for figures in others for told in _cells(figures).items()):
        count = counts.get(cell, other)
        if 0 < abs(count - other) < rule.threshold and min(count, other) < LARGE:
            yield cell


def _filed(name: str, known: Known) -> Known:
    """Call the cells of a snapshot by its name, now that it is protected."""

    def filed(cell: Address) -> Address:
        return cell._replace(table=f"{name}:{cell.table}") if cell.table in OWN else cell

    relations = (replace(r, terms=tuple((factor, filed(cell)) for factor, cell in r.terms)) for r in known.relations)
    return replace(known, relations=tuple(relations), revised={filed(new): old for new, old in known.revised.items()})


def _told(table: Protected) -> Values:
    return {
        (written(year), written(figure)): int(cell.value)
        for (year, figure), (cell,) in table.cells.items()
        if cell.value is not None
    }


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
    cells = _cells(values)
    for name in (TABLE, BEFORE, ON, AGAIN):
        rows: dict[Key, tuple[int | None, ...]] = {at.key: (count,) for at, count in cells.items() if at.table == name}
        yield Counts(name, ("year", "figure"), ("count",), rows, published=name == TABLE)


def _cells(values: Values) -> dict[Address, int]:
    """Give the figures of a snapshot, and what lies between those of them that are there."""
    found = {address(year, figure): count for (year, figure), count in values.items()}
    for year, (table, between, whole, part) in product(_years(values), BETWEEN):
        if (year, whole) in values and (year, part) in values:
            found[_between(table, year, between)] = values[year, whole] - values[year, part]
    return found


def _relations(values: Values) -> Iterator[Relation]:
    years = _years(values)
    for year, (table, between, whole, part) in product(years, BETWEEN):
        yield adds_up(address(year, whole), address(year, part), _between(table, year, between))
    for year, unit in product(years, UNITS):
        next_year = str(int(year) + 1)
        if next_year in years:
            on, before = _between(ON, year, unit), _between(BEFORE, next_year, unit)
            if unit == "participations":
                yield equals(before, on)
            else:
                yield at_most(before, address(year, f"{unit}_ongoing"))
                yield at_most(on, address(next_year, f"{unit}_ongoing"))


def _rests(one: Taken) -> Counts:
    cells: dict[Key, tuple[int | None, ...]] = {
        rest.key: (one.values[written(rest.key[0]), written(rest.key[1])] - part,) for rest, part in _outside(one)
    }
    return Counts(REST, ("year", "figure", "part"), ("count",), cells, published=False)


def _of_rests(one: Taken) -> Iterator[Relation]:
    for rest, part in _outside(one):
        yield Relation(((1, rest._replace(table=TABLE, key=rest.key[:2])), (-1, rest)), constant=part)


def _outside(one: Taken) -> Iterator[tuple[Address, int]]:
    for key, shown in sorted((key, shown) for key, shown in one.parts.items() if key in one.values):
        yield from ((Address(REST, (*key, str(part)), "count"), part) for part in sorted(shown))


def _years(values: Values) -> list[str]:
    return sorted({year for year, _figure in values})


def _between(table: str, year: str, what: str) -> Address:
    return Address(table, (year, what), "count")
