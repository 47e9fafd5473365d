"""Whole years and whole quarters."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from finsam.statistics.tables.periods import Periods, spread
from tests.tables import assert_found


def test_a_quarter_has_a_number_a_name_and_days() -> None:
    quarters = Periods.quarters("2019K4", "2020K1")
    assert list(map(quarters.name, quarters.numbers)) == ["2019K4", "2020K1"]
    assert (quarters.starts_on, quarters.ends_before) == (date(2019, 10, 1), date(2020, 4, 1))


def test_a_year_is_its_own_number() -> None:
    years = Periods.years(2019, 2020)
    assert list(map(years.name, years.numbers)) == ["2019", "2020"]
    assert (years.starts_on, years.ends_before) == (date(2019, 1, 1), date(2021, 1, 1))


@pytest.mark.parametrize("name", ["2020K5", "2020", "2020K0", "2020-K1"])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no quarter"):
        Periods.quarters(name, "2020K4")


def test_periods_run_forwards() -> None:
    with pytest.raises(ValueError, match="no periods"):
        Periods.years(2020, 2019)


def test_the_last_period_of_a_stay_is_that_of_its_last_day() -> None:
    quarters = Periods.quarters("2019K1", "2020K4")
    days = ibis.memtable(pa.table({"ends_before": [date(2020, 1, 1), date(2020, 1, 2), None]}))
    found = days.select(last=quarters.last_of(days.ends_before)).to_pyarrow()["last"].to_pylist()
    assert [quarters.name(number) for number in found[:2]] == ["2019K4", "2020K1"]
    assert found[2] > quarters.last


def test_a_row_is_repeated_for_every_period_asked_for() -> None:
    spans = {"row": [1, 2, 3, 4], "first": [2016, 2020, 2021, 2019], "last": [2018, 99_999, 2022, 2018]}
    rows = ibis.memtable(pa.table(spans))
    found = spread(rows, Periods.years(2018, 2020), first=rows["first"], last=rows["last"])
    assert_found(
        found.to_pyarrow().to_pylist(),
        expect="""
            row | period
            1   | 2018
            2   | 2020
        """,
    )
