"""What became of the stays that ended."""

from typing import Any

import ibis.expr.types as ir

from finsam.statistics.figures import outcomes
from finsam.statistics.figures.outcomes import UNITS
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from tests.tables import assert_rows, tables

YEARS = Periods.years(2019, 2020)
TWO_STAYS = """
    participation | person | starts_on  | ends_before
    1             | 1      | 2019-11-01 | 2020-02-01
    2             | 1      | 2020-03-01 | 2020-09-01
"""


def ended(given: Tables, unit: str, *by: str, **where: Any) -> ir.Table:
    """Those who ended, as they are counted by what became of them."""
    return FIGURES[f"{unit}_ended"].count(tables=given, periods=YEARS, by=by, **where)


def test_a_support_counts_before_and_after_and_several_count_in_each() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2020-02-01 | 2020-09-01
            2             | 2      | 2020-02-01 | 2020-09-01
        """,
        supports="""
            participation | moment | support
            1             | start  | sickness_cash_benefit
            1             | start  | social_assistance
            1             | end    | none
            2             | start  | social_assistance
            2             | end    | social_assistance
        """,
    )
    for unit in UNITS:
        assert_rows(
            outcomes.supports(tables=given, periods=YEARS, unit=unit, by=["support"]),
            expect="""
                period | support               | before | after
                2020   | sickness_cash_benefit | 1      | 0
                2020   | social_assistance     | 2      | 1
                2020   | none                  | 0      | 1
            """,
        )


def test_a_person_counts_once_under_a_support_whatever_the_number_of_stays() -> None:
    given = tables(
        participations=TWO_STAYS,
        supports="""
            participation | moment | support
            1             | start  | social_assistance
            1             | end    | social_assistance
            2             | start  | social_assistance
            2             | end    | none
        """,
    )
    assert_rows(
        outcomes.supports(tables=given, periods=YEARS, unit="persons", by=["support"]),
        expect="""
            period | support           | before | after
            2020   | social_assistance | 1      | 1
            2020   | none              | 0      | 1
        """,
    )
    assert_rows(
        outcomes.supports(tables=given, periods=YEARS, unit="participations", by=["support"]),
        expect="""
            period | support           | before | after
            2020   | social_assistance | 2      | 1
            2020   | none              | 0      | 1
        """,
    )


def test_only_stays_that_ended_in_the_period_count() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before | end_reason
            1             | 1      | 2019-11-01 | 2020-01-01  | completed
            2             | 2      | 2019-11-01 | 2020-01-02  | completed
            3             | 3      | 2019-11-01 |             |
            4             | 4      | 2019-11-01 | 2020-03-01  | misregistration
            5             | 5      | 2019-11-01 | 2018-01-01  | completed
        """
    )
    for unit in UNITS:
        assert_rows(
            ended(given, unit, "end_reason"),
            expect=f"""
                period | end_reason | {unit}
                2019   | completed  | 1
                2020   | completed  | 1
            """,
        )


def test_what_nobody_has_registered_is_not_stated() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before | occupation_at_start
            1             | 1      | 2020-02-01 | 2020-09-01  | other
        """,
        supports="""
            participation | moment | support
            1             | start  | none
        """,
    )
    assert_rows(
        outcomes.supports(tables=given, periods=YEARS, unit="persons", by=["support"]),
        expect="""
            period | support    | before | after
            2020   | none       | 1      | 0
            2020   | not_stated | 0      | 1
        """,
    )
    assert_rows(
        outcomes.occupations(tables=given, periods=YEARS, unit="persons", by=["occupation"]),
        expect="""
            period | occupation | before | after
            2020   | other      | 1      | 0
            2020   | not_stated | 0      | 1
        """,
    )
    assert_rows(
        ended(given, "persons", "end_reason"),
        expect="""
            period | end_reason | persons
            2020   | not_stated | 1
        """,
    )


def test_each_pair_of_supports_before_and_after_counts_and_a_stay_once_in_a_pair() -> None:
    given = tables(
        participations=TWO_STAYS,
        supports="""
            participation | moment | support
            1             | start  | sickness_cash_benefit
            1             | start  | social_assistance
            1             | end    | none
            2             | start  | social_assistance
            2             | end    | none
        """,
    )
    assert_rows(
        ended(given, "participations", "support", "support_after"),
        expect="""
            period | support               | support_after | participations
            2020   | sickness_cash_benefit | none          | 1
            2020   | social_assistance     | none          | 2
        """,
    )
    assert_rows(
        ended(given, "persons", "support", "support_after", where={"support": [4]}),
        expect="""
            period | support           | support_after | persons
            2020   | social_assistance | none          | 1
        """,
    )


def test_a_code_added_to_the_list_of_occupations_belongs_to_the_class_other() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before | occupation_at_start | occupation_at_end
            1             | 1      | 2020-02-01 | 2020-09-01  | 9                   | work
            2             | 2      | 2020-02-01 | 2020-09-01  | other               | studies
            3             | 3      | 2020-02-01 | 2020-09-01  | job_seeking         | job_seeking
        """
    )
    assert_rows(
        outcomes.classes(tables=given, periods=YEARS, unit="persons", by=["occupation"]),
        expect="""
            period | occupation  | before | after
            2020   | work        | 0      | 1
            2020   | studies     | 0      | 1
            2020   | job_seeking | 1      | 1
            2020   | other       | 2      | 0
        """,
    )


def test_who_works_or_studies_after_has_begun_increased_or_done_so_all_along() -> None:
    """From the first to the last: began to work, increased, changed one for the other at the same extent, worked less,
    extent not registered, occupation before not registered, stopped, and not registered after.
    """
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before | occupation_at_start | extent_at_start | occupation_at_end | extent_at_end
            1             | 1      | 2020-02-01 | 2020-09-01  | job_seeking         |                 | work              | 25
            2             | 2      | 2020-02-01 | 2020-09-01  | work                | 50              | studies           | 75
            3             | 3      | 2020-02-01 | 2020-09-01  | studies             | 50              | work              | 50
            4             | 4      | 2020-02-01 | 2020-09-01  | work                | 50              | work              | 49
            5             | 5      | 2020-02-01 | 2020-09-01  | work                |                 | work              | 50
            6             | 6      | 2020-02-01 | 2020-09-01  |                     |                 | work              | 50
            7             | 7      | 2020-02-01 | 2020-09-01  | work                | 50              | other             |
            8             | 8      | 2020-02-01 | 2020-09-01  | work                | 50              |                   |
        """  # noqa: E501 - a table
    )
    for unit in UNITS:
        assert_rows(
            outcomes.work_or_study(tables=given, periods=YEARS, unit=unit),
            expect="""
                period | ended | active | began | increased | gained
                2020   | 8     | 6      | 1     | 1         | 2
            """,
        )


def test_a_person_counts_under_everything_that_any_stay_shows_and_once_as_gained() -> None:
    given = tables(
        participations="""
            participation | person | starts_on  | ends_before | occupation_at_start | extent_at_start | occupation_at_end | extent_at_end
            1             | 1      | 2019-11-01 | 2020-02-01  | other               |                 | work              | 25
            2             | 1      | 2020-03-01 | 2020-09-01  | work                | 25              | work              | 50
            3             | 2      | 2020-03-01 | 2020-09-01  | other               |                 | other             |
        """  # noqa: E501 - a table
    )
    assert_rows(
        outcomes.work_or_study(tables=given, periods=YEARS, unit="persons"),
        expect="""
            period | ended | active | began | increased | gained
            2020   | 2     | 1      | 1     | 1         | 1
        """,
    )
    assert_rows(
        outcomes.work_or_study(tables=given, periods=YEARS, unit="participations"),
        expect="""
            period | ended | active | began | increased | gained
            2020   | 3     | 2      | 1     | 1         | 2
        """,
    )


def test_outcomes_can_be_split_and_a_filter_on_what_is_compared_keeps_those_rows() -> None:
    given = tables(
        participations="""
            participation | person | sex   | starts_on  | ends_before
            1             | 1      | women | 2020-02-01 | 2020-09-01
            2             | 2      | men   | 2020-02-01 | 2020-09-01
        """,
        supports="""
            participation | moment | support
            1             | start  | social_assistance
            1             | end    | none
            2             | start  | none
            2             | end    | none
        """,
    )
    assert_rows(
        outcomes.supports(tables=given, periods=YEARS, unit="persons", by=["sex", "support"], where={"support": [5]}),
        expect="""
            period | sex   | support | before | after
            2020   | women | none    | 0      | 1
            2020   | men   | none    | 1      | 1
        """,
    )
    assert_rows(
        outcomes.occupations(
            tables=given, periods=YEARS, unit="persons", by=["occupation"], where={"sex": [2], "occupation": []}
        ),
        expect="period | occupation | before | after",
    )
    assert_rows(
        outcomes.supports(tables=given, periods=YEARS, unit="persons", where={"support": [4, 5]}),
        expect="""
            period | before | after
            2020   | 2      | 2
        """,
    )


def test_a_person_has_one_sex_in_the_period_and_a_stay_its_own() -> None:
    given = tables(
        participations="""
            participation | person | sex   | starts_on  | ends_before | end_reason
            1             | 1      | men   | 2020-01-01 | 2020-02-01  | completed
            2             | 1      | women | 2020-03-01 |             |
        """
    )
    assert_rows(
        ended(given, "persons", "end_reason", "sex"),
        expect="""
            period | end_reason | sex   | persons
            2020   | completed  | women | 1
        """,
    )
    assert_rows(
        ended(given, "participations", "end_reason", "sex"),
        expect="""
            period | end_reason | sex | participations
            2020   | completed  | men | 1
        """,
    )
