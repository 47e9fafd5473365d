"""What may be asked about late registration."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.late import rules
from finsam.late.models import Triangle
from finsam.snapshots.models import Snapshot

if TYPE_CHECKING:
    from finsam.late.presentation import Late
    from finsam.publications.blocks import Publication


@dataclass(frozen=True)
class Lateness:
    """What was last counted of how late figures are registered; current when no snapshot has been taken since."""

    row: Triangle | None
    taken: list[Snapshot]
    is_current: bool


def late(*, actor: Actor) -> Lateness:
    """What was last counted of how late figures are registered, and the snapshots it could be counted from now."""
    actor.require(Permission.SEE_REPORTS)
    taken = list(Snapshot.objects.order_by("taken_at", "pk"))
    row = Triangle.objects.order_by("counted_at", "pk").last()
    return Lateness(row, taken, is_current=row is not None and row.key == rules.key(taken, settings.DISCLOSURE_RULE))


def late_figures(*, actor: Actor) -> dict[str, str]:
    """The figures whose late registration is counted, and what they are called."""
    from finsam.late import presentation

    actor.require(Permission.SEE_REPORTS)
    return presentation.names()


def late_shown(*, actor: Actor, row: Triangle, figure: str, language: str) -> "Publication":
    """One figure of what was counted, ready to be shown."""
    from finsam.late import presentation

    return presentation.publication(_late(actor, row, figure), language)


def late_lines(*, actor: Actor, row: Triangle, figure: str) -> list[str]:
    """The same as lines of text, the sentences last."""
    from finsam.late import presentation

    found = _late(actor, row, figure)
    return [*presentation.lines(found), "", *presentation.sentences(found)]


def _late(actor: Actor, row: Triangle, figure: str) -> "Late":
    from finsam.late import counting
    from finsam.late.presentation import Late

    if figure not in late_figures(actor=actor):
        raise ValidationError(_("Siffran finns inte. Välj en i listan."))
    return Late(counting.read(row.answer), figure)
