"""The national annual report has the same cells and sentences whichever engine counts it."""

from finsam.disclosure.protect import Rule
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from tests.snapshots import folders
from tests.statistics.test_reference import MANY


def test_the_report_is_the_same_on_both_engines(in_duckdb, in_spark) -> None:
    publications = [
        REPORTS["national-annual"].compute(Source(opened(MANY), 2020, Rule(), "same", folders.AS_OF))
        for opened in (in_duckdb, in_spark)
    ]
    assert publications[0] == publications[1]
