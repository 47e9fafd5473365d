"""Late registration: what a figure for one period comes to as time goes by, and where it is likely to end.

The same figure is taken from snapshots of several days. How much later than the end of the period the snapshot is
gives the delay, so that periods stand beside each other at the same age: a triangle, since the newest period has the
shortest history. The method is the chain ladder with the standard error of Mack (ASTIN Bulletin 23, 1993):

- A step leads from the delay the newest period has to the nearest later one at which at least two older periods are
  known at both ends, and so on. Its factor is the sum of the later counts over the sum of the earlier ones.
- The estimate is the newest count times the factors. It is what the figure is expected to be after the last step's
  delay, not for ever after.
- The interval is meant to hold four times in five. Its width comes from how much the factors of the older periods
  differ. They are few, so Student's distribution is used, with the degrees of freedom of the poorest step.
- The test of the method is hindsight: what would have been said then, from what was known then, of periods that are
  known by now. A share of intervals that held far below four in five says that the interval is not to be trusted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, exp, floor, sqrt
from typing import NamedTuple

from finsam.statistics.tables.periods import Periods

Triangle = Mapping[int, Mapping[int, int]]  # period -> delay -> count

FEWEST = 2  # older periods a step must be known from
# Student's t that four in five lie within, by degrees of freedom; beyond the last the normal distribution's.
STUDENT = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
NORMAL = 1.282


class Seen(NamedTuple):
    """What a figure for a period was as of a day."""

    period: int
    as_of: date
    figure: int


class Step(NamedTuple):
    """From one delay to the next: the factor, how much it differs between periods, and the counts it is made from."""

    delay: int
    factor: Fraction
    variance: Fraction  # Mack's sigma squared
    counted: int  # the sum of the earlier counts
    periods: int


@dataclass(frozen=True)
class Estimate:
    """What the newest period is expected to come to after a delay, with the interval four in five lie within.

    Without an older period to learn from, `expected` is what has been seen and there is no interval.
    """

    period: int
    as_of: date
    delay: int
    seen: int
    after: int
    expected: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Hindsight:
    """An earlier estimate beside what the figure then came to."""

    estimate: Estimate
    came_to: int

    @property
    def held(self) -> bool:
        """Tell whether the figure came to lie in the interval."""
        low, high = self.estimate.low, self.estimate.high
        return low is not None and high is not None and low <= self.came_to <= high


def delay_of(period: int, periods: Periods, as_of: date, *, months: int = 1) -> int:
    """Give the whole months (or quarters: `months` 3) from the end of a period to the end of a day; negative before.

    As of 31 January a year that ended with December is one month old.
    """
    end, day = periods.first_day(period + 1), as_of + timedelta(days=1)
    whole = (day.year - end.year) * 12 + day.month - end.month - (day.day < end.day)
    return whole // months


def triangle(found: Iterable[Seen], periods: Periods, *, months: int = 1) -> dict[int, dict[int, int]]:
    """Lay what was seen out by period and delay; of several as old, the last one seen stands."""
    laid: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for one in sorted(found, key=lambda one: (one.period, one.as_of)):
        laid[one.period][delay_of(one.period, periods, one.as_of, months=months)] = one.figure
    return dict(laid)


def estimate(found: Sequence[Seen], periods: Periods, *, months: int = 1) -> Estimate:
    """Estimate what the newest period comes to, from how the older ones grew from the age it has now."""
    newest = max(found, key=lambda one: (one.period, one.as_of))
    laid = triangle(found, periods, months=months)
    delay = max(laid[newest.period])
    steps = list(_steps(laid, newest.period, delay))
    expected = Fraction(newest.figure)
    for step in steps:
        expected *= step.factor
    low, high = _interval(newest.figure, steps) if steps else (None, None)
    after = steps[-1].delay if steps else delay
    return Estimate(
        newest.period, newest.as_of, delay, newest.figure, after, floor(expected + Fraction(1, 2)), low, high
    )


def hindsight(found: Sequence[Seen], periods: Periods, *, months: int = 1) -> list[Hindsight]:
    """Make every estimate that could have been made earlier and is known by now, with what it came to.

    For each day something was seen, and each period, only what had been seen of it and of older ones is used.
    """
    laid = triangle(found, periods, months=months)
    known = sorted({(one.as_of, one.period) for one in found})
    then = (
        estimate([one for one in found if one.as_of <= day and one.period <= period], periods, months=months)
        for day, period in known
    )
    said = {(one.period, one.delay): one for one in then if one.low is not None}
    return [Hindsight(one, laid[one.period][one.after]) for one in said.values() if one.after in laid[one.period]]


def share_held(checked: Sequence[Hindsight]) -> Fraction | None:
    """Give the share of intervals that held; None when none could be checked."""
    return Fraction(sum(one.held for one in checked), len(checked)) if checked else None


def _steps(laid: Triangle, newest: int, delay: int) -> Iterator[Step]:
    older = [counts for period, counts in laid.items() if period < newest]
    for later in sorted({one for counts in older for one in counts if one > delay}):
        pairs = [(counts[delay], counts[later]) for counts in older if counts.get(delay) and later in counts]
        if len(pairs) >= FEWEST:
            yield _step(later, pairs)
            delay = later


def _step(later: int, pairs: Sequence[tuple[int, int]]) -> Step:
    counted = sum(before for before, _ in pairs)
    factor = Fraction(sum(after for _, after in pairs), counted)
    spread = sum((before * (Fraction(after, before) - factor) ** 2 for before, after in pairs), Fraction(0))
    return Step(later, factor, spread / (len(pairs) - 1), counted, len(pairs))


def _interval(count: int, steps: Sequence[Step]) -> tuple[int | None, int | None]:
    """Give whole numbers around the interval; on the scale of logarithms, so that it never goes below nothing."""
    expected, variance = Fraction(count), Fraction(0)
    for step in steps:
        if not expected or not step.factor:
            return None, None
        variance += step.variance / step.factor**2 * (1 / expected + Fraction(1, step.counted))
        expected *= step.factor
    freedom = min(step.periods for step in steps) - 1
    student = STUDENT[freedom - 1] if freedom <= len(STUDENT) else NORMAL
    width = exp(student * sqrt(variance))
    return floor(float(expected) / width), ceil(float(expected) * width)
