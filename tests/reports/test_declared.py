"""Each published table is said once: what is compiled is what is declared, and each says what it tells of others."""

import pytest

from finsam.disclosure.protect import Rule
from finsam.publications.blocks import Publication
from finsam.reports.compiled import Compiled
from finsam.reports.national_annual import growth
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.table import Counted, Tells, Unread
from finsam.reports.telling import QUARTER, YEAR
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import SPLIT
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.tables import Tables
from tests.reports.test_linked_records import compiled as linked
from tests.snapshots.leavers import AS_OF, Leavers, compiled
from tests.snapshots.populations import Population, report
from tests.tables import tables

KEYS = sorted(REPORTS)


@pytest.fixture(scope="module")
def publications() -> dict[str, Publication]:
    """Each report of some invented people."""
    return {
        "national-annual": report(Population().add(30, sex="women").add(25, sex="men").texts()),
        "national-results": compiled(Leavers().add(30).add(25, sex="men")).publication,
        "linked": linked().publication,
        "open-tables": open_tables(tables(**Leavers().add(30).add(25, sex="men").texts())).publication,
    }


def open_tables(snapshot: Tables) -> Compiled:
    """The open tables of a snapshot."""
    return REPORTS["open-tables"].compile(Source(snapshot, 2020, Rule(), "a", AS_OF))


@pytest.mark.parametrize("key", KEYS)
def test_what_is_compiled_is_what_is_declared(key: str, publications: dict[str, Publication]) -> None:
    """But for the growth of earlier years, which only stands where some of them were printed from another snapshot."""
    made = [(one.table.name, one.caption, one.table.dimensions, one.table.figures) for one in publications[key].tables]
    said = [(one.name, str(one.caption), one.dimensions, one.columns) for one in REPORTS[key].tables.tables]
    assert made == [one for one in said if one[0] != growth.TABLE]


@pytest.mark.parametrize("key", KEYS)
def test_what_is_made_of_other_tables_says_so(key: str, publications: dict[str, Publication]) -> None:
    """What is counted is let out by the gate, which knows whether it is of persons; all else is made of that."""
    made_of = {one.name: one.made_of for one in REPORTS[key].tables.tables}
    for one in publications[key].tables:
        assert one.table.persons == REPORTS[key].tables[one.table.name].can_be_rounded
    assert {name for names in made_of.values() for name in names} <= {name for name, of in made_of.items() if not of}


@pytest.mark.parametrize("key", KEYS)
def test_every_dimension_and_column_has_its_heading(key: str, publications: dict[str, Publication]) -> None:
    for one in publications[key].tables:
        assert {*one.table.dimensions, *one.table.figures} <= one.columns.keys()


@pytest.mark.parametrize("key", KEYS)
def test_what_a_table_tells_is_a_figure_there_is(key: str, publications: dict[str, Publication]) -> None:
    for one in publications[key].tables:
        tells = REPORTS[key].tables[one.table.name].tells
        if isinstance(tells, Unread):
            assert tells.why
            continue
        for codes in (dict(zip(one.table.dimensions, row, strict=True)) for row in one.table.cells):
            for column in one.table.figures:
                counted = tells.of(codes, column)
                assert counted is None or counted.figure in FIGURES


def test_a_table_of_persons_that_tells_is_read_with_the_dimensions_of_figures() -> None:
    for found in REPORTS.values():
        for table in found.tables.tables:
            if isinstance(table.tells, Tells):
                assert set(table.dimensions) - {YEAR, QUARTER, *table.tells.apart} <= {*DIMENSIONS, *SPLIT}


def test_all_participants_are_told_to_be_what_they_are() -> None:
    tells = REPORTS["national-annual"].tables["totals"].tells
    assert isinstance(tells, Tells)
    assert tells.of({"figure": "identified"}, "persons") == Counted("persons_ongoing", "persons")
