"""Periods: the last day belongs, the day after does not."""

from datetime import date

import pytest

from finsam.values.periods import Period, PeriodError


def test_the_last_day_of_the_year_is_new_years_eve():
    assert Period(date(2020, 1, 1), date(2021, 1, 1)).last_day == date(2020, 12, 31)


def test_a_stay_of_one_day_may_be_and_one_of_no_day_may_not():
    day = date(2020, 2, 29)
    assert Period(day, date(2020, 3, 1)).last_day == day
    with pytest.raises(PeriodError, match="Sista dagen ligger före första dagen") as refused:
        Period(day, day)
    assert refused.value.code == "end_before_start"


def test_an_open_period_has_no_last_day():
    assert Period(date(2020, 1, 1)).last_day is None
