"""What is run, in a process of its own, to measure disclosure control: our gate, and the plain way to do the same."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import highspy

from bench import crosstabs
from finsam.disclosure.additivity import is_additive, within
from finsam.disclosure.attack.examination import examine
from finsam.disclosure.cells import Counts, Rule
from finsam.disclosure.protect import Known, Propose, protect
from finsam.disclosure.relations import Address, Relation
from finsam.editions.argus.proposer import proposer

RULE: Final = Rule()
TABLES: Final = {"associations": crosstabs.by_association, "municipalities": crosstabs.by_municipality}


def facts(name: str) -> dict[str, int]:
    """Tell how large a table is, and how thin."""
    counts = [value for _, value in TABLES[name]().filled()]
    return {"cells": len(counts), "small": sum(RULE.is_small(count) for count in counts)}


def alone(name: str) -> dict[str, int]:
    """Protect by our own search, and attack what comes out of it."""
    return _protected(TABLES[name](), None)


def with_argus(name: str) -> dict[str, int]:
    """Protect from the pattern that τ-ARGUS proposes, and attack what comes out of it."""
    with TemporaryDirectory() as folder:
        return _protected(TABLES[name](), proposer(Path(folder)))


def _protected(table: Counts, propose: Propose | None) -> dict[str, int]:
    released = protect({table.name: table}, [], RULE, Known(propose=propose))
    found = examine(released.tables.values(), released.relations, RULE)
    return {"hidden": len(released.pattern), "narrow": len(found.leaks)}


def plainly(name: str) -> dict[str, int]:
    """Take what τ-ARGUS proposes (or, where it can't help, the small cells) and ask two fresh programs a cell."""
    table = TABLES[name]()
    exact = dict(table.filled())
    hidden = {cell for cell, count in exact.items() if RULE.is_small(count)}
    if is_additive(table):
        with TemporaryDirectory() as folder:
            hidden.update(proposer(Path(folder))(table, RULE))
    ends = Plain(within(table), exact, hidden)
    return {"hidden": len(hidden), "narrow": sum(ends.is_narrow(cell) for cell in sorted(hidden))}


class Plain:
    """One linear program for everything hidden, solved from the beginning for each end of each cell.

    A mark stands for somebody, since zeros are shown. Relations are used that hold between these cells alone.
    """

    def __init__(self, relations: Iterable[Relation], exact: Mapping[Address, int], hidden: Iterable[Address]) -> None:
        self.columns = {cell: column for column, cell in enumerate(sorted(hidden))}
        self.exact = exact
        self.model = highspy.Highs()  # type: ignore[no-untyped-call]
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        for _ in self.columns:
            self.model.addVar(1, highspy.kHighsInf)
        for relation in relations:
            if all(cell in exact for _, cell in relation.terms):
                self._add(relation)

    def _add(self, relation: Relation) -> None:
        shown = (factor * self.exact[cell] for factor, cell in relation.terms if cell not in self.columns)
        known = sum(shown) - relation.constant
        terms = [(self.columns[cell], float(factor)) for factor, cell in relation.terms if cell in self.columns]
        high = highspy.kHighsInf if relation.at_least else -known
        self.model.addRow(-known, high, len(terms), [column for column, _ in terms], [factor for _, factor in terms])

    def is_narrow(self, cell: Address) -> bool:
        """Tell whether the cell can be worked out too closely."""
        low, high = (self._end(self.columns[cell], sense) for sense in (1, -1))
        return high - low < RULE.threshold - 1e-6

    def _end(self, column: int, sense: int) -> float:
        self.model.clearSolver()
        self.model.changeColCost(column, float(sense))
        self.model.run()
        end = sense * float(self.model.getInfo().objective_function_value)
        self.model.changeColCost(column, 0.0)
        return end
