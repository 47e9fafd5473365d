"""The gate between exact counts and what may be shown: Counts -> protect() -> Protected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from finsam.statistics.relations import Address, Relation
from finsam.statistics.suppression import Problem, hidden_cells

Key = tuple[str, ...]


class Status(StrEnum):
    """Why a figure is shown or not; a figure that is not ok is empty, never 0."""

    OK = "ok"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


@dataclass(frozen=True)
class Cell:
    """A figure that may be shown; `value` is None unless the status is ok. Percentages are exact fractions of 100."""

    value: int | Fraction | None
    status: Status = Status.OK


@dataclass(frozen=True)
class Protected:
    """A table that may leave the house: for each key (one code per dimension) one cell per figure."""

    name: str
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    cells: Mapping[tuple[str, ...], tuple[Cell, ...]]


@dataclass(frozen=True)
class Counts:
    """An exact table that must not be shown; None is a figure nobody registered.

    `persons` is False for counts of things, which need no protection. `published` is False for a table that is
    never shown, but whose cells anyone could get by subtracting shown ones.
    """

    name: str
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    cells: Mapping[Key, tuple[int | None, ...]]
    persons: bool = True
    published: bool = True


@dataclass(frozen=True)
class Rule:
    """How small is too small: counts of persons under the threshold are hidden, zeros only if they are not published.

    The threshold is also the least distance between the ends of the interval an intruder may narrow a cell to.
    """

    threshold: int = 5
    zeros_published: bool = True

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise ValueError("Tröskeln måste vara minst 2. Annars skulle alla celler publiceras.")

    def is_small(self, count: int) -> bool:
        """Tell whether a count of persons must be hidden."""
        return count < self.threshold and (count > 0 or not self.zeros_published)


MISSING = Cell(None, Status.MISSING)
SUPPRESSED = Cell(None, Status.SUPPRESSED)


def protect(counts: Mapping[str, Counts], relations: Iterable[Relation], rule: Rule) -> dict[str, Protected]:
    """Let the tables out together, with every cell hidden that is small or would give a hidden one away.

    A relation that touches a missing figure cannot be used by anyone and is left aside; one that does not hold
    for the counts is an error in the figures.
    """
    values = {address: value for table in counts.values() if table.persons for address, value in _filled(table)}
    usable = [relation for relation in relations if all(cell in values for _, cell in relation.terms)]
    _refuse_false(usable, values)
    shown = frozenset(address for address in values if counts[address.table].published)
    small = frozenset(address for address, value in values.items() if rule.is_small(value))
    hidden = hidden_cells(Problem(values, shown, usable, small, rule.threshold)) if small else frozenset()
    return {name: _let_out(table, hidden) for name, table in counts.items() if table.published}


def _filled(table: Counts) -> Iterator[tuple[Address, int]]:
    for key, row in table.cells.items():
        for figure, value in zip(table.figures, row, strict=True):
            if value is not None:
                yield Address(table.name, key, figure), value


def _refuse_false(relations: Iterable[Relation], values: Mapping[Address, int]) -> None:
    for relation in relations:
        result = sum(factor * values[cell] for factor, cell in relation.terms)
        if result < 0 or (result and not relation.at_least):
            raise ValueError(f"These cells do not agree: {[cell for _, cell in relation.terms]}")


def _let_out(table: Counts, hidden: frozenset[Address]) -> Protected:
    cells = {
        key: tuple(
            _cell(value, Address(table.name, key, figure) in hidden)
            for figure, value in zip(table.figures, row, strict=True)
        )
        for key, row in sorted(table.cells.items())
    }
    return Protected(table.name, table.dimensions, table.figures, cells)


def _cell(value: int | None, is_hidden: bool) -> Cell:
    if value is None:
        return MISSING
    return SUPPRESSED if is_hidden else Cell(value)
