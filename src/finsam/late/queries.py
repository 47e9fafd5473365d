"""What may be asked about late registration."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import queries as edition_queries
from finsam.editions.models import Edition
from finsam.late import rules
from finsam.late.models import LateCounting, Triangle
from finsam.snapshots.models import Snapshot

if TYPE_CHECKING:
    from finsam.late.presentation import Late
    from finsam.publications.blocks import Publication


@dataclass(frozen=True)
class Lateness:
    """What was last counted of how late figures are registered, and what it could be counted from now.

    It is current when neither a snapshot nor an edition has come since, and safe when no edition has: what was counted
    before a publication was not protected together with it.
    """

    row: Triangle | None
    taken: list[Snapshot]
    published: list[Edition]

    @property
    def is_current(self) -> bool:
        """Whether it would be the same if it was counted now."""
        return self.row is not None and self.row.key == rules.key(self.taken, self.published, settings.DISCLOSURE_RULE)

    @property
    def is_safe(self) -> bool:
        """Whether it may be shown beside everything that is out."""
        out = [one.identifier for one in self.published]
        return self.row is not None and self.row.answer.get("published") == out


def late(*, actor: Actor) -> Lateness:
    """What was last counted of how late figures are registered, and what it could be counted from now."""
    actor.require(Permission.PRODUCE_REPORT)
    taken = list(Snapshot.objects.order_by("taken_at", "pk"))
    row = Triangle.objects.order_by("counted_at", "pk").last()
    return Lateness(row, taken, edition_queries.published(actor=actor))


def counting(*, actor: Actor, pk: int) -> LateCounting:
    """One counting that was ordered."""
    actor.require(Permission.PRODUCE_REPORT)
    return LateCounting.objects.get(pk=pk)


def last_ordered(*, actor: Actor) -> LateCounting | None:
    """The counting that was ordered last, which may be under way."""
    actor.require(Permission.PRODUCE_REPORT)
    return LateCounting.objects.order_by("requested_at", "pk").last()


def late_figures(*, actor: Actor) -> dict[str, str]:
    """The figures whose late registration is counted, and what they are called."""
    from finsam.late import presentation

    actor.require(Permission.PRODUCE_REPORT)
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
