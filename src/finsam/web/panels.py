"""What pages that may not know of participants show of them: got by address, and absent when the room is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.web.addresses import address

Kind = Literal["button", "panel", "todo"]


@dataclass(frozen=True)
class Panel:
    """An address with its words: a button, or a part of a page (`parts/panel.html`) that htmx fetches."""

    url: str
    label: str


# By place and kind: the page that answers, the words of the link to it, and the permission it takes. This is the
# only list of what other pages know of participants.
PLACES: Final[Mapping[tuple[str, Kind], Sequence[tuple[str, StrPromise, Permission]]]] = {
    ("start", "button"): (("enrol", _("Registrera deltagare"), Permission.ENROL),),
    ("start", "panel"): (("participants_waiting", _("Visa deltagare som väntar på dig"), Permission.ENROL),),
    ("intervention", "button"): (("enrol", _("Registrera deltagare"), Permission.ENROL),),
    ("intervention", "panel"): (
        ("intervention_participants", _("Visa deltagarna i insatsen"), Permission.SEE_PARTICIPATIONS),
    ),
    ("figure", "panel"): (
        ("figure_participants", _("Visa deltagandena bakom siffran"), Permission.SEE_PARTICIPATIONS),
    ),
    ("outside", "button"): (
        ("intervention_participants", _("Visa deltagarna i insatsen"), Permission.SEE_PARTICIPATIONS),
    ),
    ("intervention", "todo"): (("intervention_waiting", _("Visa deltagare som väntar på dig"), Permission.ENROL),),
}


def panels(actor: Actor, place: str, kind: Kind, record: Any = None, *, args: tuple[object, ...] = ()) -> list[Panel]:
    """What of participants an actor gets in a place: about a record, or about everything assigned to the actor."""
    args = args if record is None else (record.pk,)
    open_to = [
        Panel(address(page, *args), str(label))
        for page, label, permission in PLACES.get((place, kind), ())
        if (actor.may(permission, record) if record is not None else actor.has(permission))
    ]
    return [panel for panel in open_to if panel.url]
