"""Persons laid out by year."""

from dataclasses import replace

import ibis
import pytest

from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
from tests.tables import CODES, assert_rows, tables

YEARS = Periods.years(2019, 2020)


def test_a_person_has_one_row_a_year_with_the_values_of_the_stay_that_started_last():
    given = tables(
        participations="""
            participation | person | sex   | education       | starts_on  | ends_before
            1             | 1      | women | compulsory      | 2018-05-01 | 2019-02-01
            2             | 1      | women | upper_secondary | 2019-03-01 | 2020-01-01
            3             | 2      | men   | compulsory      | 2020-12-31 |
            4             | 3      | men   | compulsory      | 2017-01-01 | 2019-01-01
        """
    )
    assert_rows(
        person_years.person_years(tables=given, periods=YEARS),
        """
        period | person | sex   | education       | new | ended
        2019   | 1      | women | upper_secondary | yes | yes
        2020   | 2      | men   | compulsory      | yes | no
        """,
    )


def test_supports_are_bits_all_of_them_and_those_of_stays_started_in_the_year():
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2018-05-01 | 2019-02-01
            2             | 1      | 2019-03-01 | 2020-03-01
            3             | 2      | 2019-06-01 | 2019-07-01
        """,
        supports="""
            participation | moment | support
            1             | start  | sickness_cash_benefit
            2             | start  | activity_compensation
            2             | start  | social_assistance
            2             | end    | none
        """,
    )
    # sickness cash benefit is number 1, activity compensation 3 and social assistance 4: 2 + 8 + 16
    assert_rows(
        person_years.person_years(tables=given, periods=YEARS),
        """
        period | person | supports | supports_new
        2019   | 1      | 26       | 24
        2019   | 2      | 0        | 0
        2020   | 1      | 24       | 0
        """,
    )


def test_a_wrong_registration_and_a_structural_intervention_lay_nobody_out():
    given = tables(
        interventions="""
            intervention | kind
            1            | individual
            2            | structural
        """,
        participations="""
            participation | person | intervention | starts_on  | end_reason
            1             | 1      | 1            | 2020-01-01 | misregistration
            2             | 2      | 2            | 2020-01-01 |
            3             | 3      | 1            | 2020-01-01 |
        """,
    )
    assert_rows(person_years.person_years(tables=given, periods=YEARS), "period | person\n2020 | 3")


def test_persons_are_counted_by_the_supports_they_have_together():
    given = tables(
        participations="""
            participation | person | sex   | starts_on  | ends_before
            1             | 1      | women | 2020-05-01 |
            2             | 2      | women | 2020-05-01 |
            3             | 3      | men   | 2019-12-31 | 2020-01-02
        """,
        supports="""
            participation | support
            1             | sickness_cash_benefit
            2             | sickness_cash_benefit
            3             | sickness_cash_benefit
        """,
    )
    assert_rows(
        person_years.support_years(tables=given, periods=YEARS),
        """
        period | sex   | supports | supports_new | persons
        2019   | men   | 2        | 2            | 1
        2020   | men   | 2        | 0            | 1
        2020   | women | 2        | 2            | 2
        """,
    )


def test_what_a_snapshot_has_laid_out_is_taken_from_it_and_later_years_are_worked_out():
    given = tables(
        participations="""
            participation | person | starts_on
            1             | 1      | 2019-05-01
        """
    )
    worked_out = person_years.worked_out(tables=given, periods=Periods.years(2019)).rename(year="period")
    another = worked_out.mutate(person=ibis.literal(77, "int32"))
    laid_out = replace(given, person_years=another, laid_out_through=2019)
    assert_rows(person_years.person_years(tables=laid_out, periods=Periods.years(2019)), "period | person\n2019 | 77")
    assert_rows(person_years.person_years(tables=laid_out, periods=YEARS), "period | person\n2019 | 1\n2020 | 1")


def test_a_code_that_the_snapshot_lacks_is_nobodys():
    assert person_years.mask([1, 3, 3, -1]) == 0b1010
    assert person_years.mask([-1]) == 0


def test_more_codes_than_there_are_bits_are_refused():
    given = replace(tables(), codes=CODES | {"support": {"one_too_many": 63}})
    with pytest.raises(ValueError, match="more than 62 codes"):
        person_years.worked_out(tables=given, periods=YEARS)
