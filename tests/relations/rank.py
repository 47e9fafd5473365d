"""The algebra of what holds: the relations that hold in every world, and those of them that nobody has declared.

Everything is worked out modulo a large prime and lifted to fractions, and then tried on all the worlds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isqrt, lcm
from typing import Any, Final

import flint
import numpy as np

from finsam.disclosure.relations import Address, Relation

PRIME: Final = 2**61 - 1
PATIENCE: Final = 200  # worlds in a row that add no rank
FIRST: Final = 2000  # rows that are reduced at once
EXACT: Final = 1e-6

Matrix = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Reduced:
    """Rows in reduced form: the columns they begin with, and for each its row."""

    pivots: list[int]
    made: flint.nmod_mat

    @cached_property
    def rows(self) -> list[list[int]]:
        """The rows that aren't nothing."""
        return [[int(number) for number in row] for row in self.made.tolist()[: len(self.pivots)]]

    def follows(self, place: int) -> dict[int, Fraction]:
        """How the cell of a column follows from those of the pivots, with -1 for itself."""
        found = {p: lifted(row[place]) for p, row in zip(self.pivots, self.rows, strict=True) if row[place]}
        return found | {place: Fraction(-1)}


@dataclass(frozen=True)
class Space:
    """The cells that are not nothing in every world, and a row for each kind of world, in the order drawn."""

    cells: tuple[Address, ...]
    rows: Matrix

    @cached_property
    def columns(self) -> Mapping[Address, int]:
        """Where each cell stands."""
        return {cell: place for place, cell in enumerate(self.cells)}

    @cached_property
    def adding(self) -> list[int]:
        """The rows that add rank: those of the first, then of the others whichever breaks what held until then."""
        places = independent(self.rows, range(min(FIRST, len(self.rows))))
        while len(self.rows) > FIRST and (broken := self._broken(reduced(self.rows[places]))):
            places = independent(self.rows, [*places, *broken[:FIRST]])
        return places

    @cached_property
    def free(self) -> list[int]:
        """The cells that follow from those before them: each stands for one relation that holds."""
        return self._free(self._reduced)

    def relation(self, place: int) -> Relation:
        """The relation by which a cell follows from those before it."""
        return self.written(self._reduced.follows(place))

    def written(self, terms: Mapping[int, Fraction]) -> Relation:
        """Write coefficients by column as a relation in whole numbers."""
        whole = lcm(*(factor.denominator for factor in terms.values()))
        return Relation(tuple((int(factor * whole), self.cells[place]) for place, factor in terms.items()))

    def line(self, relation: Relation) -> dict[int, int]:
        """The coefficients of a relation by column; cells that are always nothing are left out."""
        found: dict[int, int] = {}
        for factor, cell in relation.terms:
            if cell in self.columns:
                place = self.columns[cell]
                found[place] = found.get(place, 0) + factor
        return {place: factor for place, factor in found.items() if factor}

    def holds(self, relation: Relation) -> bool:
        """Whether a relation holds in every world."""
        line = self.line(relation)
        sums = self.rows[:, list(line)].astype(np.int64) @ np.array(list(line.values()), dtype=np.int64)
        return bool((sums >= 0).all() if relation.at_least else not sums.any())

    def undeclared(self, declared: Iterable[Relation]) -> list[int]:
        """The free cells whose relations are independent of each other and of those declared; none: all is declared."""
        at = {place: number for number, place in enumerate(self.free)}
        lines = [self.line(relation) for relation in declared if not relation.at_least]
        kept = [{at[place]: factor for place, factor in line.items() if place in at} for line in lines]
        taken = {number for apart in hanging_together(kept) for number in _pivots(apart)}
        return [place for place, number in at.items() if number not in taken]

    @property
    def basis(self) -> Matrix:
        """The rows that all others are made of."""
        return self.rows[self.adding]

    @cached_property
    def _reduced(self) -> Reduced:
        return reduced(self.basis)

    def _free(self, found: Reduced) -> list[int]:
        pivots = set(found.pivots)
        return [place for place in range(len(self.cells)) if place not in pivots]

    def _broken(self, found: Reduced) -> list[int]:
        free = self._free(found)
        table = np.zeros((len(self.cells), len(free)), dtype=np.float32)
        for number, place in enumerate(free):
            for at, factor in found.follows(place).items():
                table[at, number] = float(factor)
        sums = np.abs(self.rows.astype(np.float32) @ table).max(axis=1, initial=0)
        return [int(row) for row in np.nonzero(sums > EXACT)[0]]


def hanging_together(lines: Iterable[Mapping[int, int]]) -> Iterable[list[Mapping[int, int]]]:
    """Put lines that share a column together, directly or by others; each once, and none that is nothing."""
    leads: dict[int, int] = {}

    def lead(column: int) -> int:
        while leads.setdefault(column, column) != column:
            leads[column] = column = leads[leads[column]]
        return column

    every = list({tuple(sorted(line.items())): line for line in lines if line}.values())
    for line in every:
        first, *others = map(lead, line)
        leads.update(dict.fromkeys(others, first))
    together: dict[int, list[Mapping[int, int]]] = defaultdict(list)
    for line in every:
        together[lead(next(iter(line)))].append(line)
    return together.values()


def _pivots(lines: Sequence[Mapping[int, int]]) -> list[int]:
    """The columns that follow from others by some lines."""
    columns = sorted({column for line in lines for column in line})
    at = {column: number for number, column in enumerate(columns)}
    made = table([{at[column]: factor for column, factor in line.items()} for line in lines], len(at))
    return [columns[number] for number in reduced(made).pivots]


def independent(rows: Matrix, places: Sequence[int]) -> list[int]:
    """Which of the rows at the places, in that order, are independent of those before them."""
    return [places[number] for number in reduced(rows[list(places)].T).pivots]


def reduced(rows: Matrix) -> Reduced:
    """Reduce rows modulo the prime."""
    made, rank = flint.nmod_mat((rows.astype(np.int64) % PRIME).tolist(), PRIME).rref()
    pivots: list[int] = []
    for row in range(rank):
        after = range(pivots[-1] + 1 if pivots else 0, rows.shape[1])
        pivots.append(next(place for place in after if int(made[row, place])))
    return Reduced(pivots, made)


def lifted(number: int) -> Fraction:
    """Give the fraction of small numbers that a number modulo the prime stands for."""
    bound = isqrt(PRIME // 2)
    before, now = (PRIME, 0), (number % PRIME, 1)
    while now[0] > bound:
        times = before[0] // now[0]
        before, now = now, (before[0] - times * now[0], before[1] - times * now[1])
    return Fraction(now[0], now[1])


def signed(number: int) -> int:
    """Give the whole number, above or under nothing, that a number modulo the prime stands for."""
    return number if number <= PRIME // 2 else number - PRIME


def table(lines: Sequence[Mapping[int, int]], width: int) -> Matrix:
    """Write lines of coefficients as rows."""
    rows = np.zeros((len(lines), width), dtype=np.int64)
    for number, line in enumerate(lines):
        rows[number, list(line)] = list(line.values())
    return rows
