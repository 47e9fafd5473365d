"""Erasure of a person: the record, all it ever was, and the pseudonym, so that old snapshots no longer know anyone."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from finsam.access import audit, versions
from finsam.access.actors import Actor
from finsam.access.remains import remains
from finsam.access.roles import Permission
from finsam.interventions.models import HeadCount
from finsam.participants import key_lock, pseudonyms
from finsam.participants.models import Consent, ErasureRow, Need, Participation, Person, Pseudonym, Support
from finsam.participants.rules import MISREGISTRATION

WITHDRAWN, PROTECTED = "withdrawn", "protected"


@transaction.atomic
def erase(
    *, actor: Actor, participation: Participation, reason: str = WITHDRAWN, seen: str | None = None
) -> ErasureRow:
    """Erase a person whom the actor may see, and count them in each year instead, without a name.

    Erasure wins over history: nothing of the person is left in any table, and a snapshot taken of an earlier day
    is another one afterwards.
    """
    person = participation.person
    actor.require(Permission.SEE_IDENTITY, person)
    actor.require(Permission.ENROL, participation.intervention)
    key_lock.share()
    versions.require(person, seen)
    stays = Participation.objects.filter(person=person).order_by("pk")
    _count_without_name(actor, person, list(stays.select_related("intervention")))
    consents = list(stays.values_list("consent", flat=True))
    keys = list(stays.values_list("pk", flat=True))
    past = person.history.order_by("history_id")
    numbers, names = set(past.values_list("blind_index", flat=True)), set(past.values_list("pseudonym", flat=True))
    audit.erase(actor, "participants.erase", Support, participation_id__in=keys)
    audit.erase(actor, "participants.erase", Need, participation_id__in=keys)
    audit.erase(actor, "participants.erase", Participation, id__in=keys)
    audit.erase(actor, "participants.erase", Consent, id__in=consents)
    audit.erase(actor, "participants.erase", Person, id=person.pk)
    _forget(actor, numbers, names)
    row = ErasureRow(at=actor.at, reason=reason, persons=1, participations=len(keys))
    audit.write(actor, "participants.erase", row)
    remains.leave_none()
    return row


def _forget(actor: Actor, numbers: set[str], names: set[int]) -> None:
    """Let go of each pseudonym the person had and nobody has now, and of numbers nobody else is registered with."""
    held = set(Person.objects.filter(blind_index__in=numbers).order_by("pk").values_list("blind_index", flat=True))
    for row in Pseudonym.objects.filter(Q(blind_index__in=numbers) | Q(pk__in=names)).order_by("pk"):
        had_by_others = Person.history.filter(pseudonym=row).exists()
        if row.blind_index not in held and not Person.objects.filter(pseudonym=row).exists():
            _let_go(actor, row)
        elif row.blind_index in numbers - held:
            row.blind_index = None
            audit.write(actor, "participants.erase", row)
        elif not had_by_others:  # the number leads on to the human; what old snapshots call the erased leads nowhere
            pseudonyms.rename(actor, "participants.erase", row)


def _let_go(actor: Actor, pseudonym: Pseudonym) -> None:
    """Delete the pseudonym; whoever once had it by a mistaken number had the one of today all along."""
    for joined in pseudonym.joined.order_by("pk"):
        _let_go(actor, joined)
    once = Person.history.filter(pseudonym=pseudonym).order_by("id").values("id")
    for other in Person.objects.filter(pk__in=once).order_by("pk"):
        audit.repoint(actor, "participants.erase", other, "pseudonym_id", pseudonym.pk)
    Pseudonym.objects.filter(pk=pseudonym.pk).delete()


def _count_without_name(actor: Actor, person: Person, stays: list[Participation]) -> None:
    """Move each year's stays to the anonymous heads of their interventions, once per intervention and year."""
    heads = {
        (stay.intervention, year)
        for stay in stays
        if stay.end_reason != MISREGISTRATION
        for year in range(stay.starts_on.year, _last_year(stay, actor.today.year) + 1)
    }
    for intervention, year in sorted(heads, key=lambda one: (one[0].pk, one[1])):
        count = HeadCount.objects.filter(intervention=intervention, year=year, source="anonymous").first()
        count = count or HeadCount(intervention=intervention, year=year, source="anonymous", women=0, men=0)
        setattr(count, person.sex, getattr(count, person.sex) + 1)
        audit.write(actor, "participants.erase", count)


def _last_year(stay: Participation, this_year: int) -> int:
    return this_year if stay.ends_before is None else (stay.ends_before - timedelta(days=1)).year
