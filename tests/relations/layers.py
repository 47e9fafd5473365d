"""Everything that can be asked, taken apart by the things that its cells depend on, each layer searched by itself.

A cell of sex and county depends on the sex and the place of people and on nothing else that is told of them. What cubes
over these two leave (`corners`) is nothing in every cell that doesn't depend on both. So whatever holds between any
cells at all leaves a relation between those of the largest layer it touches, and when each layer has no more of them
than are declared, nothing undeclared holds between any two tables, or all of them together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any, Final

import numpy as np

from finsam.disclosure.cells import Key
from finsam.disclosure.relations import Address, Relation
from finsam.reports.special.question import ASKED
from finsam.statistics.figures.codes_of_dimensions import Domains
from finsam.statistics.figures.cube import THINGS as THINGS_COUNTED
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import Identity, Implied, Shape, Variant, implied
from finsam.statistics.relations.web import Web
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.periods import Periods
from tests.relations.addresses import address
from tests.relations.apart import Apart, Query, carried, read, unseen
from tests.relations.asked import PERIODS
from tests.relations.corners import left, opened
from tests.relations.rank import PATIENCE, Space
from tests.relations.sentences import shortest

Things = frozenset[str]
Table = tuple[str, tuple[str, ...]]  # a figure and what it is split by

NOT_ONE: Final = {"intervention"}  # everything at once: searched among a few interventions
OF_DIMENSION: Final[Mapping[str, Sequence[str]]] = {  # where a dimension is not a thing of the same name
    "association_county": ("association",),
    "county": ("municipality",),
    "kind": (),
    "stay_number": (),
    "at_once": (),
}
OF_COUNT: Final[Mapping[str, Sequence[str]]] = {
    "active": ("occupation_after",),
    **dict.fromkeys(("began", "increased", "gained"), ("occupation", "occupation_after")),
}
WORLDS: Final = 8000  # drawn at once; more and more until many in a row add nothing
TIMES: Final = 10
NOTHING: Final = Space((), np.zeros((0, 0), np.int16))
MOST: Final = 6  # of what is found, so many are made short


def things_of(dimensions: Iterable[str], count: str = "") -> Things:
    """The things that a count by some dimensions depends on."""
    every = [OF_DIMENSION.get(name, (name,)) for name in dimensions]
    return frozenset(thing for names in (*every, OF_COUNT.get(count, ())) for thing in names)


@cache
def tables() -> Mapping[Table, Sequence[Variant]]:
    """Every figure by nothing, by one dimension and by every two, and what each of its counts is."""
    found: dict[Table, Sequence[Variant]] = {}
    for name in ASKED:
        figure = FIGURES[name]
        split = [one for one in figure.dimensions if DIMENSIONS[one].splits and one not in NOT_ONE]
        for by in ((), *combinations(split, 1), *combinations(split, 2)) if figure.unit not in THINGS_COUNTED else ():
            found[name, by] = Shape(name, ("period", *by), figure.counts, (), ()).variants
    return found


@cache
def layers() -> Mapping[Things, Sequence[Table]]:
    """The tables by the things that their counts depend on; what is the same count by another name stands once."""
    found: dict[Things, list[Table]] = defaultdict(list)
    seen: set[tuple[object, ...]] = set()
    for table, variants in tables().items():
        new = [one for one in variants if _quantity(one) not in seen]
        seen.update(map(_quantity, new))
        for things in {things_of(one.dimensions, one.what) for one in new}:
            found[things].append(table)
    return found


def _quantity(variant: Variant) -> tuple[object, ...]:
    return variant.figure, variant.what, frozenset(variant.dimensions)


@dataclass
class Layer:
    """The cells that depend on all of some things, and on nothing else, and what is left in them of cubes."""

    things: Things
    seed: int
    tables: Sequence[Table]
    shapes: dict[Table, Shape] = field(default_factory=dict)
    cells: Sequence[Identity] = ()
    space: Space = NOTHING

    @property
    def varied(self) -> Sequence[str]:
        """The things in order."""
        return sorted(self.things)

    def search(self) -> Sequence[Relation]:
        """What holds and is not declared: in cubes drawn until many in a row add nothing.

        While something is found more are drawn, a few times: what is left holds. Of cubes that were drawn before only
        those are kept that add something.
        """
        known: list[Relation] = []
        missing: list[int] = []
        for time in range(TIMES):
            cubes = WORLDS // 2 ** min(len(self.things), 3) * 2 ** min(time, 3)
            kept, rows = len(self.space.adding), self._joined(self._drawn(cubes, time))
            self.space = rows
            patient = max(rows.adding, default=0) + PATIENCE < len(rows.rows) or len(rows.adding) == kept
            known = self.known()
            missing = rows.undeclared(known)
            if patient and not missing:
                break
        return shortest(self.space, known, missing[:MOST])

    def _joined(self, rests: Mapping[Identity, Any]) -> Space:
        """Join new cubes to those of before that added something."""
        before = self.space.basis if len(self.space.cells) else np.zeros((0, 0), np.int16)
        old = {one: before[:, at] for at, one in enumerate(self.cells)}
        self.cells = sorted({*old, *rests}, key=lambda one: (-len(one.parts), "K" not in one.period, one))
        size = max(map(len, rests.values()), default=0)
        none, nothing = np.zeros(len(before), np.int16), np.zeros(size, np.int16)
        parts = [np.concatenate([old.get(one, none), rests.get(one, nothing)]) for one in self.cells]
        rows = np.stack(parts, axis=1) if parts else np.zeros((0, 0), np.int16)
        rows = rows[rows.any(axis=1)]
        first = {row.tobytes(): place for place, row in reversed(list(enumerate(rows)))}
        return Space(tuple(map(address, self.cells)), rows[sorted(first.values())])

    def _drawn(self, cubes: int, time: int) -> Mapping[Identity, Any]:
        made = opened(self.varied, cubes, self.seed + time)
        names, codes = implied(made.looked_up), domains(made)
        found: dict[Identity, int] = {}
        for figure, by in self.tables:
            shape, counts = counted(made, codes, figure, by)
            self.shapes[figure, by] = shape
            found |= {identity: counts[key][at] for identity, key, at in shape.cells(names) if self.of(identity)}
        rests = {one: left(read(number, made.size), self.varied) for one, number in found.items()}
        return {one: rest for one, rest in rests.items() if rest.any()}

    def of(self, identity: Identity) -> bool:
        """Whether the layer has a cell."""
        return things_of((name for name, _code in identity.parts), identity.what) == self.things

    def known(self) -> list[Relation]:
        """What is declared between the cells and those of fewer things."""
        web = Web(_implied(), dict(self.places))
        web.tables.extend(self.shapes.values())
        return list(web.relations())

    @property
    def places(self) -> Mapping[Identity, Address]:
        """The cells of the layer and those they are parts of."""
        wholes = (identity.without(part) for identity in self.cells for part in identity.parts)
        return {one: address(one) for one in (*self.cells, *wholes)}


@cache
def _implied() -> Implied:
    return implied(opened((), 1, 1).looked_up)


def domains(made: Apart) -> Domains:
    """The codes of dimensions."""
    return Domains(made.looked_up, PERIODS[0], {}, ("individual", "structural"))


@cache
def _query(name: str, by: Sequence[str], periods: Periods) -> Query:
    return carried(FIGURES[name].count(tables=unseen(), periods=periods, by=by))


def counted(made: Apart, codes: Domains, name: str, by: tuple[str, ...]) -> tuple[Shape, Mapping[Key, Sequence[int]]]:
    """Count a figure by some dimensions, for years and quarters; no margins."""
    figure, found = FIGURES[name], dict[Key, Sequence[int]]()
    for periods in PERIODS if figure.quarters else PERIODS[:1]:
        for row in made.run(_query(name, by, periods)):
            key = (periods.name(row["period"]), *(codes.code(one, row[one]) for one in by))
            found[key] = [row[count] for count in figure.counts]
    return Shape(name, ("period", *by), figure.counts, (), tuple(found)), found
