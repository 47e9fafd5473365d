"""What may be asked about snapshots, linkages and denominators."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.snapshots import linkage, rules
from finsam.snapshots.models import Denominator, Linkage, Snapshot

if TYPE_CHECKING:
    pass


def snapshots(*, actor: Actor) -> QuerySet[Snapshot]:
    """Every snapshot taken, newest day first."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return Snapshot.objects.order_by("-as_of", "-pk")


def snapshot(*, actor: Actor, identifier: str) -> Snapshot:
    """The snapshot with an ID; refused with a sentence when there is none."""
    found = snapshots(actor=actor).filter(identifier=identifier).first()
    if found is None:
        raise ValidationError(
            _("Det finns ingen ögonblicksbild med ID %(id)s. Se vilka som finns: finsam snapshot list"),
            params={"id": identifier},
        )
    return found


def snapshot_for(*, actor: Actor, year: int) -> Snapshot:
    """The snapshot a year's report is made from when none is named."""
    return rules.choose(list(snapshots(actor=actor)), year, actor.today)


def newest_snapshot(*, actor: Actor) -> Snapshot:
    """The snapshot of the newest day; refused with the command that takes one when there is none."""
    found = snapshots(actor=actor).first()
    if found is None:
        raise ValidationError(_("Det finns ingen ögonblicksbild. Ta en: finsam snapshot take"))
    return found


def linkages(*, actor: Actor) -> QuerySet[Linkage]:
    """Every linkage stored beside a snapshot, newest first."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return Linkage.objects.select_related("snapshot").order_by("-stored_at", "-pk")


def linkage_faults(*, actor: Actor, stored: Linkage) -> list[str]:
    """Every way in which a linkage is not what it was when it was stored, as sentences; none when it is whole."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return linkage.faults(stored)


def denominators(*, actor: Actor) -> QuerySet[Denominator]:
    """How many received each benefit each year, as published elsewhere."""
    actor.require(Permission.SEE_REPORTS)
    return Denominator.objects.order_by("year", "support", "pk")
