"""Interventions of a year."""

import ibis
import pyarrow as pa

from finsam.statistics.figures.interventions import associations, by_need_group, facts, interventions, running
from finsam.statistics.tables.periods import Periods
from tests.tables import assert_found, assert_rows, tables, tables_without_persons

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


def test_interventions_are_counted_by_what_they_are_and_associations_once_in_a_cell() -> None:
    given = tables(
        interventions="""
            intervention | association | kind       | direction   | starts_on  | ends_before
            1            | 1           | individual | preparatory | 2019-12-31 | 2020-01-01
            2            | 1           | individual | preparatory | 2020-12-31 |
            3            | 1           | individual | preparatory | 2020-01-01 | 2020-01-02
            4            | 2           | structural | training    | 2019-01-01 | 2021-01-01
            5            | 2           | structural | training    | 2021-01-01 |
        """
    )
    assert_rows(
        interventions(tables=given, periods=YEARS, by=["direction"]),
        expect="""
            period | direction   | interventions
            2019   | preparatory | 1
            2019   | training    | 1
            2020   | preparatory | 2
            2020   | training    | 1
        """,
    )
    assert_rows(
        associations(tables=given, periods=YEARS),
        expect="""
            period | associations
            2019   | 2
            2020   | 2
        """,
    )


def test_an_intervention_counts_in_the_quarters_it_has_a_day_in() -> None:
    given = tables(
        interventions="""
            intervention | starts_on  | ends_before
            1            | 2020-03-31 | 2020-04-01
            2            | 2020-03-31 | 2020-04-02
        """
    )
    found = interventions(tables=given, periods=Periods.quarters("2020K1", "2020K3")).to_pyarrow().to_pylist()
    periods = Periods.quarters("2020K1", "2020K3")
    assert_found(
        [row | {"period": periods.name(row["period"])} for row in found],
        expect="""
            period | interventions
            2020K1 | 2
            2020K2 | 1
        """,
    )


def test_an_intervention_counts_once_with_each_party_that_performs_it() -> None:
    given = tables(
        interventions="""
            intervention
            1
            2
        """,
        performers="""
            intervention | party_kind | party_code
            1            | 1          |
            1            | 3          | 14
            1            | 4          | 1480
        """,
    )
    assert_rows(
        interventions(tables=given, periods=Periods.years(2020), by=["party"]),
        expect="""
            period | party | interventions
            2020   | 1     | 1
            2020   | 2     | 1
            2020   | 3     | 1
            2020   | 0     | 1
        """,
    )


def test_what_an_intervention_is_stands_in_one_row_a_year() -> None:
    given = {
        "interventions": """
            intervention | association | name | kind       | direction   | starts_on  | ends_before
            1            | 3           | Ett  | individual | preparatory | 2020-01-01 | 2021-01-01
            2            | 3           | Två  | structural | training    | 2018-05-01 |
        """,
        "target_groups": """
            intervention | need_group
            1            | long_term_sick
            1            | young_with_disability
        """,
        "performers": """
            intervention | party_kind | party_code
            1            | 1          |
            1            | 4          | 1480
            1            | 4          | 1482
        """,
    }
    assert_rows(
        facts(tables=tables(**given), periods=YEARS),
        expect="""
            period | intervention | association | name | kind       | direction   | starts_on  | ends_before
            2019   | 2            | 3           | Två  | structural | training    | 2018-05-01 |
            2020   | 1            | 3           | Ett  | individual | preparatory | 2020-01-01 | 2021-01-01
            2020   | 2            | 3           | Två  | structural | training    | 2018-05-01 |
        """,
    )
    assert_rows(
        facts(tables=tables(**given), periods=YEARS, where={"kind": {1}}),
        expect="""
            period | intervention | target_groups | party_kinds | parties
            2020   | 1            | 10            | 18          | 3
        """,
    )


def test_what_was_planned_for_an_intervention_and_who_came_stands_there_too() -> None:
    given = {
        "interventions": """
            intervention | kind       | starts_on
            1            | individual | 2020-01-01
            2            | structural | 2018-05-01
        """,
        "plans": """
            intervention | year | participants
            1            | 2020 | 12
            2            | 2019 | 50
        """,
        "head_counts": """
            intervention | year | source    | women | men
            1            | 2020 | anonymous | 2     | 1
            2            | 2020 | volume    | 30    | 20
        """,
    }
    stays = """
        participation | person | intervention | starts_on
        1             | 1      | 1            | 2020-02-01
        2             | 1      | 1            | 2020-05-01
        3             | 2      | 2            | 2020-05-01
    """
    assert_rows(
        facts(tables=tables(**given, participations=stays), periods=YEARS),
        expect="""
            period | intervention | planned | identified | anonymous | volume | budget | actual
            2019   | 2            | 50      | 0          | 0         | 0      |        |
            2020   | 1            | 12      | 1          | 3         | 0      |        |
            2020   | 2            |         | 0          | 0         | 50     |        |
        """,
    )
    assert_rows(
        facts(tables=tables_without_persons(**given), periods=YEARS, where={"kind": {1}}),
        expect="""
            period | intervention | planned | identified | anonymous
            2020   | 1            | 12      |            | 3
        """,
    )


def test_money_finds_its_place_beside_the_facts() -> None:
    given = tables(
        interventions="""
            intervention
            1
            2
        """
    )
    money = ibis.memtable(
        pa.table({"intervention": [1, 1], "year": [2019, 2020], "budget": [90_000, 100_000], "actual": [None, 88_050]})
    )
    assert_rows(
        facts(tables=given, periods=YEARS, money=money),
        expect="""
            period | intervention | budget | actual
            2019   | 1            | 90000  |
            2019   | 2            |        |
            2020   | 1            | 100000 | 88050
            2020   | 2            |        |
        """,
    )
