"""What has changed between two publications of the same cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from finsam.disclosure.cells import Cell, Key, Protected, Status
from finsam.values.keys import joined, written
from finsam.values.shares import rounded


@dataclass(frozen=True)
class Change:
    """A cell that two publications show differently: before and after."""

    table: str
    key: Key
    figure: str
    before: Cell
    after: Cell

    @property
    def row(self) -> str:
        """The cell's place as a row is named."""
        return " ".join((self.table, ",".join(map(written, self.key)), self.figure))


def changes(before: Iterable[Protected], after: Iterable[Protected]) -> Iterator[Change]:
    """Give the cells of the same table, codes and figure that people would see differently, in order."""
    older = {table.name: table for table in before}
    for table in sorted(after, key=lambda table: table.name):
        earlier = older.get(table.name)
        if earlier is not None and earlier.dimensions == table.dimensions:
            yield from _changed(earlier, table)


def table(name: str, found: Iterable[Change]) -> Protected:
    """Lay changes out as a table; where a cell stands is one code."""
    cells: dict[Key, tuple[Cell, ...]] = {
        (one.table, joined(one.key), one.figure): (one.before, one.after) for one in found
    }
    return Protected(name, ("table", "cell", "figure"), ("before", "after"), cells)


def shared(before: Iterable[Protected], after: Iterable[Protected]) -> int:
    """Count the cells that both publications have, shown or not."""
    older = {(table.name, key): len(row) for table in before for key, row in table.cells.items()}
    return sum(older.get((table.name, key), 0) for table in after for key in table.cells)


def _changed(before: Protected, after: Protected) -> Iterator[Change]:
    for key in sorted(before.cells.keys() & after.cells.keys()):
        old = dict(zip(before.figures, before.cells[key], strict=True))
        for figure, cell in zip(after.figures, after.cells[key], strict=True):
            if figure in old and _seen(old[figure]) != _seen(cell):
                yield Change(after.name, key, figure, old[figure], cell)


def _seen(cell: Cell) -> tuple[int | Fraction | None, str]:
    """A cell as people see it: percentages rounded; one that is kept is what it was."""
    status = Status.OK if cell.status is Status.KEPT else cell.status
    return (rounded(cell.value) if isinstance(cell.value, Fraction) else cell.value), status
