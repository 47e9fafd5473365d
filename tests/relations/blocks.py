"""What can be asked by one pair of dimensions, with its margins: what lies within what is searched block by block.

That a cell lies within another that depends on something more would have to hold whatever that is, so also where it is
what makes the other least: nothing, or its whole. Then it lies within that whole, or in a block of both dimensions.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations
from typing import Final

import numpy as np

from finsam.disclosure.cells import Key
from finsam.disclosure.relations import Address, Relation
from finsam.statistics.figures.codes_of_dimensions import Domains
from finsam.statistics.relations.identity import Identity, Implied, Shape, implied
from finsam.statistics.relations.web import Web
from tests.relations.addresses import address
from tests.relations.apart import Apart, read
from tests.relations.corners import opened
from tests.relations.layers import counted, domains, tables
from tests.relations.order import FEW, Order, Sum, Sums
from tests.relations.rank import Space

WORLDS: Final = 20_000
TIMES: Final = 40  # what is seldom drawn (one association, one quarter) needs many; each takes a second or two


@cache
def _drawn(worlds: int, seed: int) -> tuple[Apart, Implied, Domains]:
    """Draw worlds once for all blocks, with what follows from their names and the codes of dimensions."""
    made = opened((), worlds, seed)
    return made, implied(made.looked_up), domains(made)


def _counted(worlds: int, seed: int, figure: str, by: tuple[str, ...]) -> tuple[Shape, Mapping[Key, Sequence[int]]]:
    made, _names, codes = _drawn(worlds, seed)
    return counted(made, codes, figure, by)


_counted_whole: Final = cache(_counted)


@dataclass(frozen=True)
class Block:
    """The counts of some figures by two dimensions, by each of them and by none."""

    by: tuple[str, str]
    figures: tuple[str, ...]
    seed: int
    worlds: int = WORLDS

    @cached_property
    def _counted(self) -> tuple[Mapping[Identity, int], Sequence[Shape]]:
        names, found, shapes = _drawn(self.worlds, self.seed)[1], dict[Identity, int](), list[Shape]()
        for figure, by in tables():
            if figure in self.figures and set(by) <= set(self.by):
                count = _counted_whole if len(by) < len(self.by) else _counted  # what others count too is kept
                shape, counts = count(self.worlds, self.seed, figure, by)
                shapes.append(shape)
                found |= {identity: counts[key][at] for identity, key, at in shape.cells(names) if counts[key][at]}
        return found, shapes

    @cached_property
    def cells(self) -> Mapping[Identity, Address]:
        """The cells, the most divided first."""
        found = self._counted[0]
        return {
            one: address(one) for one in sorted(found, key=lambda one: (-len(one.parts), "K" not in one.period, one))
        }

    @cached_property
    def space(self) -> Space:
        """The cells and the worlds in which they differ."""
        rows = np.stack([read(self._counted[0][one], self.worlds) for one in self.cells], axis=1)
        unlike = {row.tobytes(): place for place, row in enumerate(rows)}
        return Space(tuple(self.cells.values()), rows[list(unlike.values())])

    @property
    def known(self) -> list[Relation]:
        """What is declared."""
        web = Web(_drawn(1, 1)[1], dict(self.cells))
        web.tables.extend(self._counted[1])
        return list(web.relations())

    def order(self, known: Sequence[Relation]) -> Order:
        """What lies within what."""
        alone = [frozenset([cell]) for cell in self.cells.values()]
        return Order(Sums(self.space, tuple(dict.fromkeys([*alone, *self._sums()]))), known)

    def undeclared(self) -> list[Relation]:
        """What lies within what in the worlds, and in others that are drawn while anything is left, undeclared."""
        found = [one.relation for one in self.order(self.known).undeclared()]
        for seed in range(self.seed + 1, self.seed + TIMES):
            other = replace(self, seed=seed).space if found else self.space
            found = [relation for relation in found if other.holds(relation)]
        return found

    def _sums(self) -> Iterator[Sum]:
        families: dict[tuple[Identity, str], list[Address]] = defaultdict(list)
        for identity, cell in self.cells.items():
            if "K" in identity.period:
                families[identity._replace(period=identity.period[:4]), "quarter"].append(cell)
            for part in identity.parts:
                families[identity.without(part), part[0]].append(cell)
        for parts in families.values():
            if len(parts) > 1:
                yield frozenset(parts)
            if 2 < len(parts) <= FEW:
                yield from map(frozenset, combinations(parts, 2))
