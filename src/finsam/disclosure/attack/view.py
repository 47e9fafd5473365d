"""What an intruder sees: the figures of a publication as published, what is known besides, and what holds between."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from finsam.disclosure import rounding
from finsam.disclosure.cells import Cell, Protected, Status
from finsam.disclosure.published_before import Known
from finsam.disclosure.relations import Address, Relation


@dataclass(frozen=True)
class Scene:
    """Exact figures that are shown, and every relation that can be used about the others."""

    figures: Mapping[Address, int]
    relations: tuple[Relation, ...]


def seen(tables: Iterable[Protected], relations: Iterable[Relation], known: Known) -> Scene:
    """Look at a publication with nothing else to go by; a relation with a missing figure cannot be used by anyone."""
    exact, missing, loose = dict[Address, int](), set[Address](), list[Relation]()
    for address, cell, base in _published(tables, known):
        if cell.status is Status.MISSING:
            missing.add(address)
        elif isinstance(cell.value, int) and base is None:
            exact[address] = cell.value
        elif isinstance(cell.value, int) and base is not None:
            loose += rounding.follows(address, cell.value, base)
    held = (*relations, *known.relations, *loose)
    return Scene(exact, tuple(r for r in dict.fromkeys(held) if not any(cell in missing for _, cell in r.terms)))


def suppressed(tables: Iterable[Protected]) -> Iterator[Address]:
    """Give the cells that are left out of tables of persons."""
    for address, cell in _cells(tables):
        if cell.status is Status.SUPPRESSED:
            yield address


def _published(tables: Iterable[Protected], known: Known) -> Iterator[tuple[Address, Cell, int | None]]:
    for table in tables:
        yield from ((address, cell, table.base) for address, cell in _cells([table]))
    yield from ((address, cell, known.bases.get(address)) for address, cell in known.cells.items())


def _cells(tables: Iterable[Protected]) -> Iterator[tuple[Address, Cell]]:
    for table in tables:
        if table.persons:
            for key, row in table.cells.items():
                for figure, cell in zip(table.figures, row, strict=True):
                    yield Address(table.name, key, figure), cell
