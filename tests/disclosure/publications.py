"""Small invented publications, and an intruder who tries every possibility."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from finsam.disclosure.additivity import within
from finsam.disclosure.attack.intervals import Interval
from finsam.disclosure.cells import TOTAL, Counts, Key, Protected, Status
from finsam.disclosure.relations import Address, Relation, adds_up
from finsam.values.keys import Code, read, written
from tests.tables import rows_of

World = Mapping[Address, int]


def counts(
    name: str,
    text: str,
    *,
    persons: bool = True,
    published: bool = True,
    additive: Iterable[str] = (),
) -> Counts:
    """Read counts from a text table; the last column is the figure, an empty one is missing."""
    rows = rows_of(text)
    *dimensions, figure = rows[0]
    cells = {tuple(read(row[d]) for d in dimensions): (int(row[figure]) if row[figure] else None,) for row in rows}
    added = frozenset(additive)
    return Counts(name, tuple(dimensions), (figure,), cells, persons=persons, published=published, additive=added)


def crossed(name: str, text: str) -> Counts:
    """Read a table with codes in its first column and head, and work out all its sums."""
    rows = rows_of(text)
    first, *columns = rows[0]
    inner = {(row[first], column): int(row[column]) for row in rows for column in columns}
    cells: dict[Key, int] = {}
    for (row_code, column), value in inner.items():
        codes: tuple[Key, Key] = ((row_code, TOTAL), (column, TOTAL))
        for key in product(*codes):
            cells[key] = cells.get(key, 0) + value
    full = {key: (value,) for key, value in cells.items()}
    return Counts(name, ("row", "column"), ("persons",), full, additive=frozenset({"row", "column"}))


def marks(table: Protected) -> dict[str, str]:
    """Write the cells as people would see them."""
    sign = {Status.SUPPRESSED: "··", Status.MISSING: "–"}
    return {
        " ".join(map(written, key)): sign.get(cells[0].status, str(cells[0].value))
        for key, cells in table.cells.items()
    }


def at(table: str, *key: Code) -> Address:
    """Name a cell, a sum by its word."""
    return Address(table, tuple(read(code) if isinstance(code, str) else code for code in key))


def by_sex(table: str, *key: Code) -> Relation:
    """Say that women and men make up the total."""
    return adds_up(at(table, *key, "total"), at(table, *key, "women"), at(table, *key, "men"))


def is_wide(interval: Interval, width: int) -> bool:
    """Tell whether upper minus lower reaches the width."""
    return interval.upper is None or interval.upper - interval.lower >= width


def shown_in(tables: Iterable[Protected]) -> dict[Address, int]:
    """Give every exact figure of persons that can be read."""
    return {
        Address(table.name, key, figure): cell.value
        for table in tables
        if table.persons
        for key, cells in table.cells.items()
        for figure, cell in zip(table.figures, cells, strict=True)
        if isinstance(cell.value, int) and cell.base is None
    }


def hide_small(table: Counts, threshold: int = 5, also: Collection[Address] = ()) -> dict[Address, int]:
    """Protect as the naive do: leave out what is small, and what is named, and show the rest."""
    return {cell: value for cell, value in table.filled() if not 0 < value < threshold and cell not in also}


def held_within(tables: Iterable[Counts]) -> list[Relation]:
    """Give what the tables say of themselves."""
    return [relation for table in tables for relation in within(table)]


def worlds(
    known: World, unknown: Sequence[Address], relations: Iterable[Relation], *, least: int = 0, most: int
) -> Iterator[World]:
    """Try every possibility from the least to the most; a relation is asked as soon as all its cells are set."""
    due: list[list[Relation]] = [[] for _ in (None, *unknown)]
    for relation in relations:
        places = [place for place, cell in enumerate(unknown, start=1) if cell in {c for _, c in relation.terms}]
        due[max(places, default=0)].append(relation)
    yield from _filled(dict(known), unknown, due, range(least, most + 1))


def _filled(
    world: dict[Address, int], unknown: Sequence[Address], due: list[list[Relation]], counts: range
) -> Iterator[World]:
    if not all(_holds(relation, world) for relation in due[0]):
        return
    if not unknown:
        yield dict(world)
        return
    for value in counts:
        world[unknown[0]] = value
        yield from _filled(world, unknown[1:], due[1:], counts)


def _holds(relation: Relation, world: World) -> bool:
    result = sum(factor * world[cell] for factor, cell in relation.terms) - relation.constant
    return result == 0 or (result > 0 and relation.at_least)
