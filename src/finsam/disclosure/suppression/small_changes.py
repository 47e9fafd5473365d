"""Changes of a few: what a correction must not tell, since it says how it went for those who came or were put right.

A change in a cell that nobody prints is one too, when what is printed told what it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from finsam.disclosure.cells import Cell, Counts, Rule, is_sensitive
from finsam.disclosure.relations import Address, Relation

NATION: Final = 100  # counted at the nation without anything personal: a change in so many is no secret
PERSONAL: Final = 1000  # counted at the nation of something personal
MOVED: Final = 10  # in whose group so many changed


def small_changes(
    counts: Iterable[Counts], relations: Sequence[Relation], before: Mapping[Address, Cell], rule: Rule
) -> frozenset[Address]:
    """Give the cells that differ by less than the threshold from what is out, but for large ones of the nation."""
    printed = {cell: one.value for cell, one in before.items() if isinstance(one.value, int) and not one.base}
    then = _told(relations, printed)
    return frozenset(
        cell
        for table in counts
        for cell, now in table.filled()
        if cell in then and 0 < abs(now - then[cell]) < rule.threshold and not _is_large(table, cell, then)
    )


def _is_large(table: Counts, cell: Address, then: Mapping[Address, int]) -> bool:
    if not table.published or not table.is_national(cell.key):
        return False
    now = dict(table.filled())
    least = min(now[cell], then[cell])
    if not is_sensitive(table, cell.key, cell.figure):
        return least >= NATION
    whole = table.whole(cell)
    moved = abs(now[whole] - then[whole]) if whole in now and whole in then else 0
    return least >= PERSONAL and moved >= MOVED


def _told(relations: Sequence[Relation], figures: Mapping[Address, int]) -> Mapping[Address, int]:
    """Add to what is printed the cells that follow from it by one sum after another."""
    found = dict(figures)
    waiting = [relation for relation in relations if not relation.at_least]
    while True:
        left: list[Relation] = []
        for relation in waiting:
            unknown = [(factor, cell) for factor, cell in relation.terms if cell not in found]
            if len(unknown) > 1:
                left.append(relation)
            elif unknown:
                ((factor, cell),) = unknown
                rest = relation.constant - sum(f * found[other] for f, other in relation.terms if other != cell)
                found[cell] = rest // factor
        if len(left) == len(waiting):
            return found
        waiting = left
