"""What figures can be split by."""

from finsam.statistics.figures import participation
from finsam.statistics.figures.interventions import interventions
from finsam.statistics.tables import dimensions
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from tests.tables import assert_rows, tables

YEAR = Periods.years(2020)
MUNICIPALITIES = """
    municipality | code | county_code
    1            | 0180 | 01
    2            | 0980 | 09
    3            | 1480 | 14
    4            | 1482 | 14
"""


def persons(by: str, expect: str, given: Tables) -> None:
    """Check the persons ongoing in 2020 by one dimension."""
    assert_rows(participation.persons(tables=given, periods=YEAR, flow="ongoing", by=[by]), expect)


def test_a_region_has_the_code_of_its_county_and_gotland_that_of_its_municipality() -> None:
    given = tables(
        municipalities=MUNICIPALITIES,
        participations="""
            participation | person | municipality | starts_on
            1             | 1      | 1            | 2020-02-01
            2             | 2      | 2            | 2020-02-01
            3             | 3      | 3            | 2020-02-01
            4             | 4      | 4            | 2020-02-01
            5             | 5      |              | 2020-02-01
        """,
    )
    persons(
        "county",
        given=given,
        expect="""
            period | county | persons
            2020   | 1      | 1
            2020   | 9      | 1
            2020   | 14     | 2
            2020   | 0      | 1
        """,
    )
    persons(
        "region",
        given=given,
        expect="""
            period | region | persons
            2020   | 1      | 1
            2020   | 980    | 1
            2020   | 14     | 2
            2020   | 0      | 1
        """,
    )


def test_an_association_lies_in_the_counties_of_the_municipalities_it_covers_in_the_period() -> None:
    given = tables(
        interventions="""
            intervention | association
            1            | 1
            2            | 2
            3            | 3
        """,
        municipalities=MUNICIPALITIES,
        coverage="""
            association | municipality | first_day  | ends_before
            1           | 3            | 2005-01-01 |
            1           | 4            | 2005-01-01 |
            1           | 1            | 2005-01-01 | 2020-01-01
            2           | 1            | 2005-01-01 | 2020-01-02
            2           | 3            | 2020-12-31 |
            3           | 2            | 2021-01-01 |
        """,
    )
    assert_rows(
        interventions(tables=given, periods=YEAR, by=["association_county"]),
        expect="""
            period | association_county | interventions
            2020   | 14                 | 2
            2020   | 1                  | 1
            2020   | 0                  | 1
        """,
    )


def test_a_party_with_letters_for_a_code_or_none_is_its_kind_alone() -> None:
    """Agencies have no number of their own; what stands there instead must not stop the count."""
    given = tables(
        interventions="""
            intervention
            1
            2
        """,
        performers="""
            intervention | party_kind | party_code
            1            | 2          | FK
            1            | 3          | 14
            2            | 2          |
        """,
    )
    assert_rows(
        interventions(tables=given, periods=YEAR, by=["party"]),
        expect="""
            period | party | interventions
            2020   | 1     | 2
            2020   | 2     | 1
        """,
    )


def test_supports_before_and_after_are_of_the_same_stay() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2020-02-01 | 2020-03-01
            2             | 2      | 2020-02-01 | 2020-03-01
        """,
        supports="""
            participation | moment | support
            1             | start  | activity_compensation
            1             | end    | none
            1             | end    | social_assistance
            2             | start  | social_assistance
        """,
    )
    assert_rows(
        participation.participations(tables=given, periods=YEAR, flow="ended", by=["support", "support_after"]),
        expect="""
            period | support               | support_after     | participations
            2020   | activity_compensation | none              | 1
            2020   | activity_compensation | social_assistance | 1
            2020   | social_assistance     | not_stated        | 1
        """,
    )


def test_need_groups_are_of_the_person_and_target_groups_of_the_intervention() -> None:
    given = tables(
        target_groups="""
            intervention | need_group
            1            | long_term_sick
        """,
        participations="""
            participation | person | starts_on
            1             | 1      | 2020-02-01
            2             | 2      | 2020-02-01
        """,
        needs="""
            participation | need_group
            1             | mental_ill_health
            1             | young_with_disability
        """,
    )
    persons(
        "need_group",
        given=given,
        expect="""
            period | need_group            | persons
            2020   | mental_ill_health     | 1
            2020   | young_with_disability | 1
            2020   | not_stated            | 1
        """,
    )
    persons(
        "target_group",
        given=given,
        expect="""
            period | target_group   | persons
            2020   | long_term_sick | 2
        """,
    )


def test_a_dimension_in_which_a_person_has_one_value_adds_up_for_persons() -> None:
    assert dimensions.additive(["sex", "support", "association"], "persons") == {"sex"}
    assert dimensions.additive(["sex", "support", "association"], "participations") == {"sex", "association"}
    assert dimensions.additive(["sex", "target_group", "association"], "heads") == {"sex", "association"}
