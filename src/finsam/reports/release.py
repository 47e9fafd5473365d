"""What every report does with what it has counted: leave out, tie to what is out, protect, and repeat what stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from finsam.disclosure.cells import MISSING, Cell, Key, Status
from finsam.disclosure.protect import Counts, Known, Protected, Release, protect
from finsam.disclosure.relations import Address, Relation
from finsam.reports.source import Source
from finsam.statistics.derived import shares


@dataclass(frozen=True)
class Exact:
    """All counts of a report by table name, their relations, and what anybody may take for one of them.

    `known` is what is out already, once they have been tied to it.
    """

    counts: Mapping[str, Counts]
    relations: tuple[Relation, ...]
    believed: tuple[Relation, ...] = ()
    known: Known = field(default_factory=Known)

    def tied(self, source: Source) -> Self:
        """Arrange the tables as the source says, and tie them to what is out."""
        counts = source.arrangement.of(self.counts, source.rule)
        return replace(self, counts=counts, known=source.link(counts.values()))

    def released(self, source: Source) -> Release:
        """Protect everything together; a table that is left out is there with nothing in it."""
        release = protect(
            self.counts, self.relations, source.rule, self.known, believed=self.believed, progress=source.progress
        )
        left_out = {name: _empty(table) for name, table in self.counts.items() if name in source.arrangement.without}
        return replace(release, tables={**release.tables, **left_out})

    def standing(self, derived: Protected) -> Protected:
        """Give a table that is made of others with the rows as they were printed that are made of what stands."""
        cells = {key: self._standing(derived, key) for key in derived.cells}
        return replace(derived, cells=cells)

    def _standing(self, derived: Protected, key: Key) -> tuple[Cell, ...]:
        row, printed = derived.cells[key], self.known.printed
        places = [Address(derived.name, key, figure) for figure in derived.figures]
        stands = any(cell.edition and cell.status is not Status.KEPT for cell in row)
        return tuple(printed[place] for place in places) if stands and printed.keys() >= set(places) else row


def _empty(table: Counts) -> Protected:
    cells = {key: (MISSING,) * len(table.figures) for key in table.cells}
    return shares.table(table.name, table.dimensions, table.figures, cells)
