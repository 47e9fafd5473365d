"""Heads counted without personal data, what was planned, and all participants together."""

import pytest

from finsam.statistics.figures import head_counts
from finsam.statistics.tables.periods import Periods
from tests.tables import assert_rows, tables, tables_without_persons

YEARS = Periods.years(2019, 2020)
YEAR = Periods.years(2020)


def heads(expect: str, *by: str, kind: str = "individual", **given: str) -> None:
    """Check the heads in interventions of a kind."""
    assert_rows(head_counts.heads(tables=tables(**given), periods=YEARS, by=by, kind=kind), expect)


def test_heads_are_summed_over_interventions_in_their_own_year_only() -> None:
    heads(
        """
            period | sex   | anonymous | volume
            2019   | women | 4         | 0
            2019   | men   | 1         | 0
            2020   | women | 7         | 20
            2020   | men   | 3         | 30
        """,
        "sex",
        interventions="""
            intervention
            1
            2
        """,
        head_counts="""
            intervention | year | source    | women | men
            1            | 2018 | anonymous | 9     | 9
            1            | 2019 | anonymous | 4     | 1
            1            | 2020 | anonymous | 2     | 0
            2            | 2020 | anonymous | 5     | 3
            2            | 2020 | volume    | 20    | 30
            2            | 2021 | volume    | 9     | 9
        """,
    )


def test_heads_of_structural_interventions_stand_apart() -> None:
    given = {
        "interventions": """
            intervention | kind
            1            | individual
            2            | structural
        """,
        "head_counts": """
            intervention | year | source | women | men
            1            | 2020 | volume | 10    | 11
            2            | 2020 | volume | 40    | 41
        """,
    }
    heads(
        **given,
        expect="""
            period | anonymous | volume
            2020   | 0         | 21
        """,
    )
    heads(
        **given,
        kind="structural",
        expect="""
            period | anonymous | volume
            2020   | 0         | 81
        """,
    )


def test_heads_count_once_in_each_target_group_of_their_intervention_and_once_in_all() -> None:
    given = {
        "interventions": """
            intervention
            1
            2
        """,
        "target_groups": """
            intervention | need_group
            1            | long_term_sick
            1            | mental_ill_health
        """,
        "head_counts": """
            intervention | year | source    | women | men
            1            | 2020 | anonymous | 2     | 1
            2            | 2020 | anonymous | 5     | 0
        """,
    }
    heads(
        """
            period | target_group      | anonymous
            2020   | long_term_sick    | 3
            2020   | mental_ill_health | 3
            2020   | not_stated        | 5
        """,
        "target_group",
        **given,
    )
    heads(
        """
            period | anonymous
            2020   | 8
        """,
        **given,
    )


def test_a_filter_on_two_target_groups_counts_the_heads_of_an_intervention_with_both_once() -> None:
    given = tables(
        target_groups="""
            intervention | need_group
            1            | long_term_sick
            1            | mental_ill_health
        """,
        head_counts="""
            intervention | year | source    | women | men
            1            | 2020 | anonymous | 2     | 1
        """,
    )
    assert_rows(
        head_counts.heads(tables=given, periods=YEAR, where={"target_group": {1, 4}}),
        expect="""
            period | anonymous
            2020   | 3
        """,
    )


def test_participants_are_distinct_persons_and_heads() -> None:
    given = {
        "interventions": """
            intervention | association
            1            | 1
            2            | 2
        """,
        "participations": """
            participation | person | intervention | starts_on  | ends_before
            1             | 1      | 1            | 2020-02-01 | 2020-03-01
            2             | 1      | 2            | 2020-05-01 |
        """,
        "head_counts": """
            intervention | year | source    | women | men
            1            | 2020 | anonymous | 4     | 1
            2            | 2020 | volume    | 0     | 3
        """,
    }
    assert_rows(
        head_counts.participants(tables=tables(**given), periods=YEAR),
        expect="""
            period | identified | anonymous | volume | participants
            2020   | 1          | 5         | 3      | 9
        """,
    )
    assert_rows(
        head_counts.participants(tables=tables(**given), periods=YEAR, by=["association"]),
        expect="""
            period | association | identified | anonymous | volume | participants
            2020   | 1           | 1          | 5         | 0      | 6
            2020   | 2           | 1          | 0         | 3      | 4
        """,
    )


def test_without_persons_the_identified_and_the_sum_are_empty_and_not_nothing() -> None:
    given = tables_without_persons(
        head_counts="""
            intervention | year | source    | women | men
            1            | 2020 | anonymous | 4     | 1
        """
    )
    assert_rows(
        head_counts.participants(tables=given, periods=YEAR),
        expect="""
            period | identified | anonymous | volume | participants
            2020   |            | 5         | 0      |
        """,
    )


def test_what_was_planned_stands_beside_what_it_came_to() -> None:
    given = tables(
        interventions="""
            intervention | association | kind
            1            | 1           | individual
            2            | 1           | individual
            3            | 2           | individual
            4            | 2           | structural
        """,
        plans="""
            intervention | year | participants
            1            | 2019 | 20
            1            | 2020 | 10
            2            | 2020 | 5
            3            | 2020 | 8
            4            | 2020 | 99
        """,
        participations="""
            participation | person | intervention | starts_on
            1             | 1      | 1            | 2020-02-01
            2             | 1      | 2            | 2020-02-01
        """,
        head_counts="""
            intervention | year | source    | women | men
            2            | 2020 | anonymous | 2     | 0
        """,
    )
    assert_rows(
        head_counts.planned_and_actual(tables=given, periods=YEAR, by=["association"]),
        expect="""
            period | association | planned | identified | anonymous | volume | participants
            2020   | 1           | 15      | 1          | 2         | 0      | 3
            2020   | 2           | 8       | 0          | 0         | 0      | 0
        """,
    )


def test_heads_have_no_quarters() -> None:
    with pytest.raises(ValueError, match="by calendar year"):
        head_counts.heads(tables=tables(), periods=Periods.quarters("2020K1", "2020K2"))
