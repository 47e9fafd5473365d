"""Which published cells must be hidden so that no hidden cell can be worked out: find what each lacks, and hide that.

A cell is safe when worlds that fit everything shown give it counts far enough apart. The search keeps every such
world it has found, as a move away from the true counts. Hiding one more cell only makes more worlds possible, so what
is proven stays proven, and a world found for one cell often proves several. For each cell that still lacks one, the
cheapest move is asked for, and the shown cells it changes are hidden. Last, whatever later steps made needless is
shown again, dearest first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from finsam.disclosure.attack.view import Scene
from finsam.disclosure.cells import TOTAL
from finsam.disclosure.progress import Progress, unwatched
from finsam.disclosure.published_before import Change
from finsam.disclosure.relations import Address, Relation
from finsam.disclosure.suppression.contributors import contributors
from finsam.disclosure.suppression.moves import Terrain
from finsam.disclosure.suppression.network import Network, network
from finsam.disclosure.suppression.proofs import Proofs
from finsam.disclosure.suppression.search import Search
from finsam.disclosure.suppression.thinning import thin


@dataclass(frozen=True)
class Problem:
    """All counts of persons that hang together, what is shown of them, what holds between them, what must be safe.

    `shown` gives the two ends of what is shown of a cell; one that is never shown doesn't stand in it. `fixed` are
    shown already, by somebody else or earlier, and can't be hidden any more. Those that are `present` are told to count
    somebody by being hidden. `asked` must be safe even if they are not hidden by us. `ours` are the small counts that
    we know, so that we know who is alone. `must` is hidden whatever comes, `start` unless it turns out needless.
    `elsewhere` are those that somebody else hides, and `veiled` those that may be hidden though nobody is in them.
    `before` is what an intruder sees already, and `moves` are worlds that were possible then, as moves away from the
    true counts.
    """

    counts: Mapping[Address, int]
    shown: Mapping[Address, tuple[int, int]]
    relations: Sequence[Relation]
    threshold: int
    present: frozenset[Address]
    ours: frozenset[Address]
    asked: frozenset[Address]
    must: frozenset[Address]
    fixed: frozenset[Address] = frozenset()
    start: frozenset[Address] = frozenset()
    elsewhere: frozenset[Address] = frozenset()
    veiled: frozenset[Address] = frozenset()
    before: Scene | None = None
    moves: Sequence[Change] = ()

    @property
    def unprinted(self) -> frozenset[Address]:
        """Our small cells that nobody prints, but anyone could have by subtracting."""
        return self.ours - self.shown.keys() - self.elsewhere


@dataclass(frozen=True)
class Pattern:
    """The shown cells to hide, cells that nothing can make safe, and what it took to find them."""

    hidden: frozenset[Address]
    open: tuple[Address, ...] = ()
    questions: int = 0


def pattern(problem: Problem, progress: Progress = unwatched) -> Pattern:
    """Find which cells to hide."""
    return Widening(problem).found(progress)


class Widening:
    """A pattern in the making: found once, then widened by whatever an attack asks for.

    No shown zero is ever hidden to protect another cell, but where marks are veiled. It always ends: when every cell
    but the zeros is hidden, the true figures times any number fit as well.
    """

    def __init__(self, problem: Problem) -> None:
        self._net = network(problem.counts, problem.relations, problem.present)
        self._numbers = {cell: number for number, cell in enumerate(self._net.cells)}
        people = contributors(self._net, self._numbered(problem.ours))
        proofs = Proofs(self._net, problem.threshold, people)
        terrain = _terrain(problem, self._net)
        self._must = self._numbered(problem.must)
        terrain.hidden |= self._must | self._numbered(problem.start)
        asked, unprinted = map(self._numbered, (problem.asked, problem.unprinted))
        self._search = Search(terrain, proofs, asked, unprinted)
        for move in problem.moves:
            self._search.remember({self._numbers[cell]: more for cell, more in move.items() if cell in self._numbers})

    def _numbered(self, cells: Iterable[Address]) -> frozenset[int]:
        return frozenset(self._numbers[cell] for cell in cells)

    def found(self, progress: Progress = unwatched) -> Pattern:
        """Hide what is needed, and show again what is not."""
        self._search.widen(lambda share: progress(share * 0.7))
        thin(self._search, self._search.terrain.hidden - self._must, lambda share: progress(0.7 + share * 0.3))
        return self._pattern()

    def without(self, lost: Iterable[Address]) -> Pattern:
        """Let cells be that are given away whatever is hidden."""
        self._search.let_be(self._numbered(lost))
        return self._pattern()

    @property
    def moves(self) -> tuple[Change, ...]:
        """The worlds that have been found possible."""
        return tuple({self._net.cells[at]: more for at, more in move.items()} for move in self._search.proofs.moves)

    def widened(self, cells: Iterable[Address]) -> Pattern:
        """Hide these too, and what that asks for; what is proven already stays proven."""
        self._search.hide(self._numbered(cells))
        self._search.widen(unwatched)
        return self._pattern()

    def _pattern(self) -> Pattern:
        return Pattern(
            frozenset(self._net.cells[number] for number in self._search.terrain.hidden),
            tuple(self._net.cells[number] for number in sorted(self._search.open)),
            self._search.questions,
        )


def _terrain(problem: Problem, net: Network) -> Terrain:
    """Say how far each cell may move while it is shown, and what it costs readers to have it hidden."""
    rooms: list[tuple[int, float]] = []
    prices: list[float | None] = []
    for cell, count, floor in zip(net.cells, net.counts, net.floors, strict=True):
        low, high = problem.shown.get(cell, (floor, inf))  # what somebody else hides can't be shown to be nothing
        rooms.append((count - low, high - count))
        hideable = (count or cell in problem.veiled) and cell in problem.shown and cell not in problem.fixed
        prices.append(price(cell, count) if hideable else None)
    return Terrain(net, rooms, prices)


def price(cell: Address, count: int) -> float:
    """Rank cells by what readers lose: sums are dear, and the more so the more they sum; then large counts."""
    return 100.0 * (1 + 3 * cell.key.count(TOTAL)) + min(count, 1000) / 20
