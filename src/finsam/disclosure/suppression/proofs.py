"""What has been shown possible: every move that was found, and what each cell still lacks to be safe."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from finsam.disclosure.suppression.contributors import Contributors
from finsam.disclosure.suppression.network import Move, Network


class Demand(NamedTuple):
    """A move to find: the cell changed by so much, while some cells stand still because the intruder knows them."""

    cell: int
    more: int
    still: frozenset[int] = frozenset()


class Proofs:
    """Moves that all fit what is shown; they prove between which counts a cell can lie, for whoever is looking."""

    def __init__(self, network: Network, threshold: int, small: frozenset[int], people: Contributors) -> None:
        self.network, self.threshold, self.small, self.people = network, threshold, small, people
        self._moves: dict[int, Move] = {}
        self._knowing: dict[int, frozenset[int]] = {}  # move -> the persons alone in a cell it changes
        self._by_cell: dict[int, set[int]] = {}
        self._next = 0
        self._among = {cell: set(persons) for cell, persons in people.among.items()}

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
        count, changes = self.network.counts[cell], [self._moves[n][cell] for n in self._by_cell.get(cell, ())]
        lowest, highest = min(0, *changes, 0), max(0, *changes, 0)
        if cell in self.small and lowest > -count:
            return (Demand(cell, -count),)
        if highest - lowest >= self.threshold:
            return ()
        up, down = Demand(cell, lowest + self.threshold), Demand(cell, highest - self.threshold)
        return (up, down) if down.more >= -count else (up,)

    def lacking_among(self, cell: int) -> tuple[Demand, ...]:
        """Give a move that a small cell still lacks to be safe from those who are alone in another one."""
        if cell not in self.people.guarded:
            return ()
        return tuple(islice((demand for demand in self._views(cell) if not self._is_met(demand)), 1))

    def count_in(self, demand: Demand) -> bool:
        """Take whoever the demand is about to be counted in its cell too; tell whether that is new.

        If no pattern at all lets the cell be nothing while they stand where they stand, they must be in it.
        """
        if not demand.still:
            return False
        person, persons = self.people.in_cell[min(demand.still)], self._among.setdefault(demand.cell, set())
        if person in persons:
            return False
        persons.add(person)
        return True

    def _views(self, cell: int) -> Iterator[Demand]:
        count, mine = self.network.counts[cell], self.people.in_cell.get(cell)
        inside = self._among.get(cell, set())
        for more in (-count, self.threshold - count):
            for person in sorted(self._blocking(cell, more) - inside - {mine}):
                yield Demand(cell, more, self.people.alone[person])
            if count > 1:  # less the one who is in it too; there is nobody else in a cell of one
                for person in sorted(inside):
                    yield Demand(cell, more + 1, self.people.alone[person])

    def _blocking(self, cell: int, more: int) -> frozenset[int]:
        """The persons whose own cell changes in every move that would do."""
        found: frozenset[int] | None = None
        for number in self._by_cell.get(cell, ()):
            if self._reaches(number, cell, more):
                found = self._knowing[number] if found is None else found & self._knowing[number]
                if not found:
                    break
        return found or frozenset()

    def _is_met(self, demand: Demand) -> bool:
        if demand.more == 0:
            return True
        return any(
            self._reaches(number, demand.cell, demand.more) and not (self._moves[number].keys() & demand.still)
            for number in self._by_cell.get(demand.cell, ())
        )

    def _reaches(self, number: int, cell: int, more: int) -> bool:
        change = self._moves[number][cell]
        return change <= more if more < 0 else change >= more
