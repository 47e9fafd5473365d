"""What is hidden whole of a small group: all that is personal, its zeros and its full cells too."""

from collections.abc import Iterable, Mapping

from finsam.disclosure.cells import Rule
from finsam.disclosure.relations import Address, Relation


def hidden_whole(
    values: Mapping[Address, int],
    groups: Mapping[Address, int],
    shown: Iterable[Address],
    relations: Iterable[Relation],
    rule: Rule,
) -> frozenset[Address]:
    """Give the sensitive cells of groups under the least one; `groups` tells how many there are in the group of each.

    A zero that follows from zeros that are shown of larger groups is no secret, and is shown.
    """
    thin = {cell for cell, size in groups.items() if 0 < size < rule.least_group}
    plain = {cell for cell in shown if not values[cell] and cell not in thin} if rule.zeros_published else set()
    return frozenset(thin - _following(plain, tuple(relations)))


def _following(zeros: set[Address], relations: Iterable[Relation]) -> set[Address]:
    """Find the cells that are nothing because others are."""
    halves = [half for relation in relations for half in _halves(relation)]
    found, grown = set(zeros), True
    while grown:
        grown = False
        for larger, smaller in halves:
            if larger <= found and not smaller <= found:
                found |= smaller
                grown = True
    return found


def _halves(relation: Relation) -> Iterable[tuple[frozenset[Address], frozenset[Address]]]:
    """Say which cells together are at least as large as which others."""
    up, down = (frozenset(cell for factor, cell in relation.terms if (factor > 0) is side) for side in (True, False))
    if relation.constant >= 0 and down:
        yield up, down
    if not relation.at_least and relation.constant <= 0 and up:
        yield down, up
