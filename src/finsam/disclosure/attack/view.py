"""What an intruder sees: the figures of a publication as published, what is known besides, and what holds between."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from finsam.disclosure import rounding
from finsam.disclosure.cells import Cell, Protected, Rule, Status
from finsam.disclosure.published_before import Known
from finsam.disclosure.relations import Address, Relation


@dataclass(frozen=True)
class Scene:
    """Exact figures that are shown, every relation that can be used about the others, and which of them count somebody.

    A mark tells that a cell is not nothing where zeros are shown, unless an older edition hid it.
    """

    figures: Mapping[Address, int]
    relations: tuple[Relation, ...]
    present: frozenset[Address] = frozenset()


def seen(tables: Iterable[Protected], relations: Iterable[Relation], known: Known, rule: Rule) -> Scene:
    """Look at a publication with nothing else to go by; a relation with a missing figure cannot be used by anyone."""
    tables = tuple(tables)
    exact, missing, loose = dict[Address, int](), set[Address](), list[Relation]()
    for address, cell, base in _published(tables, known):
        if cell.status is Status.MISSING:
            missing.add(address)
        elif isinstance(cell.value, int) and base is None:
            exact[address] = cell.value
        elif isinstance(cell.value, int) and base is not None:
            loose += rounding.follows(address, cell.value, base)
    held = (*relations, *known.relations, *loose)
    usable = tuple(r for r in dict.fromkeys(held) if not any(cell in missing for _, cell in r.terms))
    marked = known.present.union(*(table.present(rule) for table in tables))
    return Scene(exact, usable, marked - known.hidden_before)


def recalled(relations: Iterable[Relation], known: Known) -> Scene:
    """Look at what is known alone."""
    return seen([], relations, known, Rule())  # of no table of its own


def suppressed(tables: Iterable[Protected]) -> Iterator[Address]:
    """Give the cells that tables of persons leave out of what they count."""
    for address, cell in _cells(tables):
        if cell.status is Status.SUPPRESSED:
            yield address


def _published(tables: Iterable[Protected], known: Known) -> Iterator[tuple[Address, Cell, int | None]]:
    for address, cell in (*_cells(tables), *known.cells.items()):
        yield address, cell, cell.base


def _cells(tables: Iterable[Protected]) -> Iterator[tuple[Address, Cell]]:
    """Give the cells that the tables counted themselves: those that they repeat tell nothing of what they count."""
    for table in tables:
        if table.persons:
            yield from table.counted()
