"""Half open periods of days: the first day belongs to the period, `ends_before` does not, None is open."""

from dataclasses import dataclass
from datetime import date, timedelta

from finsam.values.sentences import SentenceError, gettext_noop

DAY = timedelta(days=1)
END_BEFORE_START = gettext_noop("Sista dagen ligger före första dagen. Ändra någon av dem.")


class PeriodError(SentenceError):
    """A period that cannot be: it has no day in it, or a day the calendar cannot follow."""


@dataclass(frozen=True)
class Period:
    """Days from `starts_on` up to but not including `ends_before`; at least one day."""

    starts_on: date
    ends_before: date | None = None

    def __post_init__(self) -> None:
        if self.ends_before is not None and self.ends_before <= self.starts_on:
            raise PeriodError("end_before_start", END_BEFORE_START)

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period; None while it is open."""
        return None if self.ends_before is None else self.ends_before - DAY
