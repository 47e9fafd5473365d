"""What is true of snapshots and report runs: which snapshot a year's report is made from, and how a run moves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.cells import Rule
from finsam.values.shares import swedish_number

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
MOST_ANSWERS: Final = 50  # of one user from one snapshot: so many are protected together
AT_ONCE: Final = 1_000  # so many cells are protected while somebody waits; a larger table is counted in the background
SCHEMA_VERSION: Final = 2  # 2 lays persons out by year; what 1 lacks is worked out when it is asked for

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"running"}),
    "running": frozenset({"done", "failed"}),
    "done": frozenset(),
    "failed": frozenset(),
}

EDITION_TRANSITIONS: Mapping[str, frozenset[str]] = {
    "drafted": frozenset({"reviewed"}),
    "reviewed": frozenset({"published"}),
    "published": frozenset({"replaced"}),
    "replaced": frozenset(),
}


class Dated(Protocol):
    """Anything that is as of a day."""

    @property
    def as_of(self) -> date:
        """The day."""


D = TypeVar("D", bound=Dated)


def stricter(installation: Rule, threshold: int | None, *, hide_zeros: bool) -> Rule:
    """The rule of one publication: the installation's own, or one that hides more."""
    if threshold is not None and threshold < installation.threshold:
        least = {"least": installation.threshold}
        sentence = _("Här döljs alltid antal under %(least)s. Välj %(least)s eller högre.") % least
        raise ValidationError({"threshold": sentence})
    zeros = installation.zeros_published and not hide_zeros
    return Rule(threshold or installation.threshold, zeros_published=zeros)


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


def refuse_beyond(answered: int) -> None:
    """Refuse a new table to whoever has had as many as are protected together."""
    if answered >= MOST_ANSWERS:
        raise ValidationError(
            _(
                "Du har fått %(most)s tabeller ur ögonblicksbilden, så många som skyddas tillsammans. "
                "Du kan öppna dem igen här under, eller välja en annan ögonblicksbild."
            )
            % {"most": MOST_ANSWERS}
        )


def refuse_large(cells: int, most: int) -> None:
    """Refuse a table with more cells than are protected while somebody waits."""
    if cells > most:
        raise ValidationError(
            _(
                "Tabellen får %(cells)s celler, och högst %(most)s kan skyddas på en gång. "
                "Välj färre perioder, en indelning mindre, eller ett län i stället för alla kommuner."
            )
            % {"cells": swedish_number(cells), "most": swedish_number(most)}
        )


def refuse_future(as_of: date, today: date) -> None:
    """Refuse a snapshot of a day that has not come."""
    if as_of > today:
        sentence = _("Dagen har inte kommit än. Välj %(today)s eller tidigare.") % {"today": today}
        raise ValidationError({"as_of": sentence})


def move(state: str, to: str) -> str:
    """The state a run moves to; a move that is not in TRANSITIONS is refused."""
    if to not in TRANSITIONS[state]:
        raise ValidationError(_("Körningen är redan avslutad. Beställ rapporten en gång till."))
    return to


def move_edition(state: str, to: str) -> str:
    """The state an edition moves to; a move that is not in EDITION_TRANSITIONS is refused with what it takes."""
    if to not in EDITION_TRANSITIONS[state]:
        refused = {
            "drafted": _("Granska utgåvan först: finsam edition review"),
            "reviewed": _("Utgåvan är redan granskad och väntar på att publiceras."),
            "published": _("Utgåvan är publicerad och ändras aldrig. En rättelse är en ny utgåva."),
            "replaced": _("Utgåvan är ersatt av en annan och ändras aldrig."),
        }
        raise ValidationError(refused[state])
    return to


def refuse_own(compiled_by: int | None, published_by: int | None, others: Sequence[str]) -> None:
    """Refuse that whoever compiled an edition publishes it; says who can."""
    if published_by is not None and compiled_by != published_by:
        return
    if published_by is None:
        reason = _("En utgåva publiceras av en namngiven person: --as ADRESS.")
    else:
        reason = _("Den som har sammanställt en utgåva publicerar den inte.")
    if others:
        able = _("Det kan göras av %(names)s.") % {"names": ", ".join(others)}
    else:
        able = _("Ge någon mer rollen nationell analytiker.")
    raise ValidationError(f"{reason} {able}")


def refuse_moved_on(published_before: Sequence[str], published_now: Sequence[str]) -> None:
    """Refuse an edition that was not protected together with everything that has been published since."""
    if missing := sorted(set(published_now) - set(published_before)):
        raise ValidationError(
            _("Sedan utgåvan sammanställdes har %(ids)s publicerats. Sammanställ den en gång till.")
            % {"ids": ", ".join(missing)}
        )
