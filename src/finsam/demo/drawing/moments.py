"""Days and the office hours at which something is registered."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from finsam.demo.drawing.records import AS_OF, STOCKHOLM, TODAY

K = TypeVar("K")
DAY = timedelta(days=1)
LAST_CALIBRATED = AS_OF - 2 * DAY  # 2021-01-31 was a Sunday: the last office day before it
LAST = TODAY - DAY  # nothing in the demo is registered on its own today
MEAN_LAG = 6  # days from start to registration


def between(rng: Random, first: date, last: date) -> date:
    """A day from first to last, both included; a working day where there is one near."""
    day = first + timedelta(days=rng.randrange((last - first).days + 1))
    away = max(0, day.weekday() - 4)
    if away and day - away * DAY >= first:
        return day - away * DAY
    return day


def registered(rng: Random, day: date, *, mean: float = MEAN_LAG, latest: date = LAST_CALIBRATED) -> datetime:
    """When something that happened on a day was registered: some days later, on `latest` at the very last."""
    lag = min(int(rng.expovariate(1 / mean)), 90)
    late = max(day, min(day + timedelta(days=lag), latest))
    away = max(0, late.weekday() - 4)
    return office_hour(rng, max(day, late - away * DAY))


def office_hour(rng: Random, day: date) -> datetime:
    """A moment between eight and four on the day."""
    return datetime.combine(day, time(8 + rng.randrange(8), rng.randrange(60), rng.randrange(60)), STOCKHOLM)


def midnight_after(day: date) -> datetime:
    """The end of a day: what was registered before it was known that day."""
    return datetime.combine(day + DAY, time(0), STOCKHOLM)


def drawn(rng: Random, odds: Mapping[K, float]) -> K:
    """One key, as likely as its odds."""
    left = rng.random() * sum(odds.values())
    for key, odd in odds.items():
        left -= odd
        if left < 0:
            return key
    return key  # only when rounding leaves a crumb
