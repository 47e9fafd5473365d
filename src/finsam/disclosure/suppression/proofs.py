"""What has been shown possible: every move that was found, and what each cell still lacks to be safe."""

from collections.abc import Iterable
from typing import NamedTuple

from finsam.disclosure.suppression.contributors import Contributors
from finsam.disclosure.suppression.network import Move, Network


class Demand(NamedTuple):
    """A move to find: the cell changed by so much, while some cells stand still because the intruder knows them.

    A step makes less needed of the next, and is worth having only if nothing must be hidden for it.
    """

    cell: int
    more: int
    still: frozenset[int] = frozenset()
    is_step: bool = False


class Proofs:
    """Moves that all fit what is shown; they prove between which counts a cell can lie, for whoever is looking."""

    def __init__(self, network: Network, threshold: int, people: Contributors) -> None:
        self.network, self.threshold, self.people = network, threshold, people
        self._moves: dict[int, Move] = {}
        self._knowing: dict[int, frozenset[int]] = {}  # move -> the persons alone in a cell it changes
        self._by_cell: dict[int, set[int]] = {}
        self._next = 0
        self._accepted: set[tuple[int, int]] = set()  # a person and a cell they know of whatever is hidden

    @property
    def moves(self) -> Iterable[Move]:
        """Every move that was found and still serves."""
        return self._moves.values()

    def accept(self, demand: Demand) -> None:
        """Take it that whoever is alone knows of the cell: no pattern at all could keep it from them."""
        self._accepted.add((self.people.in_cell[min(demand.still)], demand.cell))

    def add(self, move: Move) -> None:
        """Keep a move: it serves every cell it changes."""
        self._moves[self._next] = move
        self._knowing[self._next] = frozenset(self.people.in_cell[c] for c in move if c in self.people.in_cell)
        for cell in move:
            self._by_cell.setdefault(cell, set()).add(self._next)
        self._next += 1

    def withdraw(self, cell: int) -> tuple[list[Move], set[int]]:
        """Forget the moves that change a cell; give them, and the cells they served."""
        numbers = sorted(self._by_cell.get(cell, ()))
        moves = [self._moves.pop(number) for number in numbers]
        served = {other for move in moves for other in move}
        for number, move in zip(numbers, moves, strict=True):
            del self._knowing[number]
            for other in move:
                self._by_cell[other].discard(number)
        return moves, served

    def lacking(self, cell: int) -> tuple[Demand, ...]:
        """Give what the cell lacks to be safe from outsiders, as demands of which any one will do; none when it is."""
        return self._missing(cell, self._by_cell.get(cell, ()), self.network.floors[cell])

    def lacking_among(self, cell: int) -> tuple[Demand, ...]:
        """Give what the cell still lacks to be safe from somebody who is alone in another one.

        Only those can lack anything whose own cell changes where outsiders find the ends of this one.
        """
        numbers = self._by_cell.get(cell, ())
        ends = (min, max) if numbers else ()
        outermost = [end(sorted(numbers), key=lambda number: self._moves[number][cell]) for end in ends]
        concerned = {person for number in outermost for person in self._knowing[number]}
        for person in sorted(concerned - {self.people.in_cell.get(cell)}):
            if cell in self.people.settled[person] or (person, cell) in self._accepted:
                continue
            open_to = [number for number in numbers if person not in self._knowing[number]]
            floor = max(self.network.floors[cell], int(person in self.people.among.get(cell, ())))
            if demands := self._missing(cell, open_to, floor, self.people.alone[person]):
                return demands
        return ()

    def _missing(
        self, cell: int, numbers: Iterable[int], floor: int, still: frozenset[int] = frozenset()
    ) -> tuple[Demand, ...]:
        least = floor - self.network.counts[cell]
        changes = [self._moves[number][cell] for number in numbers]
        lowest, highest = max(least, min(0, *changes, 0)), max(0, *changes, 0)
        if highest - lowest >= self.threshold:
            return ()
        up, down = Demand(cell, lowest + self.threshold, still), Demand(cell, highest - self.threshold, still)
        if down.more >= least:
            return up, down
        return (Demand(cell, least, still, is_step=True), up) if lowest > least else (up,)
