"""Interventions of a year."""

from finsam.statistics.interventions import by_need_group, running
from finsam.statistics.periods import Periods
from tests.tables import assert_rows, tables

YEARS = Periods.years(2019, 2020)


def overlapping(expect: str, **given: str) -> None:
    """Check which interventions belong to which year."""
    assert_rows(running(tables=tables(**given), periods=YEARS), expect)


def counted(expect: str, **given: str) -> None:
    """Check numbers by need group, kind and direction in 2020."""
    assert_rows(by_need_group(tables=tables(**given), periods=Periods.years(2020)), expect)


def test_an_intervention_belongs_to_every_year_its_period_overlaps() -> None:
    overlapping(
        interventions="""
            intervention | starts_on  | ends_before
            1            | 2019-12-31 | 2020-01-01
            2            | 2019-12-31 | 2020-01-02
            3            | 2018-01-01 | 2019-01-01
            4            | 2020-06-01 |
        """,
        expect="""
            period | intervention
            2019   | 1
            2019   | 2
            2020   | 2
            2020   | 4
        """,
    )


def test_an_intervention_with_two_need_groups_counts_in_both_and_once_in_the_sum() -> None:
    counted(
        interventions="""
            intervention | association | kind       | direction
            1            | 1           | individual | preparatory
        """,
        target_groups="""
            intervention | need_group
            1            | long_term_sick
            1            | mental_ill_health
        """,
        expect="""
            need_group        | kind       | direction   | interventions | associations
            long_term_sick    | individual | preparatory | 1             | 1
            long_term_sick    | individual | total       | 1             | 1
            long_term_sick    | total      | preparatory | 1             | 1
            long_term_sick    | total      | total       | 1             | 1
            mental_ill_health | individual | preparatory | 1             | 1
            mental_ill_health | individual | total       | 1             | 1
            mental_ill_health | total      | preparatory | 1             | 1
            mental_ill_health | total      | total       | 1             | 1
            prioritised       | individual | preparatory | 1             | 1
            prioritised       | individual | total       | 1             | 1
            prioritised       | total      | preparatory | 1             | 1
            prioritised       | total      | total       | 1             | 1
            total             | individual | preparatory | 1             | 1
            total             | individual | total       | 1             | 1
            total             | total      | preparatory | 1             | 1
            total             | total      | total       | 1             | 1
        """,
    )


def test_an_association_with_several_interventions_counts_once_in_a_sum() -> None:
    counted(
        interventions="""
            intervention | association | kind       | direction
            1            | 1           | individual | preparatory
            2            | 1           | structural | training
            3            | 2           | structural | training
        """,
        expect="""
            need_group | kind       | direction   | interventions | associations
            total      | individual | preparatory | 1             | 1
            total      | structural | training    | 2             | 2
            total      | individual | total       | 1             | 1
            total      | structural | total       | 2             | 2
            total      | total      | preparatory | 1             | 1
            total      | total      | training    | 2             | 2
            total      | total      | total       | 3             | 2
        """,
    )
