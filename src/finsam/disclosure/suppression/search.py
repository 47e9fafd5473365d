"""The search for a pattern: answers what cells lack with the cheapest moves, and hides what those change."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from finsam.disclosure.progress import Progress
from finsam.disclosure.suppression.moves import Neighbourhood, Terrain
from finsam.disclosure.suppression.network import Move
from finsam.disclosure.suppression.proofs import Demand, Proofs

NEAR, FAR = 400, 1600  # cells in a neighbourhood, and in that which is asked when there is no way in it
CORE: Final = 4  # the nearest quarter of its cells share it


class Search:
    """A terrain, what has been proven on it, and the models that moves are asked of."""

    def __init__(self, terrain: Terrain, proofs: Proofs, asked: Iterable[int], unprinted: Iterable[int]) -> None:
        self.terrain, self.proofs, self.asked = terrain, proofs, frozenset(asked)
        self.lost: set[int] = set()  # cells that are given away whatever we do
        self.unprinted = frozenset(unprinted)  # of these only outsiders must learn nothing
        self.open: set[int] = set()  # cells that nothing we may hide can make safe
        self.questions = 0
        self._around: dict[int, tuple[Neighbourhood, frozenset[int]]] = {}  # by size: the model, and who shares it
        self._whole: Neighbourhood | None = None

    def remember(self, move: Move) -> None:
        """Take a move that was possible before, if it still is and nothing must be hidden for it."""
        if move and not self.terrain.uncovered(move) and self.terrain.network.allows(move):
            self.proofs.add(move)

    def let_be(self, cells: Collection[int]) -> None:
        """Ask no more about cells that are lost."""
        self.lost.update(cells)
        self.open.difference_update(cells)

    def widen(self, progress: Progress) -> None:
        """Answer what outsiders must lack, then those alone in a cell, until nothing is lacking."""
        self._around, self._whole = {}, None  # in the models cells that were shown again stand still for good
        while lacking := self._lacking():
            for done, cell in enumerate(lacking):
                progress(done / len(lacking))
                while demands := self.lacks(cell):
                    self._answer(demands)

    def lacks(self, cell: int) -> tuple[Demand, ...]:
        """Give demands of which one must be met for the cell to be safe; none when it is, or never can be."""
        if cell in self.open or cell in self.lost or not (cell in self.terrain.hidden or cell in self.asked):
            return ()
        return self.proofs.lacking(cell) or self._lacking_among(cell)

    def _lacking_among(self, cell: int) -> tuple[Demand, ...]:
        return () if cell in self.unprinted else self.proofs.lacking_among(cell)

    def _lacking(self) -> list[int]:
        targets = sorted((self.terrain.hidden | self.asked) - self.open - self.lost)
        outside = [cell for cell in targets if self.proofs.lacking(cell)]
        return outside or [cell for cell in targets if self._lacking_among(cell)]

    def _answer(self, demands: tuple[Demand, ...]) -> None:
        move = self._cheapest(demands)
        moves = self._apart(demands) if move is None else [move]
        if not moves:
            if demands[-1].still:
                self.proofs.accept(demands[-1])
            else:
                self.open.add(demands[-1].cell)
        for one in moves:
            self.hide(self.terrain.uncovered(one))
            self.proofs.add(one)

    def _apart(self, demands: tuple[Demand, ...]) -> list[Move]:
        """Ask for two moves, up and down, that are far enough from each other where none goes far enough alone.

        Of what outsiders lack: what somebody alone can tell in such a case they go on telling.
        """
        if len(demands) < 2 or demands[-1].still:
            return []
        down, up = sorted(demands, key=lambda demand: demand.more)
        threshold = self.proofs.threshold
        least = down.more if down.is_step else down.more + 1  # a step goes as far down as there is
        for more in range(up.more - 1, least + threshold - 1, -1):
            pair = [up._replace(more=more), down._replace(more=more - threshold, is_step=False)]
            found = [move for one in pair if (move := self._ask_everywhere(one)) is not None]
            if len(found) == len(pair):
                return found
        return []

    def hide(self, cells: Collection[int]) -> None:
        """Hide cells, in the models too."""
        self.terrain.hidden.update(cells)
        for model in self._models:
            model.hide(cells)

    @property
    def _models(self) -> Iterator[Neighbourhood]:
        yield from (model for model, _core in self._around.values())
        if self._whole is not None:
            yield self._whole

    def _cheapest(self, demands: tuple[Demand, ...]) -> Move | None:
        found: list[Move] = []
        for demand in demands:
            move = self.ask(demand, only_hidden=demand.is_step)
            if move is not None and not self.terrain.uncovered(move):
                return move
            found += [] if move is None else [move]
        for steps in (False, True):  # a step makes the next demand smaller: asked for where nothing else is left
            wanted = [demand for demand in demands if demand.is_step is steps] if not found else []
            found += [move for demand in wanted if (move := self._ask_everywhere(demand)) is not None]
        return min(found, key=self.terrain.cost, default=None)

    def ask(self, demand: Demand, *, only_hidden: bool = False) -> Move | None:
        """Ask the cells around for a move."""
        return self._ask_around(demand, NEAR, only_hidden=only_hidden)

    def _ask_around(self, demand: Demand, size: int, *, only_hidden: bool) -> Move | None:
        self.questions += 1
        model, core = self._around.get(size, (None, frozenset[int]()))
        if model is None or demand.cell not in core:
            cells = self.terrain.around(demand.cell, size)
            model = Neighbourhood(self.terrain, cells)
            self._around[size] = model, frozenset(cells[: size // CORE] if len(cells) == size else cells)
        return model.move(demand.cell, demand.more, still=demand.still, only_hidden=only_hidden)

    def _ask_everywhere(self, demand: Demand) -> Move | None:
        """Ask farther away, and last all cells."""
        cells = range(len(self.terrain.network.cells))
        if len(cells) > FAR:
            move = self._ask_around(demand, FAR, only_hidden=demand.is_step)
            if move is not None:
                return move
        self.questions += 1
        if self._whole is None:
            self._whole = Neighbourhood(self.terrain, [cell for cell in cells if self.terrain.may_move(cell)])
        return self._whole.move(demand.cell, demand.more, still=demand.still, only_hidden=demand.is_step)

    def show(self, cell: int) -> None:
        """Show a hidden cell again, in the models too."""
        self.terrain.hidden.discard(cell)
        for model in self._models:
            model.close(cell)

    def hide_again(self, cell: int) -> None:
        """Take back that a cell is shown."""
        self.terrain.hidden.add(cell)
        for model in self._models:
            model.reopen(cell)
