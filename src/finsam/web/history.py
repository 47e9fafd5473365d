"""A record's history as its page shows it (`parts/history.html`): moments, people, and values in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from finsam.access import trail
from finsam.web import event_words
from finsam.web.templatetags.formats import NOT_REGISTERED, day, last_day, moment, number, period


@dataclass(frozen=True)
class Change:
    """One thing that became another, in words."""

    label: str
    was: str
    became: str


@dataclass(frozen=True)
class Row:
    """What was done at one moment: when, by whom, as what, and what it changed."""

    at: str
    name: str
    capacity: str
    done: str
    changes: Sequence[Change]

    @property
    def height(self) -> int:
        """How many lines of the table it takes."""
        return max(1, len(self.changes))


def rows(events: Sequence[trail.Event]) -> list[Row]:
    """A history in words, the newest first."""
    return [
        Row(
            at=moment(event.at),
            name=event.name,
            capacity=event_words.capacity(event.role, event.user_id),
            done=event_words.done(event),
            changes=[Change(one.label, in_words(one.was), in_words(one.became)) for one in event.differences],
        )
        for event in events
    ]


def in_words(value: trail.Value | None) -> str:
    """A value as people read it; a dash where there is none."""
    return NOT_REGISTERED if value in (None, ()) else WRITTEN.get(type(value), str)(value)


def _several(values: tuple[trail.Value, ...]) -> str:
    """Values of one label: apart by semicolons where each of them has several parts."""
    nested = any(isinstance(one, tuple) and len(one) > 1 for one in values)
    return ("; " if nested else ", ").join(in_words(one) for one in values)


WRITTEN: Final[Mapping[type, Callable[[Any], str]]] = {
    bool: lambda value: _("ja") if value else _("nej"),
    int: number,
    date: day,
    datetime: moment,
    tuple: _several,
    trail.Days: lambda value: period(value.first_day, value.ends_before),
    trail.LastDay: lambda value: last_day(value.ends_before),
    trail.Named: lambda value: f"{value.name} {in_words(value.value)}",
}
