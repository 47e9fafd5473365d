"""The record of whoever is registered: the controller's own, made if it is not there, or a stand-in in a rehearsal.

A rehearsal is answered and repeated as often as one likes, and no log has a row of it. So it takes no more notice of
who has the number than whoever asks may see, and takes the same time: a person is known in it who stays in the very
intervention, and everybody else is new.
"""

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.models import Organisation
from finsam.interventions.models import Intervention
from finsam.participants import ciphers, pseudonyms
from finsam.participants.models import Person
from finsam.values.identity import IdentityNumber


@dataclass(frozen=True)
class Claim:
    """Who is to be registered, and whether it is only tried."""

    identity: IdentityNumber
    name: str
    is_rehearsed: bool = False


def person(actor: Actor, intervention: Intervention, who: Claim) -> Person:
    """The record that a stay in an intervention is to have; the intervention is held by whoever asks."""
    controller, index = intervention.controller, ciphers.blind_index(who.identity.number)
    known = Person.objects.filter(controller=controller, blind_index=index)
    if who.is_rehearsed:  # nothing is moved to the keys of today, which would take longer for who is registered
        indexes = (index, *ciphers.older_indexes(who.identity.number))
        known = Person.objects.filter(controller=controller, blind_index__in=indexes)
        known = known.filter(participations__intervention=intervention)
        index = secrets.token_hex(32)  # nobody's
    found = known.order_by("pk").first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _register(actor, controller, who, index)
    except IntegrityError as fault:  # two registrars met the same new human at the same moment
        raise ValidationError(_("Någon annan registrerade samma person just nu. Spara en gång till.")) from fault


def _register(actor: Actor, controller: Organisation | None, who: Claim, index: str) -> Person:
    made = Person(controller=controller, pseudonym=pseudonyms.named(actor, "participants.enrol", index))
    made.hold(name=who.name, number=who.identity.number)
    made.blind_index = index  # another than the number's in a rehearsal alone, of which nothing is kept
    made.sex, made.birth_year = who.identity.sex, who.identity.birth_year
    audit.write(actor, "participants.enrol", made)
    return made
