"""What an intruder can work out: for each unknown cell the narrowest interval that follows from everything shown."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy

from finsam.statistics.relations import Address, Relation

ROUNDING = 1e-6  # the solver's own tolerance; counts and coefficients are whole numbers

Touching = dict[Address, list[Relation]]  # an unknown cell and every relation it stands in


@dataclass(frozen=True)
class Interval:
    """The values a cell can have, both ends included; no upper end means that nothing limits it."""

    lower: int
    upper: int | None

    def at_least_as_wide_as(self, width: int) -> bool:
        """Tell whether upper minus lower reaches the width."""
        return self.upper is None or self.upper - self.lower >= width


def attack(
    known: Mapping[Address, int], relations: Iterable[Relation], targets: Collection[Address]
) -> dict[Address, Interval]:
    """Give the exact interval of every target; every cell that is not known is a whole number, 0 or more."""
    intervals: dict[Address, Interval] = {target: Interval(0, None) for target in targets}
    for group in connected(known, relations):
        asked = sorted(group.unknown & set(targets))
        if asked:
            intervals |= _Solver(group, known).intervals(asked)
    return intervals


@dataclass(frozen=True)
class Connected:
    """Unknown cells that hang together, and the relations they hang together by."""

    unknown: frozenset[Address]
    relations: tuple[Relation, ...]


def connected(known: Mapping[Address, int], relations: Iterable[Relation]) -> Iterator[Connected]:
    """Split the relations into groups that share no unknown cell, in a settled order."""
    touching: Touching = {}
    for relation in relations:
        for _, cell in relation.terms:
            if cell not in known:
                touching.setdefault(cell, []).append(relation)
    seen: set[Address] = set()
    for start in sorted(touching):
        if start not in seen:
            cells = _reach(start, touching, known)
            seen |= cells
            rows = dict.fromkeys(relation for cell in sorted(cells) for relation in touching[cell])
            yield Connected(frozenset(cells), tuple(rows))


def _reach(
    start: Address, touching: Mapping[Address, Sequence[Relation]], known: Mapping[Address, int]
) -> set[Address]:
    cells, waiting = {start}, [start]
    while waiting:
        for relation in touching[waiting.pop()]:
            fresh = {cell for _, cell in relation.terms if cell not in known} - cells
            cells |= fresh
            waiting.extend(fresh)
    return cells


class _Solver:
    """One linear model of a connected group; only its aim changes between questions, so it starts warm."""

    def __init__(self, group: Connected, known: Mapping[Address, int]) -> None:
        self.columns = {cell: column for column, cell in enumerate(sorted(group.unknown))}
        self.model = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("presolve", "off"), ("threads", 1), ("random_seed", 1)):
            self.model.setOptionValue(option, value)
        for _ in self.columns:
            self.model.addVar(0, highspy.kHighsInf)
        for relation in group.relations:
            self._add(relation, known)

    def _add(self, relation: Relation, known: Mapping[Address, int]) -> None:
        needed = relation.constant - sum(factor * known[cell] for factor, cell in relation.terms if cell in known)
        unknown = [(self.columns[cell], factor) for factor, cell in relation.terms if cell not in known]
        upper = highspy.kHighsInf if relation.at_least else needed
        self.model.addRow(needed, upper, len(unknown), [c for c, _ in unknown], [float(f) for _, f in unknown])

    def intervals(self, cells: Sequence[Address]) -> dict[Address, Interval]:
        """Find both ends of every cell asked for."""
        return {cell: self._interval(self.columns[cell]) for cell in cells}

    def _interval(self, column: int) -> Interval:
        lower, upper = self._end(column, highspy.ObjSense.kMinimize), self._end(column, highspy.ObjSense.kMaximize)
        return Interval(math.ceil((lower or 0) - ROUNDING), None if upper is None else math.floor(upper + ROUNDING))

    def _end(self, column: int, sense: highspy.ObjSense) -> float | None:
        """Ask the linear model; where the corner it finds is whole persons, whole numbers could not do better."""
        self.model.changeObjectiveSense(sense)
        self.model.changeColCost(column, 1.0)
        end = self._solve()
        if end is not None and any(abs(value - round(value)) > ROUNDING for value in self._corner()):
            self._require(highspy.HighsVarType.kInteger)
            end = self._solve()
            self._require(highspy.HighsVarType.kContinuous)
        self.model.changeColCost(column, 0.0)
        return end

    def _corner(self) -> Sequence[float]:
        return list(self.model.getSolution().col_value)

    def _require(self, kind: highspy.HighsVarType) -> None:
        for column in self.columns.values():
            self.model.changeColIntegrality(column, kind)

    def _solve(self) -> float | None:
        self.model.run()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            reason = self.model.modelStatusToString(status)
            raise ValueError(f"The cells of the publication contradict each other: {reason}")
        return float(self.model.getInfo().objective_function_value)
