"""What lies within what: cells and sums of parts that are never more than another in any world, declared or not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Final

import numpy as np

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.relations import Address, Relation
from finsam.disclosure.solver import TOLERANCE, Line, model, set_costs
from tests.relations.rank import Matrix, Space

SOME: Final = 4000  # worlds that are tried first, for all cells and sums at once
FEW: Final = 3  # of so few parts, sums of some are tried too: of the associations of a county
NO_PARTS: Final = frozenset({"year", "period", "flow", "figure", "part"})  # what they name overlaps by its meaning
Sum = frozenset[Address]


@dataclass(frozen=True)
class Within:
    """That a cell is never more than the sum of some: of one, or of the parts of a dimension."""

    part: Address
    whole: Sum

    @property
    def relation(self) -> Relation:
        """It as it would be declared."""
        return Relation((*((1, cell) for cell in sorted(self.whole)), (-1, self.part)), at_least=True)


@dataclass(frozen=True)
class Sums:
    """The cells of a space and the sums of their parts, and which was never more than which."""

    space: Space
    sums: tuple[Sum, ...]  # first each cell alone

    @cached_property
    def held(self) -> Matrix:
        """Whether the first (a cell) was never more than the second (a cell or a sum) in any world."""
        cells = np.ascontiguousarray(self.space.rows.T).astype(np.uint16)
        places = [[self.space.columns[cell] for cell in one] for one in self.sums]
        wholes = np.stack([cells[one].sum(axis=0, dtype=np.uint16) for one in places])
        some = slice(None, None, max(1, cells.shape[1] // SOME))
        held = ~_broken(cells[:, some], wholes[:, some])
        for part, whole in zip(*np.nonzero(held), strict=True):  # the few that are left are tried in every world
            held[part, whole] = (cells[part] <= wholes[whole]).all()
        return held


def _broken(cells: Matrix, wholes: Matrix) -> Matrix:
    """Whether each cell was more than each sum in some world."""
    broken = np.zeros((len(cells), len(wholes)), dtype=bool)
    for count in range(1, int(cells.max(initial=0)) + 1):
        broken |= (cells >= count).astype(np.float32) @ (wholes < count).astype(np.float32).T > 0
    return broken


@dataclass(frozen=True)
class Order:
    """What lies within what, and what is declared of it."""

    of: Sums
    declared: Sequence[Relation]

    @property
    def space(self) -> Space:
        """The cells."""
        return self.of.space

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The cells alone, and the sums."""
        return self.of.sums

    @cached_property
    def told(self) -> Matrix:
        """What follows by closure of the declared order, between all the cells and sums."""
        at, size = {one: place for place, one in enumerate(self.sums)}, len(self.sums)
        table = np.eye(size, dtype=bool)
        for place, one in enumerate(self.sums):
            for cell in one:
                table[self.space.columns[cell], place] = True
        for part, whole in self._edges():
            if part in at and whole in at:
                table[at[part], at[whole]] = True
        for between in range(size):
            table[np.nonzero(table[:, between])[0]] |= table[between]
        return table

    def _edges(self) -> Iterator[tuple[Sum, Sum]]:
        for relation in self.declared:
            line = self.space.line(relation)
            if any(abs(factor) != 1 for factor in line.values()) or relation.constant:
                continue
            more, less = (frozenset(self.space.cells[p] for p, f in line.items() if f == sign) for sign in (1, -1))
            for smaller, larger in ((less, more), *(() if relation.at_least else ((more, less),))):
                yield smaller, larger
                yield from ((frozenset([cell]), larger) for cell in smaller)

    def undeclared(self) -> list[Within]:
        """What held and follows from nothing that is declared."""
        cone = Cone(self.space, self.declared)
        return [one for one in self.left() if not cone.tells(one.relation)]

    def left(self) -> list[Within]:
        """The nearest of what held and doesn't follow by closure: what lies between two others is told by them."""
        cells = len(self.space.cells)
        full = np.zeros((len(self.sums), len(self.sums)), dtype=bool)
        full[:cells] = self.of.held
        full |= self.told
        wanting = full & ~self.told
        strict = full & ~full.T
        before = np.ascontiguousarray(strict.T)
        for part, whole in zip(*np.nonzero(wanting), strict=True):
            wanting[part, whole] = not (strict[part] & before[whole]).any()
        first = (self.told & self.told.T).argmax(axis=1)  # of cells that are told to be equal the first stands for all
        alone = first == np.arange(len(first))
        wanting &= alone[:, None] & alone[None, :]
        return [Within(self.space.cells[a], self.sums[b]) for a, b in zip(*np.nonzero(wanting[:cells]), strict=True)]


@dataclass(frozen=True)
class Cone:
    """All counts, none of them under nothing, that fit what is declared: what holds in all of them follows from it."""

    space: Space
    declared: Sequence[Relation]

    def tells(self, relation: Relation) -> bool:
        """Whether a relation follows: one linear program, and another the other way for an equation."""
        line = self.space.line(relation)
        ways = (1,) if relation.at_least else (1, -1)
        return all(self._least({place: way * factor for place, factor in line.items()}) >= -TOLERANCE for way in ways)

    @cached_property
    def _asked(self) -> Any:
        lines = [(self.space.line(one), one.at_least) for one in self.declared]
        rows = [Line([(p, float(f)) for p, f in line.items()], 0.0, or_more) for line, or_more in lines if line]
        size = len(self.space.cells)
        return model([1.0] * size, [0.0] * size, rows)

    def _least(self, costs: Mapping[int, int]) -> float:
        set_costs(self._asked, {place: float(cost) for place, cost in costs.items()})
        self._asked.run()
        least = float(self._asked.getInfo().objective_function_value)
        set_costs(self._asked, dict.fromkeys(costs, 0.0))
        return least


def sums(space: Space, dimensions: Mapping[str, Sequence[str]]) -> Sums:
    """Take the cells of a space and the sums of their parts; `dimensions` are those of each table."""
    alone = [frozenset([cell]) for cell in space.cells]
    return Sums(space, tuple(dict.fromkeys([*alone, *_sums(space.cells, dimensions)])))


def _sums(cells: Sequence[Address], dimensions: Mapping[str, Sequence[str]]) -> Iterator[Sum]:
    families: dict[tuple[Any, ...], list[Address]] = defaultdict(list)
    for cell in cells:
        for place, name in enumerate(dimensions[cell.table]):
            if name not in NO_PARTS and cell.key[place] != TOTAL:
                families[cell.table, cell.figure, name, cell.key[:place], cell.key[place + 1 :]].append(cell)
    for parts in families.values():
        if len(parts) > 1:
            yield frozenset(parts)
        if 2 < len(parts) <= FEW:
            yield from map(frozenset, combinations(parts, 2))
