"""What is true of snapshots: when a year counts as registered, and which snapshot its report is made from."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")


SCHEMA_VERSION: Final = 3  # 2 lays persons out by year, 3 needs too; what is lacking is worked out when it is asked for


class Dated(Protocol):
    """Anything that is as of a day."""

    @property
    def as_of(self) -> date:
        """The day."""


D = TypeVar("D", bound=Dated)


def end_of(day: date) -> datetime:
    """The moment a day ends in Swedish time: what is registered then or later is not of that day."""
    return datetime.combine(day + timedelta(days=1), time(), STOCKHOLM)


def complete_from(year: int) -> date:
    """The first day from which a year counts as registered: 31 January of the year after."""
    return date(year + 1, 1, 31)


def choose(taken: Sequence[D], year: int, today: date) -> D:
    """The snapshot of a year's report when none is named: the earliest as-of from 31 January of the year after."""
    day = complete_from(year)
    usable = [one for one in taken if one.as_of >= day]
    if usable:
        return min(usable, key=lambda one: one.as_of)
    if day > today:
        raise ValidationError(
            _(
                "Året %(year)s räknas som registrerat först %(day)s. Ta en ögonblicksbild då, eller en av i dag och "
                "välj den för rapporten: finsam snapshot take --as-of %(today)s"
            )
            % {"year": year, "day": day, "today": today}
        )
    raise ValidationError(
        _("Det finns ingen ögonblicksbild per %(day)s eller senare. Ta en med: finsam snapshot take --as-of %(day)s")
        % {"day": day}
    )


def newest_complete(taken: Sequence[D]) -> D | None:
    """The newest of those in which the last whole year counts as registered; else the newest there is."""
    complete = [one for one in taken if one.as_of >= complete_from(one.as_of.year - 1)]
    return max(complete or taken, key=lambda one: one.as_of, default=None)


def refuse_future(as_of: date, today: date) -> None:
    """Refuse a snapshot of a day that has not come."""
    if as_of > today:
        sentence = _("Dagen har inte kommit än. Välj %(today)s eller tidigare.") % {"today": today}
        raise ValidationError({"as_of": sentence})
