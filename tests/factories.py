"""Invented rows for tests: every name says that it is invented, every number is one nobody can have."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from finsam.access import actions as access
from finsam.access import queries
from finsam.access.actors import Actor
from finsam.access.models import Organisation, User
from finsam.access.roles import TABLE, Role
from finsam.associations import actions as associations
from finsam.associations.models import Association, Municipality
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.values.organisation import check_digit

NOW = datetime(2021, 3, 31, 9, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
numbers = count(1)


def operator(at: datetime = NOW) -> Actor:
    """The operator of the server."""
    return queries.system_actor(at=at)


def party(kind: str, code: str = "") -> Organisation:
    """One of the parties that every home has from the start."""
    found = Organisation.objects.filter(kind=kind, **({"code": code} if code else {})).order_by("code", "pk")
    return found[0]


def agency() -> Organisation:
    """Försäkringskassan."""
    return party("social_insurance_agency")


def service() -> Organisation:
    """Arbetsförmedlingen."""
    return party("employment_service")


def user(employer: Organisation | None = None, *roles: Role, where: Association | None = None) -> User:
    """A user with roles, in an association where the role asks for one."""
    number = next(numbers)
    made = access.create_user(
        actor=operator(),
        email=f"testa.{number}@example.invalid",
        name=f"Testa Provsson {number}",
        employer=employer or agency(),
    )
    for role in roles:
        organisation = where.organisation if where and TABLE[role].per_association else None
        access.grant(actor=operator(), user=made, role=role, organisation=organisation)
    return made


def actor(who: User, at: datetime = NOW) -> Actor:
    """A user as an actor."""
    return queries.actor_for(user=who, at=at)


def organisation_number() -> str:
    """An invented organisation number with a right check digit."""
    nine = f"22299{next(numbers):04d}"
    return f"{nine[:6]}-{nine[6:]}{check_digit(nine)}"


def association(*, codes: tuple[str, ...] = (), active: bool = True, **facts: Any) -> Association:
    """An association of whole municipalities with every member the law asks for."""
    defaults = {
        "name": f"Påhittade förbundet {next(numbers)}",
        "number": organisation_number(),
        "first_day": date(2015, 1, 1),
    }
    made = associations.create(actor=operator(), **{**defaults, **facts})
    free = (
        Municipality.objects.filter(coverages=None, region__code="01").order_by("-code").values_list("code", flat=True)
    )
    codes = codes or (free[0],)
    places = list(Municipality.objects.filter(code__in=codes).select_related("party", "region").order_by("code"))
    regions = {place.region for place in places if place.region}
    for member in [agency(), service(), *sorted(regions, key=lambda one: one.pk), *(place.party for place in places)]:
        associations.add_member(actor=operator(), association=made, party=member, first_day=made.first_day)
    for place in places:
        associations.cover(actor=operator(), association=made, municipality=place, first_day=made.first_day)
    if active:
        associations.activate(actor=operator(), association=made)
    return made


def intervention(where: Association | None = None, **facts: Any) -> Intervention:
    """An individual intervention with personal data, by Försäkringskassan and a municipality of the association."""
    where = where or association()
    towns = Organisation.objects.filter(memberships__association=where, kind="municipality").order_by("code", "pk")
    defaults: dict[str, Any] = {
        "association": where,
        "name": f"Påhittad insats {next(numbers)}",
        "starts_on": date(2018, 1, 1),
        "kind": "individual",
        "direction": "preparatory",
        "method": "identified",
        "need_groups": ["long_term_sick"],
        "performers": [agency(), *towns[:1]],
        "controller": agency(),
    }
    wanted = {**defaults, **facts}
    if wanted["method"] == "numbers_only":
        wanted["controller"] = None
    return interventions.create(actor=operator(), **wanted)


def lead(where: Intervention) -> User:
    """A user who leads an intervention."""
    who = user(None, Role.INTERVENTION_LEAD)
    interventions.assign(actor=operator(), intervention=where, user=who, role=Role.INTERVENTION_LEAD)
    return who


def registrar(where: Intervention) -> User:
    """A user who registers participants in an intervention."""
    who = user(None, Role.PARTICIPANT_REGISTRAR)
    interventions.assign(actor=operator(), intervention=where, user=who, role=Role.PARTICIPANT_REGISTRAR)
    return who
