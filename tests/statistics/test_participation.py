"""Who counts as ongoing, new and ended in a period."""

from finsam.statistics.figures import participation
from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
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
        person_years.person_years(tables=given, periods=YEARS),
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


QUARTERS = Periods.quarters("2019K4", "2020K2")


def by_quarter(flow: str, expect: str, **given: str) -> None:
    """Check the distinct persons per quarter."""
    figure = participation.persons(tables=tables(**given), periods=QUARTERS, flow=flow)
    found = [row | {"period": QUARTERS.name(row["period"])} for row in figure.to_pyarrow().to_pylist()]
    assert_found(found, expect)


def test_persons_and_participations_are_counted_apart() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2020-01-01 | 2020-01-02
            2             | 1      | 2020-06-01 | 2020-07-01
            3             | 2      | 2020-06-01 |
        """
    )
    assert_rows(
        participation.persons(tables=given, periods=YEARS, flow="new"),
        expect="""
            period | persons
            2020   | 2
        """,
    )
    assert_rows(
        participation.participations(tables=given, periods=YEARS, flow="new"),
        expect="""
            period | participations
            2020   | 3
        """,
    )


def test_a_stay_has_ended_in_the_period_of_its_last_day() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2017-05-01 | 2020-01-01
            2             | 2      | 2017-05-01 | 2020-01-02
            3             | 3      | 2018-01-01 | 2018-01-02
            4             | 4      | 2018-01-01 |
            5             | 5      | 2017-01-01 | 2018-01-01
        """
    )
    assert_rows(
        participation.participations(tables=given, periods=YEARS, flow="ended"),
        expect="""
            period | participations
            2018   | 1
            2019   | 1
            2020   | 1
        """,
    )


def test_a_quarter_is_counted_as_a_year_is() -> None:
    given = {
        "participations": """
            participation | person | starts_on  | ends_before
            1             | 1      | 2019-12-31 | 2020-01-01
            2             | 2      | 2019-12-31 | 2020-01-02
            3             | 3      | 2020-03-31 | 2020-07-01
            4             | 4      | 2020-07-01 |
        """
    }
    by_quarter(
        "ongoing",
        **given,
        expect="""
            period | persons
            2019K4 | 2
            2020K1 | 2
            2020K2 | 1
        """,
    )
    by_quarter(
        "new",
        **given,
        expect="""
            period | persons
            2019K4 | 2
            2020K1 | 1
        """,
    )
    by_quarter(
        "ended",
        **given,
        expect="""
            period | persons
            2019K4 | 1
            2020K1 | 1
            2020K2 | 1
        """,
    )


def test_a_filter_leaves_stays_out_but_a_person_keeps_the_value_of_all_the_stays() -> None:
    given = tables(
        interventions="""
            intervention | association
            1            | 1
            2            | 2
        """,
        participations="""
            participation | person | intervention | municipality | starts_on
            1             | 1      | 1            | 10           | 2020-02-01
            2             | 1      | 2            | 20           | 2020-03-01
            3             | 2      | 2            | 20           | 2020-03-01
        """,
    )
    assert_rows(
        participation.persons(
            tables=given, periods=YEARS, flow="ongoing", by=["municipality"], where={"association": {1}}
        ),
        expect="""
            period | municipality | persons
            2020   | 20           | 1
        """,
    )
    assert_rows(
        participation.participations(
            tables=given, periods=YEARS, flow="ongoing", by=["municipality"], where={"association": {1}}
        ),
        expect="""
            period | municipality | participations
            2020   | 10           | 1
        """,
    )
    assert_rows(
        participation.persons(
            tables=given, periods=YEARS, flow="ongoing", where={"association": {1}, "municipality": {10}}
        ),
        expect="""
            period | persons
        """,
    )


def test_filters_on_the_stay_must_hold_for_one_and_the_same_stay() -> None:
    given = tables(
        interventions="""
            intervention | association
            1            | 1
            2            | 2
        """,
        participations="""
            participation | person | intervention | starts_on
            1             | 1      | 1            | 2020-02-01
            2             | 1      | 2            | 2020-03-01
            3             | 2      | 1            | 2020-03-01
        """,
        supports="""
            participation | support
            1             | social_assistance
            2             | activity_compensation
            3             | activity_compensation
        """,
    )
    assert_rows(
        participation.persons(tables=given, periods=YEARS, flow="new", where={"association": {1}, "support": {3}}),
        expect="""
            period | persons
            2020   | 1
        """,
    )


def test_a_filtered_table_shows_the_cells_of_the_whole_one_and_no_others() -> None:
    given = tables(
        participations="""
            participation | person | starts_on
            1             | 1      | 2020-02-01
            2             | 2      | 2020-03-01
            3             | 3      | 2020-03-01
        """,
        supports="""
            participation | support
            1             | social_assistance
            1             | activity_compensation
            2             | activity_compensation
        """,
    )
    assert_rows(
        participation.persons(tables=given, periods=YEARS, flow="ongoing", by=["support"]),
        expect="""
            period | support               | persons
            2020   | activity_compensation | 2
            2020   | social_assistance     | 1
            2020   | not_stated            | 1
        """,
    )
    assert_rows(
        participation.persons(tables=given, periods=YEARS, flow="ongoing", by=["support"], where={"support": {3}}),
        expect="""
            period | support               | persons
            2020   | activity_compensation | 2
        """,
    )
