"""Who counts as ongoing, new and ended in a period."""

from finsam.statistics import layout, participation
from finsam.statistics.periods import Periods
from tests.tables import assert_found, assert_rows, tables

YEARS = Periods.years(2018, 2020)


def identified(expect: str, **given: str) -> None:
    """Check the distinct persons per year and sex."""
    assert_rows(
        participation.persons(tables=tables(**given), periods=YEARS, flow="ongoing", by=["sex"]),
        expect,
    )


def by_support(expect: str, **given: str) -> None:
    """Check the distinct persons per year, flow, support and sex."""
    rows = participation.by_support_group(tables=tables(**given), periods=YEARS).to_pyarrow().to_pylist()
    found = [
        {"period": row["period"], "flow": flow, "support": group, "sex": row["sex"], "persons": row[f"{group}_{flow}"]}
        for row in rows
        for flow in participation.FLOWS
        for group in participation.SUPPORT_GROUPS
    ]
    assert_found([row for row in found if row["persons"]], expect)


def test_a_person_with_two_stays_in_a_year_counts_once() -> None:
    identified(
        participations="""
            participation | person | sex   | starts_on  | ends_before
            1             | 1      | women | 2019-11-01 | 2020-02-01
            2             | 1      | women | 2020-09-01 |
            3             | 2      | men   | 2017-01-01 | 2020-01-01
        """,
        expect="""
            period | sex   | persons
            2018   | men   | 1
            2019   | men   | 1
            2019   | women | 1
            2020   | women | 1
        """,
    )


def test_a_stay_whose_last_day_is_new_years_eve_is_not_in_the_next_year() -> None:
    identified(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-03-01 | 2020-01-01
        """,
        expect="""
            period | sex   | persons
            2019   | women | 1
        """,
    )


def test_a_stay_whose_last_day_is_new_years_day_is_in_both_years() -> None:
    identified(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-03-01 | 2020-01-02
        """,
        expect="""
            period | sex   | persons
            2019   | women | 1
            2020   | women | 1
        """,
    )


def test_a_stay_of_a_single_day_counts_on_the_last_and_on_the_first_day_of_a_year() -> None:
    by_support(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2018-12-31 | 2019-01-01
            2             | 2      | 2020-01-01 | 2020-01-02
        """,
        supports="""
            participation | support
            1             | activity_compensation
            2             | activity_compensation
        """,
        expect="""
            period | flow    | support               | sex   | persons
            2018   | ongoing | activity_compensation | women | 1
            2018   | new     | activity_compensation | women | 1
            2020   | ongoing | activity_compensation | women | 1
            2020   | new     | activity_compensation | women | 1
        """,
    )


def test_a_stay_without_end_goes_on_and_a_stay_outside_the_years_does_not_count() -> None:
    identified(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-12-31 |
            2             | 2      | 2021-01-01 |
            3             | 3      | 2016-01-01 | 2018-01-01
        """,
        expect="""
            period | sex   | persons
            2019   | women | 1
            2020   | women | 1
        """,
    )


def test_sickness_and_rehabilitation_benefit_are_one_group_and_a_person_counts_once_in_it() -> None:
    by_support(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-02-01 | 2019-03-01
            2             | 1      | 2019-05-01 | 2019-06-01
        """,
        supports="""
            participation | support
            1             | sickness_cash_benefit
            1             | rehabilitation_cash_benefit
            2             | rehabilitation_cash_benefit
        """,
        expect="""
            period | flow    | support          | sex   | persons
            2019   | ongoing | sickness_benefit | women | 1
            2019   | new     | sickness_benefit | women | 1
        """,
    )


def test_several_supports_count_in_each() -> None:
    by_support(
        participations="""
            participation | person | sex | starts_on  | ends_before
            1             | 1      | men | 2020-02-01 |
        """,
        supports="""
            participation | support
            1             | sickness_cash_benefit
            1             | activity_compensation
            1             | social_assistance
        """,
        expect="""
            period | flow    | support               | sex | persons
            2020   | ongoing | sickness_benefit      | men | 1
            2020   | new     | sickness_benefit      | men | 1
            2020   | ongoing | activity_compensation | men | 1
            2020   | new     | activity_compensation | men | 1
        """,
    )


def test_a_support_counts_as_it_was_at_the_start_and_not_at_the_end() -> None:
    by_support(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2020-02-01 | 2020-06-01
        """,
        supports="""
            participation | moment | support
            1             | start  | activity_compensation
            1             | end    | sickness_cash_benefit
        """,
        expect="""
            period | flow    | support               | sex   | persons
            2020   | ongoing | activity_compensation | women | 1
            2020   | new     | activity_compensation | women | 1
        """,
    )


def test_the_support_of_an_earlier_stay_does_not_make_a_person_new_with_it() -> None:
    by_support(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-02-01 | 2020-03-01
            2             | 1      | 2020-04-01 |
        """,
        supports="""
            participation | support
            1             | activity_compensation
            2             | sickness_cash_benefit
        """,
        expect="""
            period | flow    | support               | sex   | persons
            2019   | ongoing | activity_compensation | women | 1
            2019   | new     | activity_compensation | women | 1
            2020   | ongoing | activity_compensation | women | 1
            2020   | ongoing | sickness_benefit      | women | 1
            2020   | new     | sickness_benefit      | women | 1
        """,
    )


def test_a_corrected_sex_gives_one_value_a_year_that_of_the_stay_which_started_last() -> None:
    by_support(
        participations="""
            participation | person | sex   | starts_on  | ends_before
            1             | 1      | men   | 2019-02-01 | 2020-03-01
            2             | 1      | women | 2020-02-01 | 2020-09-01
        """,
        supports="""
            participation | support
            1             | activity_compensation
        """,
        expect="""
            period | flow    | support               | sex   | persons
            2019   | ongoing | activity_compensation | men   | 1
            2019   | new     | activity_compensation | men   | 1
            2020   | ongoing | activity_compensation | women | 1
        """,
    )


def test_stays_that_started_on_the_same_day_give_way_to_the_highest_number() -> None:
    identified(
        participations="""
            participation | person | sex   | starts_on  | ends_before
            7             | 1      | women | 2020-02-01 |
            9             | 1      | men   | 2020-02-01 |
            8             | 1      | women | 2020-02-01 |
        """,
        expect="""
            period | sex | persons
            2020   | men | 1
        """,
    )


def test_a_changed_municipality_gives_one_value_a_year() -> None:
    given = tables(
        participations="""
            participation | person | municipality | starts_on  | ends_before
            1             | 1      | 10           | 2019-02-01 | 2020-06-01
            2             | 1      | 20           | 2020-03-01 | 2020-04-01
        """
    )
    assert_rows(
        layout.person_years(tables=given, periods=YEARS),
        expect="""
            period | person | municipality
            2019   | 1      | 10
            2020   | 1      | 20
        """,
    )


def test_a_wrong_registration_counts_nowhere() -> None:
    by_support(
        participations="""
            participation | person | starts_on  | ends_before | end_reason
            1             | 1      | 2020-02-01 | 2020-02-02  | misregistration
            2             | 2      | 2020-02-01 | 2020-02-02  | completed
        """,
        supports="""
            participation | support
            1             | activity_compensation
            2             | activity_compensation
        """,
        expect="""
            period | flow    | support               | sex   | persons
            2020   | ongoing | activity_compensation | women | 1
            2020   | new     | activity_compensation | women | 1
        """,
    )


def test_stays_in_structural_interventions_do_not_count() -> None:
    identified(
        interventions="""
            intervention | kind
            1            | individual
            2            | structural
        """,
        participations="""
            participation | person | intervention | starts_on  | ends_before
            1             | 1      | 1            | 2020-02-01 |
            2             | 2      | 2            | 2020-02-01 |
        """,
        expect="""
            period | sex   | persons
            2020   | women | 1
        """,
    )


def test_one_human_in_two_interventions_of_two_associations_is_one_person() -> None:
    identified(
        interventions="""
            intervention | association
            1            | 1
            2            | 2
        """,
        participations="""
            participation | person | intervention | starts_on  | ends_before
            1             | 1      | 1            | 2020-02-01 |
            2             | 1      | 2            | 2020-02-01 |
        """,
        expect="""
            period | sex   | persons
            2020   | women | 1
        """,
    )
