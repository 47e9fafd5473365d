"""What holds within a table because of how it is made: parts that add up, and parts that only lie within a total."""

from collections.abc import Iterator, Mapping

from finsam.disclosure.cells import TOTAL, Counts, Key, Protected
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered
from finsam.values.keys import Code


def within(table: Counts | Protected, name: str | None = None) -> Iterator[Relation]:
    """Give every relation that the table's own declaration says holds, for every combination of the other codes."""
    for place, dimension in enumerate(table.dimensions):
        parents = table.parents.get(dimension, {})
        for total, parts in _families(table.cells, place, parents).items():
            for figure in table.figures:
                addresses = [Address(name or table.name, key, figure) for key in (total, *parts)]
                yield from _held(addresses, additive=dimension in table.additive)


def _families(cells: Mapping[Key, object], place: int, parents: Mapping[Code, Code]) -> dict[Key, list[Key]]:
    """Collect the parts of every margin in one dimension."""
    families: dict[Key, list[Key]] = {}
    for key in sorted(cells):
        if key[place] != TOTAL:
            total = (*key[:place], parents.get(key[place], TOTAL), *key[place + 1 :])
            if total in cells:
                families.setdefault(total, []).append(key)
    return families


def _held(family: list[Address], *, additive: bool) -> Iterator[Relation]:
    total, *parts = family
    if additive:
        yield adds_up(total, *parts)
    else:
        yield covered(total, *parts)
        yield from (at_most(part, total) for part in parts)


def is_additive(table: Counts | Protected) -> bool:
    """Tell whether everything that has a total adds up to it."""
    with_total = (d for place, d in enumerate(table.dimensions) if any(key[place] == TOTAL for key in table.cells))
    return set(with_total) <= table.additive
