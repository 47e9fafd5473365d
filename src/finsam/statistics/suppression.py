"""Which published cells must be hidden so that no hidden cell can be worked out: hide, attack, widen, until silent."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from finsam.statistics.attack import Interval, attack, connected
from finsam.statistics.cells import TOTAL
from finsam.statistics.relations import Address, Relation


@dataclass(frozen=True)
class Problem:
    """All counts of persons in a publication, what is shown of them, what holds between them and what is too small."""

    counts: Mapping[Address, int]
    shown: frozenset[Address]
    relations: Sequence[Relation]
    small: frozenset[Address]
    width: int


def hidden_cells(problem: Problem) -> frozenset[Address]:
    """Give the shown cells that must be hidden; no shown zero is ever hidden to protect another cell.

    It always ends: when every cell but the zeros is hidden, the true figures times any number fit as well.
    """
    hidden = problem.small & problem.shown
    while leaks := leaking(problem, hidden):
        hidden |= {_widening(problem, hidden, leaks[0])}
    return _thinned(problem, hidden)


def leaking(problem: Problem, hidden: frozenset[Address], among: Collection[Address] | None = None) -> list[Address]:
    """List the cells an intruder can work out too closely, of the hidden ones and of small ones never shown."""
    targets = hidden | (problem.small - problem.shown)
    asked = targets if among is None else targets & set(among)
    found = attack(_known(problem, hidden), problem.relations, asked)
    return [cell for cell in sorted(asked) if not _safe(problem, cell, found[cell])]


def _safe(problem: Problem, cell: Address, interval: Interval) -> bool:
    wide = interval.at_least_as_wide_as(problem.width)
    return wide and (interval.lower == 0 or cell not in problem.small)


def _known(problem: Problem, hidden: frozenset[Address]) -> dict[Address, int]:
    return {cell: problem.counts[cell] for cell in problem.shown - hidden}


def _widening(problem: Problem, hidden: frozenset[Address], leak: Address) -> Address:
    """Choose the cheapest cell that closes the leak alone; if none does, the cheapest that has to do with it."""
    candidates = sorted(_candidates(problem, hidden, leak), key=lambda cell: _cost(problem, cell))
    if not candidates:
        raise ValueError(f"No cell is left to hide so that {leak.table} can be published; use a coarser table")
    closing = (cell for cell in candidates if not leaking(problem, hidden | {cell}, [leak, cell]))
    return next(closing, candidates[0])


def _candidates(problem: Problem, hidden: frozenset[Address], leak: Address) -> Iterator[Address]:
    known = _known(problem, hidden)
    for group in connected(known, problem.relations):
        if leak in group.unknown:
            cells = {cell for relation in group.relations for _, cell in relation.terms}
            yield from (cell for cell in cells & known.keys() if known[cell])


def _cost(problem: Problem, cell: Address) -> tuple[int, int, Address]:
    """Rank cells by what readers lose: sums last, then small before large, then by name."""
    return cell.key.count(TOTAL), problem.counts[cell], cell


def _thinned(problem: Problem, hidden: frozenset[Address]) -> frozenset[Address]:
    """Show again whatever later steps made needless, dearest first."""
    for cell in sorted(hidden - problem.small, key=lambda cell: _cost(problem, cell), reverse=True):
        if not leaking(problem, hidden - {cell}):
            hidden -= {cell}
    return hidden
