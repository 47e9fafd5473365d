"""A participation in words: what was registered at the start and at the end of a stay."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from finsam.access.actors import Actor
from finsam.codes import queries as codes
from finsam.forms.choices import words
from finsam.interventions import queries as interventions
from finsam.participants import actions, queries
from finsam.values.identity import MONTHS, IdentityNumber
from finsam.values.working_counts import WorkingCount
from finsam.web.participants.fields import time_words
from finsam.web.pieces import Fact
from finsam.web.templatetags.formats import day, last_day, persons


def place_facts(actor: Actor, intervention: Any) -> list[Fact]:
    """What a registrar needs to see of the intervention while registering."""
    plans = interventions.planned(actor=actor, interventions=[intervention], year=actor.today.year)
    planned = plans.get(intervention.pk)
    ongoing = queries.ongoing(actor=actor, intervention=intervention, day=actor.today)
    return [
        Fact(pgettext("one", "Förbund"), intervention.association.name),
        Fact(_("Ansvarig för personuppgifter"), intervention.controller.name if intervention.controller else None),
        Fact(_("Platser"), _taken(ongoing, planned)),
    ]


def _taken(ongoing: WorkingCount, planned: int | None) -> str:
    """How many of the places that are planned are taken, or how many are where nothing is planned."""
    if planned is None:
        some = ngettext("%(ongoing)s upptagen", "%(ongoing)s upptagna", ongoing.persons)
        sentence = _("ingen upptagen") if ongoing.persons == 0 else some
    else:
        some = ngettext("%(ongoing)s av %(planned)s upptagen", "%(ongoing)s av %(planned)s upptagna", ongoing.persons)
        sentence = _("ingen av %(planned)s upptagen") if ongoing.persons == 0 else some
    return sentence % {"ongoing": persons(ongoing), "planned": planned}


def person_facts(identity: IdentityNumber, name: str) -> list[Fact]:
    """The person, and what the number tells of them."""
    return [
        Fact(_("Personnummer"), whole(identity)),
        Fact(_("Namn"), name),
        Fact(_("Kön"), _("kvinna") if identity.sex == "women" else _("man")),
        Fact(_("Född"), born(identity)),
    ]


def born(identity: IdentityNumber) -> str:
    """The day of birth, or as much of it as the number states."""
    if identity.birth_date is not None:
        return day(identity.birth_date)
    if identity.birth_month is None:
        return _("%(year)s, månaden är inte känd") % {"year": identity.birth_year}
    month = _(MONTHS[identity.birth_month - 1])
    return _("%(month)s %(year)s, dagen är inte känd") % {"month": month, "year": identity.birth_year}


def whole(identity: IdentityNumber) -> str:
    """The whole number as people write it; only on pages whose opening is logged, and where it was just typed."""
    return f"{identity.number[:8]}-{identity.number[8:]}"


def registered_start(actor: Actor, stay: Any) -> actions.Start:
    """A start as it is registered."""
    return actions.Start(
        municipality=stay.municipality,
        starts_on=stay.starts_on,
        supports=queries.supports(actor=actor, participation=stay, moment="start"),
        months_in_support=stay.months_in_support,
        education=stay.education,
        occupation=stay.occupation_at_start,
        extent=stay.extent_at_start,
        need_groups=queries.need_groups(actor=actor, participation=stay),
    )


def start_facts(start: actions.Start) -> list[Fact]:
    """A start in words."""
    return [
        Fact(_("Bostadskommun"), start.municipality.name),
        Fact(_("Första dag i insatsen"), day(start.starts_on)),
        Fact(_("Försörjning före"), words("support", start.supports)),
        Fact(_("Tid i offentlig försörjning"), time_words(start.months_in_support)),
        Fact(_("Högsta avslutade utbildning"), codes.labels("education").get(start.education, start.education)),
        Fact(_("Sysselsättning före"), _occupation(start.occupation, start.extent)),
        Fact(_("Behovsgrupp"), words("need_group", start.need_groups)),
    ]


def end_facts(actor: Actor, stay: Any) -> list[Fact]:
    """An end as it is registered; nothing while the stay is open."""
    if stay.ends_before is None:
        return []
    return [
        Fact(_("Sista dag i insatsen"), last_day(stay.ends_before)),
        Fact(_("Försörjning efter"), words("support", queries.supports(actor=actor, participation=stay, moment="end"))),
        Fact(_("Sysselsättning efter"), _occupation(stay.occupation_at_end, stay.extent_at_end)),
        Fact(_("Avslutsanledning"), codes.labels("end_reason").get(stay.end_reason, stay.end_reason)),
    ]


def _occupation(code: str, extent: int | None) -> str:
    label = codes.labels("occupation").get(code, code)
    return (
        label if extent is None else _("%(occupation)s, %(extent)s procent") % {"occupation": label, "extent": extent}
    )
