"""Codes have their days: through a period they were in force or not."""

from datetime import date

import pytest

from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.validity import Validity

LAW = date(2004, 1, 1)


def validity(*rows: tuple[date | None, date | None]) -> Validity:
    """What is known of one code."""
    return Validity({"support": {"new_benefit": rows}})


@pytest.mark.parametrize(
    ("first_day", "ends_before", "years"),
    [
        (date(2018, 1, 1), None, {2018, 2019, 2020}),
        (date(2018, 1, 2), None, {2019, 2020}),
        (date(2017, 12, 31), None, {2018, 2019, 2020}),
        (LAW, date(2020, 1, 1), {2017, 2018, 2019}),
        (LAW, date(2019, 12, 31), {2017, 2018}),
        (date(2018, 1, 1), date(2018, 12, 31), set()),
        (date(2018, 1, 1), date(2019, 1, 1), {2018}),
        (None, None, {2017, 2018, 2019, 2020}),
    ],
)
def test_a_code_was_in_force_in_a_year_from_its_first_day_to_its_last(first_day, ends_before, years):
    known = validity((first_day, ends_before))
    assert {year for year in range(2017, 2021) if known.in_year("support", ["new_benefit"], year)} == years


def test_one_row_may_follow_another_but_not_after_a_gap():
    renamed = validity((date(2019, 7, 1), None), (LAW, date(2019, 7, 1)))
    assert renamed.in_year("support", ["new_benefit"], 2019)
    gone = validity((LAW, date(2019, 6, 30)), (date(2019, 7, 1), None))
    assert not gone.in_year("support", ["new_benefit"], 2019)


def test_of_several_codes_that_are_counted_together_one_in_force_is_enough():
    known = validity((date(2019, 1, 1), None))
    assert not known.in_year("support", ["new_benefit"], 2018)
    assert known.in_year("support", ["new_benefit", "sickness_cash_benefit"], 2018)


def test_a_code_that_nothing_is_known_of_has_always_been_in_force():
    assert Validity().in_year("support", ["any"], 1990)


@pytest.mark.parametrize(
    ("group", "first"),
    [("long_term_sick", 2016), ("young_with_activity_compensation", 2016), ("young_with_disability", 2017)],
)
def test_a_group_with_priority_is_not_older_than_the_mandate_whatever_its_row_says(group, first):
    known = Validity({"need_group": {group: [(LAW, None)]}})
    assert not known.in_year("need_group", [group], first - 1)
    assert known.in_year("need_group", [group], first)


def test_quarters_are_periods_too():
    known, quarters = validity((date(2019, 4, 1), None)), Periods.quarters("2019K1", "2019K2")
    assert [known.in_period("support", ["new_benefit"], quarters, one) for one in quarters.numbers] == [False, True]
