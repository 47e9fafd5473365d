"""Each published table is said once: what is compiled is what is declared, and each says what it tells of others."""

import pytest

from finsam.disclosure.protect import Rule
from finsam.publications.blocks import Publication
from finsam.reports.commission import Commission
from finsam.reports.compiled import Compiled
from finsam.reports.national_annual import growth
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.special.question import Question
from finsam.reports.table import Collection, Counted, Tells, Unread
from finsam.reports.telling import QUARTER, YEAR
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import SPLIT
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.tables import Tables
from tests.reports.test_linked_records import compiled as linked
from tests.snapshots.leavers import AS_OF, Leavers, compiled
from tests.snapshots.populations import Population, report
from tests.tables import tables

ASKED = Question.of("persons_ended", ("sex",), {"education": "upper_secondary"}, "2020", "2020")
KEYS = sorted(REPORTS)


def said(key: str) -> Collection:
    """What a report says of its tables; one that answers a question, of that question's."""
    return REPORTS[key].of(ASKED.key).tables


@pytest.fixture(scope="module")
def publications() -> dict[str, Publication]:
    """Each report of some invented people."""
    return {
        "national-annual": report(Population().add(30, sex="women").add(25, sex="men").texts()),
        "national-results": compiled(Leavers().add(30).add(25, sex="men")).publication,
        "linked": linked().publication,
        "open-tables": open_tables(tables(**Leavers().add(30).add(25, sex="men").texts())).publication,
        "special": special(tables(**Leavers().add(30).add(25, sex="men").texts())).publication,
    }


def open_tables(snapshot: Tables) -> Compiled:
    """The open tables of a snapshot."""
    return REPORTS["open-tables"].compile(Source(snapshot, 2020, Rule(), "a", AS_OF))


def special(snapshot: Tables) -> Compiled:
    """The answer to a question to a snapshot."""
    commission = Commission(ASKED.key, "Titel", "Orsak", "Alla")
    return REPORTS["special"].compile(Source(snapshot, 2020, Rule(), "a", AS_OF, commission=commission))


@pytest.mark.parametrize("key", KEYS)
def test_what_is_compiled_is_what_is_declared(key: str, publications: dict[str, Publication]) -> None:
    """But for the growth of earlier years, which only stands where some of them were printed from another snapshot."""
    made = [(one.table.name, one.caption, one.table.dimensions, one.table.figures) for one in publications[key].tables]
    told = [(one.name, str(one.caption), one.dimensions, one.columns) for one in said(key).tables]
    wanted = [one for one in told if one[0] != growth.TABLE]
    if key == "special":  # its caption has the words of the snapshot too
        captions = {name: caption for name, caption, *_others in made}
        wanted = [(name, captions[name], dimensions, columns) for name, _caption, dimensions, columns in wanted]
    assert made == wanted


@pytest.mark.parametrize("key", KEYS)
def test_what_is_made_of_other_tables_says_so(key: str, publications: dict[str, Publication]) -> None:
    """What is counted is let out by the gate, which knows whether it is of persons; all else is made of that."""
    made_of = {one.name: one.made_of for one in said(key).tables}
    for one in publications[key].tables:
        assert one.table.persons == said(key)[one.table.name].can_be_rounded
    assert {name for names in made_of.values() for name in names} <= {name for name, of in made_of.items() if not of}


@pytest.mark.parametrize("key", KEYS)
def test_every_dimension_and_column_has_its_heading(key: str, publications: dict[str, Publication]) -> None:
    for one in publications[key].tables:
        assert {*one.table.dimensions, *one.table.figures} <= one.columns.keys()


@pytest.mark.parametrize("key", KEYS)
def test_what_a_table_tells_is_a_figure_there_is(key: str, publications: dict[str, Publication]) -> None:
    for one in publications[key].tables:
        tells = said(key)[one.table.name].tells
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
