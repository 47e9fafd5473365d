"""The gate between exact counts and what may be shown: Counts -> protect() -> Protected."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from finsam.statistics.additivity import within
from finsam.statistics.cells import (
    MISSING,
    SUPPRESS,
    SUPPRESSED,
    TOTAL,
    Cell,
    Counts,
    Key,
    Method,
    Protected,
    Rounding,
    Rule,
    Status,
    Suppression,
)
from finsam.statistics.linking import NOTHING, Known
from finsam.statistics.relations import Address, Relation
from finsam.statistics.suppression import Problem, hidden_cells

Progress = Callable[[float], None]  # told how large a share of the work is done
Propose = Callable[
    [Counts, Rule], Iterable[Address]
]  # a pattern to start from, for a table that is additive all through


@dataclass(frozen=True)
class AttackLog:
    """How a publication was attacked, with no figure of it: kept with the edition."""

    cells: int  # counts of persons in the publication, shown or not
    hidden: int  # of which suppressed
    rounds: int  # times the pattern was attacked
    questions: int  # linear programs that were solved
    relations: Mapping[str, int]  # number of relations by kind
    solver: str
    leaks: tuple[str, ...]  # names of tables with a cell that can be worked out; none when the attack is silent

    @property
    def is_silent(self) -> bool:
        """Tell whether no cell could be worked out."""
        return not self.leaks


@dataclass(frozen=True)
class Release:
    """Tables that may leave the house, the cells that were hidden in them, in order, and the log of the attack."""

    tables: Mapping[str, Protected]
    pattern: tuple[Address, ...]
    log: AttackLog

    def __getitem__(self, name: str) -> Protected:
        """Give a table by its name."""
        return self.tables[name]


def protect(
    counts: Mapping[str, Counts],
    relations: Iterable[Relation],
    rule: Rule,
    known: Known = NOTHING,
    *,
    propose: Propose | None = None,
    progress: Progress | None = None,
) -> Release:
    """Let the tables out together, with every cell hidden that is small or would give a hidden one away.

    A relation that touches a missing figure cannot be used by anyone and is left aside; one that does not hold
    for the counts is an error in the figures.
    """
    values = {address: value for table in counts.values() if table.persons for address, value in table.filled()}
    own = (relation for table in counts.values() if table.persons for relation in within(table))
    usable = [r for r in dict.fromkeys((*own, *relations)) if all(cell in values for _, cell in r.terms)]
    _refuse_false(usable, values)
    shown = frozenset(address for address in values if counts[address.table].published)
    small = frozenset(address for address, value in values.items() if rule.is_small(value))
    hidden = hidden_cells(Problem(values, shown, usable, small, rule.threshold)) if small else frozenset()
    tables = {name: _let_out(table, hidden) for name, table in counts.items() if table.published}
    log = AttackLog(len(values), len(hidden), 0, 0, {}, "", ())
    return Release(tables, tuple(sorted(hidden)), log)


def _refuse_false(relations: Iterable[Relation], values: Mapping[Address, int]) -> None:
    for relation in relations:
        result = sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
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
    return Protected(
        table.name,
        table.dimensions,
        table.figures,
        cells,
        additive=table.additive,
        parents=table.parents,
        persons=table.persons,
    )


def _cell(value: int | None, is_hidden: bool) -> Cell:
    if value is None:
        return MISSING
    return SUPPRESSED if is_hidden else Cell(value)


__all__ = [
    "MISSING",
    "NOTHING",
    "SUPPRESS",
    "SUPPRESSED",
    "TOTAL",
    "AttackLog",
    "Cell",
    "Counts",
    "Key",
    "Known",
    "Method",
    "Progress",
    "Propose",
    "Protected",
    "Release",
    "Rounding",
    "Rule",
    "Status",
    "Suppression",
    "protect",
]
