"""What the tables of a report tell: which count each of their cells is, wherever else it is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from finsam.disclosure.cells import Counts, Key, Protected, Status
from finsam.disclosure.relations import Address
from finsam.reports.table import Collection, Counted, Tells
from finsam.statistics.relations.identity import Identity, Implied, Shape
from finsam.values.keys import written

YEAR: Final = "year"
QUARTER: Final = "quarter"  # stands beside the year in tables of quarters


@dataclass(frozen=True)
class Told:
    """A part of a table as the answer to one question: what was asked, and where each count stands."""

    shape: Shape
    at: Mapping[Key, Address]

    def identities(self, implied: Implied) -> Iterator[tuple[Address, Identity]]:
        """Give which count each cell is."""
        for identity, key, _ in self.shape.cells(implied):
            yield self.at[key], identity


def told(declared: Collection, tables: Iterable[Counts | Protected]) -> Iterator[Told]:
    """Take the tables apart in what each question would have given; a figure that nobody registered is no answer."""
    for table in tables:
        of = declared.get(table.name)
        if of is not None and isinstance(of.tells, Tells) and table.persons:
            yield from _questions(table, of.tells)


def _questions(table: Counts | Protected, tells: Tells) -> Iterator[Told]:
    aside = {YEAR, QUARTER, *tells.apart}
    dimensions = [name for name in table.dimensions if name not in aside]
    at: dict[Counted, dict[Key, Address]] = defaultdict(dict)
    for key, row in table.cells.items():
        codes = dict(zip(table.dimensions, key, strict=True))
        period = written(codes[YEAR]) + written(codes.get(QUARTER, ""))
        place = (period, *(codes[name] for name in dimensions))
        for figure, cell in zip(table.figures, row, strict=True):
            quantity = tells.of(codes, figure)
            if quantity and not _is_missing(cell):
                at[quantity][place] = Address(table.name, key, figure)
    for (figure, count, where), cells in at.items():
        yield Told(Shape(figure, ("period", *dimensions), (count,), where, tuple(cells)), cells)


def _is_missing(cell: object) -> bool:
    return cell is None or getattr(cell, "status", None) is Status.MISSING
