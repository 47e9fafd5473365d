"""Invented persons for tests, with numbers nobody can have."""

from datetime import date, datetime
from itertools import count
from typing import Any

from finsam.access.actors import Actor
from finsam.access.models import Installation
from finsam.associations.models import Municipality
from finsam.interventions.models import Intervention
from finsam.participants import actions
from finsam.participants.models import Consent, Participation, Person
from finsam.values.identity import IdentityNumber, shifted
from tests import factories

serials = count(1)


def identity(birth_date: date = date(1985, 1, 1), *, sex: str = "women") -> IdentityNumber:
    """A new invented person's number."""
    serial = next(serials) * 2 + (1 if sex == "men" else 0)
    return IdentityNumber(shifted(birth_date, serial % 1000))


def start(starts_on: date = date(2020, 3, 2), **facts: Any) -> actions.Start:
    """What is registered at the start of a stay."""
    defaults: dict[str, Any] = {
        "municipality": Municipality.objects.get(code="0180"),
        "supports": ["sickness_cash_benefit"],
        "months_in_support": 40,
        "education": "upper_secondary",
        "occupation": "other",
        "need_groups": ["long_term_sick"],
    }
    return actions.Start(starts_on=starts_on, **{**defaults, **facts})


def demo_home() -> None:
    """Mark the test's home as a demo, which takes only numbers nobody can have."""
    demo = {"is_demo": True, "fixed_today": factories.NOW.date(), "created_at": factories.NOW, "version": "0"}
    Installation.objects.get_or_create(pk=1, defaults=demo)


def consent(actor: Actor, intervention: Intervention, given_on: date = date(2018, 1, 1)) -> Consent:
    """A consent recorded by the actor."""
    return actions.record_consent(actor=actor, intervention=intervention, given_by="participant", given_on=given_on)


def participation(
    intervention: Intervention,
    registrar: Actor | None = None,
    *,
    who: IdentityNumber | None = None,
    at: datetime = factories.NOW,
    starts_on: date = date(2020, 3, 2),
    **facts: Any,
) -> Participation:
    """A person enrolled by a registrar at a moment."""
    demo_home()
    registrar = registrar or factories.actor(factories.registrar(intervention), at)
    return actions.enrol(
        actor=registrar,
        intervention=intervention,
        consent=consent(registrar, intervention, given_on=starts_on),
        identity=who or identity(),
        name="Låtsas Exempelberg",
        start=start(starts_on, **facts),
    )


def end(actor: Actor, stay: Participation, last_day: date, reason: str = "completed") -> Participation:
    """A stay ended with half-time work."""
    return actions.end(
        actor=actor,
        participation=stay,
        last_day=last_day,
        supports=["none"],
        occupation="work",
        extent=50,
        end_reason=reason,
    )


def change_number(
    actor: Actor, stay: Participation, who: IdentityNumber, *, same: str = "new", name: str = "Låtsas Exempelberg"
) -> Person:
    """A person given another number, with the answer to whether it is the same human."""
    return actions.change_identity(actor=actor, participation=stay, identity=who, name=name, same=same)
