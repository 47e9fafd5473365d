"""What can be asked freely, for years and quarters, beside what the reports publish, and what is declared of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from finsam.disclosure.cells import Counts, Key
from finsam.disclosure.relations import Address, Relation, equals
from finsam.reports.registry import REPORTS
from finsam.reports.table import Collection
from finsam.reports.telling import told
from finsam.statistics.figures.cube import Cube
from finsam.statistics.figures.cube import Question as Asked
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import Identity, Implied, Shape, implied
from finsam.statistics.relations.web import Web
from finsam.statistics.tables.periods import Periods
from tests.relations.apart import Apart
from tests.relations.awaited_asked import READ
from tests.relations.family import Family
from tests.relations.worlds import YEARS

PERIODS: Final = (
    Periods.years(YEARS[0], YEARS[-1]),
    Periods.quarters(f"{YEARS[0]}K1", f"{YEARS[-1]}K4"),
)
SAID_BY: Final = ("national-annual", "national-results")


@dataclass(frozen=True, order=True)
class Question:
    """A figure by a pair of dimensions, asked for years and for quarters where it can be."""

    figure: str
    by: tuple[str, ...]

    @property
    def periods(self) -> Sequence[Periods]:
        """The years, and the quarters of a figure that has them."""
        return PERIODS if FIGURES[self.figure].quarters else PERIODS[:1]


Read = tuple[Shape, Callable[[Key, int], Address]]  # what is counted, and where each of its counts stands
Cells = Mapping[Identity, Address]


@dataclass(frozen=True)
class Beside:
    """Answers beside what is published, with what is declared; and where each count is when every table is read."""

    family: Family
    cells: Cells
    read: Sequence[Relation]  # what would be declared of them then


def beside(published: Family, opened: Apart, asked: Iterable[Question]) -> Beside:
    """Put answers beside what is published, with everything that is known to hold between them all."""
    tables, names = dict(published.tables), implied(opened.looked_up)
    read, more = list(_published(published)), list(_told(published, READ))
    for question, periods in ((one, periods) for one in asked for periods in one.periods):
        name = f"{question.figure} by {' and '.join(question.by)}, {periods.per_year} a year"
        cube = Cube(Asked(FIGURES[question.figure], periods, question.by), opened.tables, opened.fetch)
        tables[name] = cube.counts(name)
        read.append(_answered(question.figure, tables[name]))
    _cells, relations = linked(read, names)
    family = Family(tables, [*published.relations, *relations], published.worlds)
    return Beside(family, *linked([*read, *more], names))


def linked(read: Iterable[Read], names: Implied) -> tuple[Cells, list[Relation]]:
    """Give the first cell of every count there is, and what is known to hold between them."""
    web, equal = Web(names), list[Relation]()
    for shape, place in read:
        web.tables.append(shape)
        for identity, key, at in shape.cells(names):
            if identity in web.places:
                equal.append(equals(place(key, at), web.places[identity]))
            else:
                web.places[identity] = place(key, at)
    return web.places, [*equal, *web.relations()]


def _answered(figure: str, counts: Counts) -> Read:
    shape = Shape(figure, counts.dimensions, counts.figures, (), tuple(counts.cells))
    return shape, lambda key, at: Address(counts.name, key, counts.figures[at])


def _published(published: Family) -> Iterator[Read]:
    for key in SAID_BY:
        yield from _told(published, REPORTS[key].tables)


def _told(published: Family, declared: Collection) -> Iterator[Read]:
    for one in told(declared, published.tables.values()):
        yield one.shape, _standing(one.at)


def _standing(places: Mapping[Key, Address]) -> Callable[[Key, int], Address]:
    return lambda key, _at: places[key]
