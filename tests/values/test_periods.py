"""Periods: the last day belongs, the day after does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.values.periods import Period, PeriodError, through

DAYS = st.dates(date(2004, 1, 1), date(2006, 1, 1))


@st.composite
def periods(draw):
    starts_on = draw(DAYS)
    return Period(starts_on, draw(st.none() | DAYS.filter(lambda day: day > starts_on)))


def test_the_last_day_of_the_year_belongs_to_the_year_and_new_years_day_does_not():
    year = Period.year(2020)
    assert year.last_day == date(2020, 12, 31)
    assert year.contains(date(2020, 12, 31))
    assert year.contains(date(2020, 1, 1))
    assert not year.contains(date(2021, 1, 1))
    assert not year.contains(date(2019, 12, 31))


def test_a_stay_that_ends_on_new_years_eve_does_not_reach_the_next_year():
    stay = Period(date(2020, 11, 1), through(date(2020, 12, 31)))
    assert stay.overlaps(Period.year(2020))
    assert not stay.overlaps(Period.year(2021))


def test_a_stay_that_ends_on_new_years_day_reaches_the_next_year():
    assert Period(date(2020, 11, 1), through(date(2021, 1, 1))).overlaps(Period.year(2021))


def test_a_stay_of_one_day_may_be_and_one_of_no_day_may_not():
    day = date(2020, 2, 29)
    assert Period(day, through(day)).last_day == day
    with pytest.raises(PeriodError, match="Sista dagen ligger före första dagen") as refused:
        Period(day, day)
    assert refused.value.code == "end_before_start"


def test_an_open_period_has_no_last_day():
    stay = Period(date(2020, 1, 1), through(None))
    assert stay.last_day is None
    assert stay.contains(date.max)
    assert stay.overlaps(Period(date(2900, 1, 1)))


def test_the_last_day_of_all_is_refused_with_a_sentence():
    with pytest.raises(PeriodError, match="Kontrollera årtalet"):
        through(date.max)


@given(periods(), periods())
def test_two_periods_overlap_when_they_share_a_day(one, other):
    shared = max(one.starts_on, other.starts_on)
    assert one.overlaps(other) == other.overlaps(one) == (one.contains(shared) and other.contains(shared))
