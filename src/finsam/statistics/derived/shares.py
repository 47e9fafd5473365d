"""Shares, changes and tables made of cells that may be shown; they fall with what they are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from finsam.disclosure.protect import MISSING, SUPPRESSED, Cell, Key, Protected, Status
from finsam.values import shares

Arithmetic = Callable[[int, int], int | Fraction | None]


def share(part: Cell, whole: Cell) -> Cell:
    """Give the part in percent of the whole; missing when the whole is nothing, or less than its part."""
    return _made(part, whole, lambda some, every: None if some > every else shares.percent(some, every))


def change(before: Cell, after: Cell) -> Cell:
    """Give the change from before to after in percent of before; missing when there was nothing before."""
    return _made(before, after, shares.change)


def difference(before: Cell, after: Cell) -> Cell:
    """Give after less before, a whole number."""
    return _made(before, after, lambda old, new: new - old)


def total(cells: Iterable[Cell]) -> Cell:
    """Give the sum of counts; it falls with any of them."""
    cells = list(cells)
    return _worst(cells) or Cell(sum(map(_whole, cells)))


def published_elsewhere(number: int | None) -> Cell:
    """Give a figure somebody else has published, which needs no protection of ours."""
    return MISSING if number is None else Cell(number)


def table(
    name: str, dimensions: tuple[str, ...], figures: tuple[str, ...], cells: Mapping[Key, tuple[Cell, ...]]
) -> Protected:
    """Lay cells that may be shown out as a table; a row with a figure that is not ok is empty all through."""
    return Protected(name, dimensions, figures, {key: _alike(row) for key, row in sorted(cells.items())})


def _made(first: Cell, second: Cell, arithmetic: Arithmetic) -> Cell:
    """Make a cell of two; it stands where the first does, and is repeated or kept as they are."""
    found = _worst((first, second))
    edition = first.edition if first.edition == second.edition else ""
    if found is not None:
        return replace(found, at=first.at, edition=edition)
    value = arithmetic(_whole(first), _whole(second))
    kept = Status.KEPT if Status.KEPT in (first.status, second.status) else Status.OK
    if value is None:
        return replace(MISSING, at=first.at, edition=edition)
    return Cell(value, kept, first.at, edition=edition)


def _worst(cells: Iterable[Cell]) -> Cell | None:
    statuses = {cell.status for cell in cells}
    if Status.SUPPRESSED in statuses:
        return SUPPRESSED
    return MISSING if Status.MISSING in statuses else None


def _alike(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    found = _worst(row)
    return row if found is None else tuple(replace(found, at=cell.at, edition=cell.edition) for cell in row)


def _whole(cell: Cell) -> int:
    if not isinstance(cell.value, int):
        raise TypeError(f"Shares are made of counts, not of {cell}")
    return cell.value
