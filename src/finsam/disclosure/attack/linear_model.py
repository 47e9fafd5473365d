"""The intruder's linear model of cells that hang together, and the worlds the solver has shown to be possible."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random
from typing import Final

import highspy
import numpy as np

from finsam.disclosure import solver
from finsam.disclosure.relations import Address, Relation
from finsam.disclosure.solver import TOLERANCE, Line

# Rows and columns are of whole numbers: a corner so near to keeping the rows keeps them when it is rounded.
NEARLY: Final = 1e-3
WORTH_ASKING, WORTH_ASKING_WHOLE = 20, 50  # a question about all must settle one in so many to be followed by another
FEW: Final = 4  # cells that are asked about one by one
ROUGHLY: Final = 0.5  # how much farther a world could reach than one that will do
NODES: Final = 100  # of a search for such worlds, which must not take longer than each cell's own ends


class ContradictionError(ValueError):
    """No counts at all fit the cells that are shown."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The cells of the publication contradict each other: {status}")


class Model:
    """One linear model of a connected group; only its aim changes between questions, so it starts warm."""

    def __init__(
        self,
        cells: Sequence[Address],
        relations: Iterable[Relation],
        known: Mapping[Address, int],
        present: Collection[Address] = (),
    ) -> None:
        """Take the unknown cells; those that are `present` count somebody, the others may be nothing.

        Cells that are the same figure share a column.
        """
        relations = list(relations)
        self.columns = _columns(cells, relations)
        width = max(self.columns.values()) + 1
        self.questions = 0
        rows = dict.fromkeys(_line(one, self.columns, known) for one in relations)
        self._rows = [row for row in rows if row.terms or row.needed > 0 or (row.needed and not row.or_more)]
        self._lowest = np.full(width, math.inf)
        self._highest = np.full(width, -math.inf)
        self._draw = Random(width)  # noqa: S311 (no secret: the same questions every time)
        self._floors = [0.0] * width
        for cell in cells:
            self._floors[self.columns[cell]] = max(self._floors[self.columns[cell]], float(cell in present))
        self._is_whole = False
        self._model = solver.model([highspy.kHighsInf] * width, [0.0] * width, self._rows, self._floors)

    def left_by_worlds(self, asked: Iterable[Address], width: int) -> list[Address]:
        """Ask about all cells at once, this way and that, and list those that are not shown to be wide by that.

        Only a world of whole persons counts. Where the corners of the model seldom are, whole ones are asked for, and
        such that reach about as far will do: one of them tells of hundreds of cells. None is looked for long.
        """
        left = [cell for cell in asked if not self.is_wide(cell, width)]
        roomy = sum(abs(row.needed) for row in self._rows) + width * len(self._floors)
        self._bound(roomy)  # so that there is an end to go to even where nothing is shown that limits the cells
        left = self._left(left, width, WORTH_ASKING)
        if len(left) > FEW:
            self._require(whole=True)
            with solver.roughly(self._model, ROUGHLY, NODES):
                left = self._left(left, width, WORTH_ASKING_WHOLE)
            self._require(whole=False)
        self._bound(highspy.kHighsInf)
        solver.set_costs(self._model, dict.fromkeys(range(len(self._floors)), 0.0))
        return left

    def _left(self, left: list[Address], width: int, worth: int) -> list[Address]:
        """Ask about all that are left, again and again while it settles one in so many."""
        while left:
            before = len(left)
            for outwards in (1, -1):
                self._aim_at_all(left, outwards)
                self._solve()
            left = [cell for cell in left if not self.is_wide(cell, width)]
            if before - len(left) <= before // worth:
                break
        return left

    def _bound(self, upper: float) -> None:
        solver.set_ends(self._model, {column: (floor, upper) for column, floor in enumerate(self._floors)})

    def _aim_at_all(self, cells: Iterable[Address], outwards: int) -> None:
        costs = dict.fromkeys(range(len(self._floors)), 0.0)
        for cell in cells:
            costs[self.columns[cell]] = outwards * self._draw.random()
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        solver.set_costs(self._model, costs)

    def is_wide(self, cell: Address, width: int) -> bool:
        """Tell whether worlds already found put the cell far enough apart."""
        return bool(self._highest[self.columns[cell]] - self._lowest[self.columns[cell]] >= width)

    def least(self, cell: Address) -> int | None:
        """Give the least that the cell is in the worlds found; None when there is none yet."""
        found = self._lowest[self.columns[cell]]
        return None if math.isinf(found) else int(found)

    def end(self, cell: Address, *, largest: bool) -> int | None:
        """Find one end of a cell; where the corner the solver finds is whole, whole numbers could not do better."""
        column = self.columns[cell]
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize)
        self._model.changeColCost(column, 1.0)
        end, whole = self._solve()
        if end is not None and not whole:
            self._require(whole=True)
            end, _ = self._solve()
            self._require(whole=False)
        self._model.changeColCost(column, 0.0)
        return None if end is None else round(end)

    def reaches(self, cell: Address, count: int) -> bool:
        """Tell whether the cell can be that or more: any world that fits will do, so it is less than an end to find."""
        column = self.columns[cell]
        solver.set_ends(self._model, {column: (float(count), highspy.kHighsInf)})
        try:
            _, whole = self._solve()
            if not whole:
                self._require(whole=True)
                self._solve()
        except ContradictionError:
            return False
        finally:
            self._require(whole=False)
            solver.set_ends(self._model, {column: (self._floors[column], highspy.kHighsInf)})
        return True

    def lies_within(self, cell: Address, least: int, most: int) -> bool:
        """Tell whether a cell lies between two ends in every world; in those already found first."""
        column = self.columns[cell]
        for largest in (False, True):
            if self._lowest[column] < least or self._highest[column] > most:
                return False
            end = self.end(cell, largest=largest)
            if end is None or not least <= end <= most:
                return False
        return True

    def least_sum(self, cells: Iterable[Address]) -> int:
        """Find how small some cells can be taken together."""
        costs = {self.columns[cell]: 1.0 for cell in cells}
        self._model.changeObjectiveSense(highspy.ObjSense.kMinimize)
        solver.set_costs(self._model, costs)
        self._require(whole=True)
        end, _ = self._solve()
        self._require(whole=False)
        solver.set_costs(self._model, dict.fromkeys(costs, 0.0))
        return round(end or 0)

    def world(self) -> dict[Address, int]:
        """Give some whole counts that fit."""
        self._require(whole=True)
        self._solve()
        corner = list(self._model.getSolution().col_value)
        self._require(whole=False)
        return {cell: round(corner[column]) for cell, column in self.columns.items()}

    def _require(self, *, whole: bool) -> None:
        if whole == self._is_whole:
            return
        self._is_whole = whole
        solver.require_whole(self._model, range(len(self._floors)), whole=whole)

    def _solve(self) -> tuple[float | None, bool]:
        """Give the end that was aimed at, None when there is none, and whether the corner is of whole persons."""
        self.questions += 1
        self._model.run()
        status = self._model.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return None, True
        if status == highspy.HighsModelStatus.kSolutionLimit and not self._has_solution():
            return None, False
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit):
            raise ContradictionError(self._model.modelStatusToString(status))
        corner = np.array(self._model.getSolution().col_value)
        world = np.rint(corner)
        whole = bool((np.abs(corner - world) <= TOLERANCE).all())
        if whole and self._model.getInfo().max_primal_infeasibility <= NEARLY:
            np.minimum(self._lowest, world, out=self._lowest)
            np.maximum(self._highest, world, out=self._highest)
        return float(self._model.getInfo().objective_function_value), whole

    def _has_solution(self) -> bool:
        feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
        return bool(self._model.getInfo().primal_solution_status == feasible)


def _line(relation: Relation, columns: Mapping[Address, int], known: Mapping[Address, int]) -> Line:
    """Turn a relation into a row; one that says no more than that cells share a column has no terms."""
    needed = relation.constant - sum(factor * known[cell] for factor, cell in relation.terms if cell in known)
    unknown: dict[int, int] = {}
    for factor, cell in relation.terms:
        if cell not in known:
            unknown[columns[cell]] = unknown.get(columns[cell], 0) + factor
    terms = tuple((column, float(factor)) for column, factor in unknown.items() if factor)
    return Line(terms, float(needed), relation.at_least)


def _columns(cells: Sequence[Address], relations: Iterable[Relation]) -> dict[Address, int]:
    """Number the cells; those that are the same figure have the same number."""
    first = {cell: cell for cell in cells}

    def root(cell: Address) -> Address:
        while first[cell] != cell:
            first[cell] = cell = first[first[cell]]
        return cell

    for one, other in filter(None, (relation.pair for relation in relations)):
        if one in first and other in first:
            low, high = sorted((root(one), root(other)))
            first[high] = low
    numbers: dict[Address, int] = {}
    return {cell: numbers.setdefault(root(cell), len(numbers)) for cell in cells}
