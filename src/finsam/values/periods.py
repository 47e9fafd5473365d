"""Half open periods of days: the first day belongs to the period, `ends_before` does not, None is open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from finsam.values.sentences import SentenceError, gettext_noop

DAY = timedelta(days=1)
END_BEFORE_START = gettext_noop("Sista dagen ligger före första dagen. Ändra någon av dem.")
TOO_FAR_AHEAD = gettext_noop("Datumet ligger för långt fram i tiden. Kontrollera årtalet.")


class PeriodError(SentenceError):
    """A period that cannot be: it has no day in it, or a day the calendar cannot follow."""


def through(last_day: date | None) -> date | None:
    """The day before which a period ends whose last day is given ("till och med"); None stays open."""
    if last_day is None:
        return None
    if last_day == date.max:
        raise PeriodError("too_far_ahead", TOO_FAR_AHEAD)
    return last_day + DAY


@dataclass(frozen=True)
class Period:
    """Days from `starts_on` up to but not including `ends_before`; at least one day."""

    starts_on: date
    ends_before: date | None = None

    def __post_init__(self) -> None:
        if self.ends_before is not None and self.ends_before <= self.starts_on:
            raise PeriodError("end_before_start", END_BEFORE_START)

    @classmethod
    def year(cls, year: int) -> Self:
        """The calendar year, 1 January to 31 December."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period; None while it is open."""
        return None if self.ends_before is None else self.ends_before - DAY

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two periods share at least one day."""
        begins_in_time = other.ends_before is None or self.starts_on < other.ends_before
        return begins_in_time and (self.ends_before is None or other.starts_on < self.ends_before)
