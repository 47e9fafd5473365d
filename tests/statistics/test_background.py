"""The background of persons."""

from finsam.statistics.figures import participation
from finsam.statistics.tables.background import at_once
from finsam.statistics.tables.periods import Periods
from tests.tables import assert_found, assert_rows, tables

YEARS = Periods.years(2018, 2020)


def persons(by: str, flow: str, expect: str, **given: str) -> None:
    """Check the persons of a flow by one kind of background."""
    assert_rows(participation.persons(tables=tables(**given), periods=YEARS, flow=flow, by=[by]), expect)


def together(expect: str, periods: Periods = YEARS, **given: str) -> None:
    """Check how many interventions a person is in at once."""
    found = at_once(tables=tables(**given), periods=periods).to_pyarrow().to_pylist()
    assert_found([row | {"period": periods.name(row["period"])} for row in found], expect)


THREE = """
    intervention
    1
    2
    3
    4
"""


def test_time_in_support_falls_in_bands_of_whole_years() -> None:
    persons(
        "support_time",
        "new",
        participations="""
            participation | person | months_in_support | starts_on
            1             | 1      | 0                 | 2020-01-01
            2             | 2      | 11                | 2020-01-01
            3             | 3      | 12                | 2020-01-01
            4             | 4      | 35                | 2020-01-01
            5             | 5      | 36                | 2020-01-01
            6             | 6      | 71                | 2020-01-01
            7             | 7      | 72                | 2020-01-01
            8             | 8      | 119               | 2020-01-01
            9             | 9      | 120               | 2020-01-01
            10            | 10     |                   | 2020-01-01
        """,
        expect="""
            period | support_time | persons
            2020   | 0            | 1
            2020   | 1            | 2
            2020   | 2            | 2
            2020   | 3            | 2
            2020   | 4            | 2
            2020   | 5            | 1
        """,
    )


def test_a_person_has_the_time_in_support_of_the_stay_that_started_last_stated_or_not() -> None:
    persons(
        "support_time",
        "ongoing",
        participations="""
            participation | person | months_in_support | starts_on  | ends_before
            1             | 1      | 8                 | 2018-03-01 | 2019-02-01
            2             | 1      | 20                | 2019-01-01 |
            3             | 1      |                   | 2020-06-01 |
        """,
        expect="""
            period | support_time | persons
            2018   | 1            | 1
            2019   | 2            | 1
            2020   | 0            | 1
        """,
    )


def test_education_is_that_of_the_stay_that_started_last() -> None:
    persons(
        "education",
        "ongoing",
        participations="""
            participation | person | education       | starts_on  | ends_before
            1             | 1      | compulsory      | 2018-03-01 | 2019-02-01
            2             | 1      | upper_secondary | 2018-05-01 | 2018-06-01
            3             | 2      |                 | 2019-03-01 | 2019-04-01
        """,
        expect="""
            period | education       | persons
            2018   | upper_secondary | 1
            2019   | compulsory      | 1
            2019   | not_stated      | 1
        """,
    )


def test_age_is_what_the_person_turns_in_the_year() -> None:
    persons(
        "age_group",
        "ongoing",
        participations="""
            participation | person | birth_year | starts_on  | ends_before
            1             | 1      | 2000       | 2019-03-01 |
            2             | 2      | 1960       | 2019-03-01 |
            3             | 3      | 1991       | 2020-03-01 |
            4             | 4      |            | 2020-03-01 |
        """,
        expect="""
            period | age_group | persons
            2019   | 1         | 1
            2019   | 50        | 1
            2020   | 20        | 1
            2020   | 60        | 1
            2020   | 25        | 1
            2020   | 0         | 1
        """,
    )


def test_stays_are_numbered_in_the_order_they_started_whatever_period_they_lie_in() -> None:
    given = """
        participation | person | starts_on  | ends_before | end_reason
        4             | 1      | 2015-03-01 | 2015-04-01  |
        3             | 1      | 2016-03-01 | 2016-04-01  | misregistration
        2             | 1      | 2018-03-01 | 2018-04-01  |
        5             | 1      | 2019-03-01 | 2019-04-01  |
        6             | 1      | 2020-03-01 | 2020-04-01  |
        1             | 2      | 2020-03-01 | 2020-04-01  |
    """
    persons(
        "stay_number",
        "new",
        participations=given,
        expect="""
            period | stay_number | persons
            2018   | 2           | 1
            2019   | 3           | 1
            2020   | 3           | 1
            2020   | 1           | 1
        """,
    )


def test_stays_that_started_on_one_day_are_numbered_as_registered() -> None:
    found = participation.participations(
        tables=tables(
            participations="""
                participation | person | starts_on
                8             | 1      | 2020-03-01
                7             | 1      | 2020-03-01
            """
        ),
        periods=YEARS,
        flow="new",
        by=["stay_number"],
    )
    assert_rows(
        found,
        expect="""
            period | stay_number | participations
            2020   | 1           | 1
            2020   | 2           | 1
        """,
    )


def test_interventions_after_each_other_are_not_at_once_and_the_last_day_is_in_both() -> None:
    together(
        interventions=THREE,
        participations="""
            participation | person | intervention | starts_on  | ends_before
            1             | 1      | 1            | 2020-01-01 | 2020-03-01
            2             | 1      | 2            | 2020-03-01 |
            3             | 2      | 1            | 2020-01-01 | 2020-03-02
            4             | 2      | 2            | 2020-03-01 |
        """,
        expect="""
            period | person | at_once
            2020   | 1      | 1
            2020   | 2      | 2
        """,
    )


def test_two_stays_in_one_intervention_on_one_day_are_one_intervention() -> None:
    together(
        interventions=THREE,
        participations="""
            participation | person | intervention | starts_on
            1             | 1      | 1            | 2020-01-01
            2             | 1      | 1            | 2020-02-01
        """,
        expect="""
            period | person | at_once
            2020   | 1      | 1
        """,
    )


def test_interventions_that_overlap_in_another_period_are_not_at_once_in_this() -> None:
    together(
        periods=Periods.quarters("2019K4", "2020K2"),
        interventions=THREE,
        participations="""
            participation | person | intervention | starts_on  | ends_before
            1             | 1      | 1            | 2019-11-01 |
            2             | 1      | 2            | 2019-11-01 | 2020-01-02
            3             | 1      | 3            | 2020-01-02 | 2020-04-01
        """,
        expect="""
            period | person | at_once
            2019K4 | 1      | 2
            2020K1 | 1      | 2
            2020K2 | 1      | 1
        """,
    )


def test_three_at_once_stands_for_three_or_more() -> None:
    together(
        interventions=THREE,
        participations="""
            participation | person | intervention | starts_on  | ends_before
            1             | 1      | 1            | 2019-01-01 | 2020-02-02
            2             | 1      | 2            | 2020-02-01 |
            3             | 1      | 3            | 2020-02-01 |
            4             | 1      | 4            | 2020-01-01 |
        """,
        expect="""
            period | person | at_once
            2019   | 1      | 1
            2020   | 1      | 3
        """,
    )
