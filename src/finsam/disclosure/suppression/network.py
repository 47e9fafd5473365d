"""The cells of a publication and what holds between them, by number: what the search for a pattern walks in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from finsam.disclosure.relations import Address, Relation

Move = Mapping[int, int]  # a cell by its number, and how many persons more or fewer it could have had


class Row(NamedTuple):
    """A relation as moves must keep it: they cancel out, or (with a slack) lose no more than the slack."""

    terms: tuple[tuple[int, int], ...]  # cell, coefficient
    slack: int | None


@dataclass(frozen=True)
class Network:
    """Cells in order, their counts and the least they can be, the relations between them, and who stands in which."""

    cells: tuple[Address, ...]
    counts: tuple[int, ...]
    floors: tuple[int, ...]
    rows: tuple[Row, ...]
    touching: tuple[tuple[int, ...], ...]

    def allows(self, move: Move) -> bool:
        """Tell whether the counts with the move made are whole, not too small, and keep every relation."""
        if any(self.counts[cell] + more < self.floors[cell] for cell, more in move.items()):
            return False
        return all(self._keeps(self.rows[row], move) for row in {r for cell in move for r in self.touching[cell]})

    @staticmethod
    def _keeps(row: Row, move: Move) -> bool:
        change = sum(factor * move.get(cell, 0) for cell, factor in row.terms)
        return change == 0 if row.slack is None else change >= -row.slack


def network(
    counts: Mapping[Address, int], relations: Iterable[Relation], present: Collection[Address] = frozenset()
) -> Network:
    """Number the cells and relations in a settled order; cells that are `present` are told to count somebody."""
    cells = tuple(sorted(counts))
    numbers = {cell: number for number, cell in enumerate(cells)}
    rows = tuple(sorted(({_row(relation, numbers, counts) for relation in relations}), key=_order))
    touching: list[list[int]] = [[] for _ in cells]
    for number, row in enumerate(rows):
        for cell, _ in row.terms:
            touching[cell].append(number)
    floors = tuple(int(cell in present) for cell in cells)
    return Network(cells, tuple(counts[cell] for cell in cells), floors, rows, tuple(map(tuple, touching)))


def _row(relation: Relation, numbers: Mapping[Address, int], counts: Mapping[Address, int]) -> Row:
    terms = tuple(sorted((numbers[cell], factor) for factor, cell in relation.terms))
    left = sum(factor * counts[cell] for factor, cell in relation.terms) - relation.constant
    return Row(terms, left if relation.at_least else None)


def _order(row: Row) -> tuple[tuple[tuple[int, int], ...], int]:
    return row.terms, -1 if row.slack is None else row.slack
