"""The cheapest way to another world: the smallest whole change of the counts that moves a cell as far as asked for."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

import highspy

from finsam.disclosure import solver
from finsam.disclosure.solver import TOLERANCE, Line
from finsam.disclosure.suppression.network import Move, Network

FREE: Final = 1.0  # what it costs to move a hidden cell by one person: little, so that moves stay short
LONE: Final = 4.0  # what it costs to move a cell of one person, who knows it: avoided where others will do
DEAR: Final = 3  # how many hidden cells away a shown one is, when a neighbourhood is made


class Terrain:
    """What may move: within its room at once, further only by being hidden, at a price; fixed cells never."""

    def __init__(self, network: Network, rooms: Sequence[tuple[int, float]], prices: Sequence[float | None]) -> None:
        """Take how far down and up each cell moves while shown, and what hiding it costs (None: it can't be hidden)."""
        self.network = network
        self.rooms = rooms
        self.prices = prices
        self.hidden: set[int] = set()
        self._able = {cell for cell, price in enumerate(prices) if price is not None or rooms[cell] != (0, 0)}

    def may_move(self, cell: int) -> bool:
        """Tell whether the cell can be in any move."""
        return cell in self.hidden or cell in self._able

    def uncovered(self, move: Move) -> list[int]:
        """List the shown cells that must be hidden for the move to be possible."""
        return [cell for cell, more in sorted(move.items()) if not self._covers(cell, more)]

    def cost(self, move: Move) -> float:
        """Add up what must be hidden for the move; of two that hide as dear cells, the shorter is the better."""
        hidden = sum(self.prices[cell] or 0.0 for cell in self.uncovered(move))
        return hidden + sum(map(abs, move.values())) / (1 + sum(self.network.counts[cell] for cell in move)) / 1e6

    def _covers(self, cell: int, more: int) -> bool:
        down, up = self.rooms[cell]
        return cell in self.hidden or -down <= more <= up

    def around(self, start: int, limit: int) -> list[int]:
        """Collect the cells nearest to one, nearest first and hidden before shown, at most as many as the limit."""
        distances, waiting, rows_seen = {start: 0}, [(0, start)], set[int]()
        found: list[int] = []
        touching, rows, hidden, able = self.network.touching, self.network.rows, self.hidden, self._able
        while waiting and len(found) < limit:
            distance, cell = heapq.heappop(waiting)
            if distances[cell] < distance:
                continue
            found.append(cell)
            near, far = distance + 1, distance + DEAR
            for row in touching[cell]:
                if row in rows_seen:
                    continue
                rows_seen.add(row)
                for other, _ in rows[row].terms:
                    away = near if other in hidden else far
                    if away < distances.get(other, limit) and (other in able or other in hidden):
                        distances[other] = away
                        heapq.heappush(waiting, (away, other))
        return found


class Neighbourhood:
    """One linear model of some cells, all others standing still; only bounds and prices change between questions."""

    def __init__(self, terrain: Terrain, cells: Sequence[int]) -> None:
        self.terrain = terrain
        self.cells = frozenset(cells)
        self.questions = 0
        self._columns: dict[int, list[tuple[int, int]]] = {}  # cell -> its columns and their direction
        self._beyond: dict[int, list[int]] = {}  # shown cell -> the columns that are only open when it is hidden
        self._owners: list[tuple[int, int]] = []
        self._uppers: list[float] = []
        self._costs: list[float] = []
        for cell in sorted(cells):
            self._open(cell)
        self.model = solver.model(self._uppers, self._costs, list(self._rows()))

    def _open(self, cell: int) -> None:
        count, price = self.terrain.network.counts[cell], self.terrain.prices[cell]
        down, up = self.terrain.rooms[cell]
        cost = LONE if count == 1 else FREE
        deepest = count - self.terrain.network.floors[cell]
        if cell in self.terrain.hidden:
            down, up = deepest, highspy.kHighsInf
        self._column(cell, 1, up, cost)
        self._column(cell, -1, down, cost)
        if price is not None and cell not in self.terrain.hidden:
            self._beyond[cell] = [
                self._column(cell, 1, highspy.kHighsInf, price),
                self._column(cell, -1, deepest - down, price),
            ]

    def _column(self, cell: int, direction: int, upper: float, cost: float) -> int:
        self._owners.append((cell, direction))
        self._uppers.append(float(upper))
        self._costs.append(cost)
        self._columns.setdefault(cell, []).append((len(self._owners) - 1, direction))
        return len(self._owners) - 1

    def _rows(self) -> Iterator[Line]:
        rows, touching, columns = self.terrain.network.rows, self.terrain.network.touching, self._columns
        for number in sorted({row for cell in self.cells for row in touching[cell]}):
            terms, slack = rows[number]
            moving = [
                (column, factor * way) for cell, factor in terms if cell in columns for column, way in columns[cell]
            ]
            yield Line(moving, 0.0 if slack is None else -float(slack), slack is not None)

    def hide(self, cells: Iterable[int]) -> None:
        """Let cells that have become hidden move as cheaply as the others."""
        for cell in cells:
            for column in self._beyond.pop(cell, ()):
                self._costs[column] = FREE
                self.model.changeColCost(column, FREE)

    def close(self, cell: int) -> None:
        """Let a cell stand still from now on."""
        for column, _ in self._columns.get(cell, ()):
            self.model.changeColBounds(column, 0.0, 0.0)

    def reopen(self, cell: int) -> None:
        """Let a closed cell move again."""
        for column, _ in self._columns.get(cell, ()):
            self.model.changeColBounds(column, 0.0, self._uppers[column])

    def move(self, cell: int, more: int, *, still: Collection[int] = (), only_hidden: bool = False) -> Move | None:
        """Find the cheapest whole move that changes the cell by so much; None if there is none in the neighbourhood."""
        closed = [column for other in still for column, _ in self._columns.get(other, ())]
        if only_hidden:
            closed += [column for columns in self._beyond.values() for column in columns]
        with_bounds = self._aim(cell, more) | dict.fromkeys(closed, (0.0, 0.0))
        solver.set_ends(self.model, with_bounds)
        found = self._whole_move()
        solver.set_ends(self.model, {column: (0.0, self._uppers[column]) for column in with_bounds})
        return found

    def _aim(self, cell: int, more: int) -> dict[int, tuple[float, float]]:
        """Force the cell's first column in the right direction, and close its others."""
        direction = 1 if more > 0 else -1
        bounds = {column: (0.0, 0.0) for column, _ in self._columns[cell]}
        forced = next(column for column, way in self._columns[cell] if way == direction)
        return bounds | {forced: (float(abs(more)), float(abs(more)))}

    def _whole_move(self) -> Move | None:
        move = self._solve()
        if move is None or self.terrain.network.allows(move):
            return move
        solver.require_whole(self.model, range(len(self._owners)), whole=True)
        move = self._solve()
        solver.require_whole(self.model, range(len(self._owners)), whole=False)
        if move is not None and not self.terrain.network.allows(move):
            raise ValueError("The solver gave a world that does not fit the relations")
        return move

    def _solve(self) -> Move | None:
        self.questions += 1
        self.model.clearSolver()  # from standing still, which is nearly right, and the same whatever was asked before
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        move: dict[int, int] = {}
        moved = [at for at in enumerate(self.model.getSolution().col_value) if at[1] > TOLERANCE]
        for column, value in moved:
            cell, direction = self._owners[column]
            move[cell] = move.get(cell, 0) + direction * round(value)
        return {cell: more for cell, more in move.items() if more}
