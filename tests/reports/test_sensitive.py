"""Every table of the reports says what in it is personal: none that is split by it is let out without."""

from datetime import date

from finsam.reports.national_annual import counts as annual
from finsam.reports.national_results import counts as results
from finsam.statistics.tables.dimensions import DIMENSIONS
from tests.snapshots.populations import Population
from tests.tables import tables


def test_what_a_table_is_split_by_that_is_personal_is_said_to_be() -> None:
    given = tables(**Population().add(12, sex="women", support="activity_compensation").texts())
    exact = (annual.count(given, range(2016, 2021)), results.count(given, range(2016, 2021), date(2021, 1, 31)))
    shown = [table for one in exact for table in one.counts.values() if table.persons and table.published]
    personal = {
        table.name: {name for name in table.dimensions if name in DIMENSIONS and DIMENSIONS[name].is_sensitive}
        for table in shown
    }
    assert sum(map(bool, personal.values())) >= 5
    assert {table.name: personal[table.name] - table.sensitive for table in shown if personal[table.name]} == {
        name: set() for name, dimensions in personal.items() if dimensions
    }
