"""How long stays last, where some are still going on, and how long people lived on public support before."""

from datetime import date
from fractions import Fraction

from finsam.statistics.figures import durations
from finsam.statistics.figures.durations import Days
from finsam.statistics.tables.periods import Periods
from tests.tables import assert_rows, tables

HALF = Fraction(1, 2)


def test_the_first_and_the_last_day_count_and_who_is_still_in_has_lasted_until_the_last_known_day() -> None:
    stays = tables(
        participations="""
            participation | person | starts_on  | ends_before | end_reason
            1             | 1      | 2020-03-01 | 2020-03-02  | completed
            2             | 2      | 2020-12-01 | 2021-01-01  | completed
            3             | 3      | 2020-12-01 | 2021-01-02  | completed
            4             | 4      | 2020-12-31 |             |
            5             | 4      | 2020-03-01 | 2020-03-02  | misregistration
        """
    )
    assert_rows(
        durations.days_in_intervention(tables=stays, periods=Periods.years(2020)),
        expect="""
            period | days | ended | still_in
            2020   | 1    | 1     | 1
            2020   | 31   | 1     | 1
        """,
    )


def test_nothing_is_known_after_the_day_the_snapshot_is_as_of() -> None:
    stays = tables(
        participations="""
            participation | person | starts_on  | ends_before
            1             | 1      | 2020-03-01 |
            2             | 2      | 2020-06-30 | 2020-07-01
            3             | 3      | 2020-07-01 |
        """
    )
    assert_rows(
        durations.days_in_intervention(tables=stays, periods=Periods.years(2020), through=date(2020, 6, 30)),
        expect="""
            period | days | ended | still_in
            2020   | 1    | 1     | 0
            2020   | 122  | 0     | 1
        """,
    )


def test_stays_belong_to_the_period_they_started_in_and_are_followed_to_the_end_of_the_last() -> None:
    stays = tables(
        participations="""
            participation | person | sex   | starts_on  | ends_before
            1             | 1      | women | 2019-12-31 | 2020-01-02
            2             | 2      | men   | 2019-12-31 |
            3             | 3      | men   | 2018-12-31 | 2020-01-02
        """
    )
    assert_rows(
        durations.days_in_intervention(tables=stays, periods=Periods.years(2019, 2020), by=["sex"]),
        expect="""
            period | sex   | days | ended | still_in
            2019   | women | 2    | 1     | 0
            2019   | men   | 367  | 0     | 1
        """,
    )


def test_time_in_public_support_before_counts_each_stay_where_it_is_registered() -> None:
    stays = tables(
        participations="""
            participation | person | starts_on  | months_in_support
            1             | 1      | 2020-03-01 | 0
            2             | 1      | 2020-04-01 | 40
            3             | 2      | 2020-04-01 | 40
            4             | 3      | 2020-04-01 |
        """
    )
    assert_rows(
        durations.months_in_support(tables=stays, periods=Periods.years(2020), flow="new"),
        expect="""
            period | months | participations
            2020   | 0      | 1
            2020   | 40     | 2
        """,
    )


def test_survival_by_hand() -> None:
    """Ten begin. Two end on day 5; on day 8 three are still in, of whom no more is known; one of the five left ends on
    day 9, and two of four on day 12.
    """
    counts = [Days(12, 2, 0), Days(5, 2, 0), Days(8, 0, 3), Days(9, 1, 0), Days(20, 0, 2)]
    curve = durations.survival(counts)
    assert [(step.days, step.at_risk, step.ended) for step in curve] == [(5, 10, 2), (9, 5, 1), (12, 4, 2)]
    assert [step.surviving for step in curve] == [Fraction(8, 10), Fraction(64, 100), Fraction(32, 100)]
    assert [durations.time_until(curve, share) for share in durations.QUARTERS] == [9, 12, None]


def test_who_is_still_in_after_a_day_was_at_risk_on_it() -> None:
    assert durations.survival([Days(7, 1, 3)])[0].surviving == Fraction(3, 4)


def test_nothing_has_been_reached_where_nothing_has_ended() -> None:
    curve = durations.survival([Days(3, 0, 8)])
    assert curve == []
    assert durations.time_until(curve, Fraction(1, 4)) is None


def test_a_half_that_is_reached_exactly_is_reached() -> None:
    """In whole numbers, where a product of decimal fractions could come to lie just above a half."""
    counts = [Days(day, 1, 0) for day in range(1, 7)]
    assert durations.time_until(durations.survival(counts), HALF) == 3
