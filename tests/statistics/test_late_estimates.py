"""How a figure grows after the end of the period, by numbers worked out by hand."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from finsam.statistics.figures import late_estimates
from finsam.statistics.figures.late_estimates import Estimate, Seen
from finsam.statistics.tables.periods import Periods

YEARS = Periods.years(2016, 2020)
# Each year as of 31 January of the year after, and of the years after that.
GROWTH = {
    2016: [1000, 1100, 1100],
    2017: [2000, 2120, 2140],
    2018: [1000, 1080, 1090],
    2019: [1000, 1050],
    2020: [3000],
}


def laid(growth: dict[int, list[int]]) -> list[Seen]:
    """Write down what was seen of each year on the last of January."""
    return [
        Seen(year, date(year + 1 + late_by, 1, 31), count)
        for year, counts in growth.items()
        for late_by, count in enumerate(counts)
    ]


SEEN = laid(GROWTH)


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        (date(2020, 12, 30), -1),
        (date(2020, 12, 31), 0),
        (date(2021, 1, 30), 0),
        (date(2021, 1, 31), 1),
        (date(2021, 2, 27), 1),
        (date(2021, 2, 28), 2),
        (date(2022, 1, 31), 13),
    ],
)
def test_a_delay_is_the_whole_months_since_the_end_of_the_period(as_of: date, months: int) -> None:
    assert late_estimates.delay_of(2020, YEARS, as_of) == months


def test_a_delay_can_be_counted_in_quarters_and_from_the_end_of_a_quarter() -> None:
    quarters = Periods.quarters("2020K1", "2020K4")
    assert late_estimates.delay_of(quarters.first, quarters, date(2020, 9, 30), months=3) == 2
    assert late_estimates.delay_of(quarters.first, quarters, date(2020, 9, 29), months=3) == 1


def test_the_triangle_has_a_row_a_period_and_the_newest_has_the_shortest() -> None:
    assert late_estimates.triangle(SEEN, YEARS) == {
        2016: {1: 1000, 13: 1100, 25: 1100},
        2017: {1: 2000, 13: 2120, 25: 2140},
        2018: {1: 1000, 13: 1080, 25: 1090},
        2019: {1: 1000, 13: 1050},
        2020: {1: 3000},
    }


def test_of_two_seen_at_the_same_age_the_last_stands() -> None:
    twice = [Seen(2020, date(2021, 2, 3), 7), Seen(2020, date(2021, 1, 31), 5)]
    assert late_estimates.triangle(twice, YEARS) == {2020: {1: 7}}


def test_the_newest_year_grows_as_the_older_ones_did() -> None:
    """From month 1 to 13 the years 2016-2019 grew from 5000 to 5350, a factor of 1.07; from 13 to 25 the years
    2016-2018 from 4300 to 4330. So 3000 becomes 3000 x 5350/5000 x 4330/4300 = 3232.4.

    The spread by Mack: (1000 x 0.03² + 2000 x 0.01² + 1000 x 0.01² + 1000 x 0.02²) / 3 = 1.6/3 = 0.5333 for the first
    step, and 0.0360 for the second (the factors 1, 1.009434, 1.009259 around 1.006977). The poorest step knows three
    years: Student's t of two degrees of freedom is 1.886. Relative variance: 0.5333/1.07² x (1/3000 + 1/5000) +
    0.0360/1.006977² x (1/3210 + 1/4300) = 0.0002485 + 0.0000193 = 0.0002678, whose root is 0.01636; the interval lies
    within a factor of e^(1.886 x 0.01636) = 1.0313.
    """
    assert late_estimates.estimate(SEEN, YEARS) == Estimate(2020, date(2021, 1, 31), 1, 3000, 25, 3232, 3134, 3334)


def test_years_that_grew_alike_leave_no_doubt_and_a_count_may_shrink() -> None:
    shrinking = laid({2016: [1000, 950], 2017: [2000, 1900], 2018: [500]})
    assert late_estimates.estimate(shrinking, YEARS) == Estimate(2018, date(2019, 1, 31), 1, 500, 13, 475, 475, 475)


def test_a_step_needs_two_older_years_and_passes_over_ages_that_are_known_of_one() -> None:
    found = [
        *laid({2017: [100, 110], 2018: [100, 120], 2019: [100]}),
        Seen(2018, date(2019, 6, 30), 118),
        Seen(2017, date(2020, 1, 31), 111),
    ]
    estimate = late_estimates.estimate(found, YEARS)
    assert (estimate.after, estimate.expected) == (13, 115)


def test_without_older_years_to_learn_from_there_is_no_interval() -> None:
    alone = laid({2019: [100, 110], 2020: [100]})
    assert late_estimates.estimate(alone, YEARS) == Estimate(2020, date(2021, 1, 31), 1, 100, 1, 100)
    assert late_estimates.hindsight(alone, YEARS) == []
    assert late_estimates.share_held([]) is None


def test_nobody_counted_yet_is_nothing_to_learn_from() -> None:
    empty = laid({2017: [0, 10], 2018: [100, 110], 2019: [100, 120], 2020: [0]})
    estimate = late_estimates.estimate(empty, YEARS)
    assert (estimate.expected, estimate.low, estimate.high) == (0, None, None)


def test_hindsight_uses_only_what_was_known_then() -> None:
    """On 31 January 2019 the year 2018 could be estimated from 2016 and 2017 (1000 to 1100 and 2000 to 2120, of which
    only the first two columns were known): 1000 x 3220/3000 = 1073, and it came to 1080 after 13 months.
    """
    first = late_estimates.hindsight(SEEN, YEARS)[0]
    assert (first.estimate.period, first.estimate.as_of) == (2018, date(2019, 1, 31))
    assert (first.estimate.expected, first.estimate.after, first.came_to) == (1073, 13, 1080)
    assert first.held


def test_the_share_of_intervals_that_held() -> None:
    wild = laid({2015: [100, 110], 2016: [100, 110], 2017: [100, 111], 2018: [100, 200], 2019: [100, 150], 2020: [100]})
    checked = late_estimates.hindsight(wild, Periods.years(2015, 2020))
    assert [(one.estimate.period, one.held) for one in checked] == [(2017, False), (2018, False), (2019, True)]
    assert late_estimates.share_held(checked) == Fraction(1, 3)


def test_of_many_invented_histories_four_in_five_intervals_hold() -> None:
    """Eleven years a history, each registered to about 98 percent after a month and 99.5 after thirteen, by chance."""
    chance, checked = Random(1), []
    for _history in range(100):
        growth = {}
        for year in range(2010, 2021):
            counts = [chance.gauss(20_000, 1_500)]
            for late_by, (usual, spread) in enumerate([(1.02, 0.008), (1.005, 0.003)], start=1):
                if year + late_by < 2021:
                    counts.append(counts[-1] * chance.gauss(usual, spread))
            growth[year] = [round(count) for count in counts]
        checked += late_estimates.hindsight(laid(growth), Periods.years(2010, 2020))
    held = late_estimates.share_held(checked)
    assert len(checked) == 1_400
    assert held is not None
    assert Fraction(77, 100) <= held <= Fraction(85, 100)
