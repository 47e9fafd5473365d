"""Which stays count, and when."""

import pytest

from finsam.statistics.tables.background import of_persons
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import counted, in_periods
from tests.tables import assert_rows, tables, tables_without_persons

YEARS = Periods.years(2019, 2020)


def test_only_stays_in_individual_interventions_that_are_no_misregistrations_count() -> None:
    given = tables(
        interventions="""
            intervention | kind
            1            | individual
            2            | structural
        """,
        participations="""
            participation | person | intervention | starts_on  | ends_before | end_reason
            1             | 1      | 1            | 2020-02-01 | 2020-02-02  | misregistration
            2             | 1      | 1            | 2020-02-01 | 2020-02-02  | completed
            3             | 1      | 1            | 2020-02-01 | 2020-02-02  |
            4             | 1      | 2            | 2020-02-01 |             |
        """,
    )
    assert_rows(
        counted(given),
        expect="""
            participation
            2
            3
        """,
    )


def test_a_stay_is_ongoing_from_its_first_day_to_its_last() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-01-01 | 2020-01-01
            2             | 1      | 2018-12-31 | 2020-01-02
            3             | 1      | 2018-12-31 |
            4             | 1      | 2020-12-31 | 2021-01-02
            5             | 1      | 2018-12-31 | 2019-01-01
        """
    )
    assert_rows(
        in_periods(tables=given, periods=YEARS, flow="ongoing"),
        expect="""
            participation | period
            1             | 2019
            2             | 2019
            2             | 2020
            3             | 2019
            3             | 2020
            4             | 2020
        """,
    )
    assert_rows(
        in_periods(tables=given, periods=YEARS, flow="new"),
        expect="""
            participation | period
            1             | 2019
            4             | 2020
        """,
    )
    assert_rows(
        in_periods(tables=given, periods=YEARS, flow="ended"),
        expect="""
            participation | period
            1             | 2019
            2             | 2020
        """,
    )


def test_a_person_has_the_values_of_the_stay_that_started_last_of_those_ongoing_in_the_period() -> None:
    given = tables(
        participations="""
            participation | person | sex   | birth_year | municipality | education       | starts_on  | ends_before
            1             | 1      | women | 1980       | 10           | compulsory      | 2019-02-01 | 2020-03-01
            2             | 1      | men   | 1981       | 20           |                 | 2019-03-01 | 2019-04-01
            3             | 2      | men   | 1990       | 30           | upper_secondary | 2021-01-01 |
        """
    )
    assert_rows(
        of_persons(tables=given, periods=YEARS),
        expect="""
            person | period | sex   | birth_year | municipality | education
            1      | 2019   | men   | 1981       | 20           | not_stated
            1      | 2020   | women | 1980       | 10           | compulsory
        """,
    )


def test_a_snapshot_without_persons_says_so() -> None:
    with pytest.raises(ValueError, match="participants was left out"):
        counted(tables_without_persons())
