"""Families of cells that are searched together: the tables of all reports, and what can be asked beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from unittest import mock

import numpy as np

from finsam.disclosure.additivity import within
from finsam.disclosure.cells import TOTAL, Counts
from finsam.disclosure.relations import Address, Relation
from finsam.reports.linked_records import counts as linked
from finsam.reports.national_annual import counts as annual
from finsam.reports.national_results import counts as results
from finsam.snapshots import engines
from finsam.statistics.tables.tables import Linked, Tables
from tests.relations.apart import Apart, read
from tests.relations.rank import Space
from tests.relations.worlds import AS_OF, LONGER, Facts, drawn
from tests.relations.worlds import registered as of_snapshot


@dataclass(frozen=True)
class Family:
    """Tables whose counts are those of all the worlds at once, and what is declared to hold between them."""

    tables: Mapping[str, Counts]
    relations: Sequence[Relation]
    worlds: int
    believed: Sequence[Relation] = ()

    @cached_property
    def declared(self) -> tuple[Relation, ...]:
        """Everything that is declared: by tables of themselves, between them, and what is believed where it holds."""
        own = (relation for table in self.tables.values() for relation in within(table))
        right = (relation for relation in self.believed if self.space.holds(relation))
        return tuple(dict.fromkeys((*own, *self.relations, *right)))

    @property
    def dimensions(self) -> Mapping[str, tuple[str, ...]]:
        """The dimensions of each table."""
        return {name: table.dimensions for name, table in self.tables.items()}

    @cached_property
    def space(self) -> Space:
        """The cells, the most divided first, and the worlds in which they differ, in the order they were drawn."""
        counts = {cell: number for table in self.tables.values() for cell, number in table.filled() if number}
        cells = sorted(counts, key=lambda cell: (sum(code == TOTAL for code in cell.key), _spans(cell), cell))
        rows = np.stack([read(counts[cell], self.worlds) for cell in cells], axis=1)
        first = {row.tobytes(): place for place, row in reversed(list(enumerate(rows)))}
        return Space(tuple(cells), rows[sorted(first.values())])


def _spans(cell: Address) -> int:
    return not any("K" in str(code) for code in cell.key)  # a year comes after its quarters


@cache
def opened(facts: Facts, worlds: int, seed: int) -> tuple[Apart, Family]:
    """Draw worlds and count what the reports publish of them, once for all tests of a worker."""
    made = Apart(drawn(worlds, seed, facts), worlds)
    return made, reports(made)


def reports(opened: Apart) -> Family:
    """Count all tables of persons of the reports in all worlds at once: the engine hands them its rows."""
    with mock.patch.object(engines, "rows", opened.fetch):
        return counted(opened.tables, opened.linked, opened.size)


def counted(tables: Tables, linkage: Linked, worlds: int = 1) -> Family:
    """Count all tables of persons of the reports; what they share has one name and is the same."""
    theirs = linked.count(tables, linkage, LONGER[-1])
    made = results.count(tables, LONGER, AS_OF), annual.count(tables, LONGER), theirs
    every: dict[str, Counts] = {}
    for name, table in (pair for exact in made for pair in exact.counts.items()):
        if table.persons:
            every[name] = _together(every[name], table) if name in every else table
    relations = [relation for exact in made for relation in exact.relations]
    return Family(every, relations, worlds, [relation for exact in made[:2] for relation in exact.believed])


def _together(one: Counts, other: Counts) -> Counts:
    assert all(one.cells[key] == row for key, row in other.cells.items() if key in one.cells), one.name
    return replace(one, cells={**one.cells, **other.cells})


def registered(facts: Facts, worlds: int, seed: int) -> Family:
    """Count the same people in two snapshots, with what is declared in each and nothing between them."""
    rows, tables, relations = drawn(worlds, seed, facts), dict[str, Counts](), list[Relation]()
    for later in (False, True):
        family = reports(Apart(of_snapshot(rows, later=later), worlds))
        names = {name: f"{name}, {'later' if later else 'earlier'}" for name in family.tables}
        tables |= {names[name]: replace(table, name=names[name]) for name, table in family.tables.items()}
        for relation in family.relations:
            terms = tuple((factor, cell._replace(table=names[cell.table])) for factor, cell in relation.terms)
            relations.append(replace(relation, terms=terms))
    return Family(tables, relations, worlds)
