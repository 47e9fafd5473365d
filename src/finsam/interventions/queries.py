"""What may be asked about interventions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from finsam.access import queries as access
from finsam.access import trail
from finsam.access.actors import Actor
from finsam.access.models import Organisation, User
from finsam.access.roles import Permission, Role, roles
from finsam.associations import queries as associations
from finsam.codes import queries as codes
from finsam.interventions import rules
from finsam.interventions.models import Assignment, HeadCount, Intervention, Performer, Plan, TargetGroup


class Period(StrEnum):
    """Where interventions lie beside today; the words stand in addresses."""

    RUNNING = "pagar"
    TO_COME = "kommande"
    ENDED = "avslutade"


@dataclass(frozen=True)
class Year:
    """What is planned and what is counted without names in one calendar year; None where nothing is registered."""

    year: int
    planned: int | None
    women: int | None
    men: int | None

    @property
    def heads(self) -> int | None:
        """Women and men together."""
        return None if self.women is None or self.men is None else self.women + self.men


def visible(*, actor: Actor, permission: Permission = Permission.SEE_INTERVENTION) -> QuerySet[Intervention]:
    """The interventions in which the actor holds a permission, by name."""
    found = Intervention.objects.select_related("association", "controller").order_by("name", "pk")
    where = actor.associations(permission)
    if where is None:
        return found
    mine = Assignment.objects.filter(
        user_id=actor.user_id or 0, ends_before=None, role__in=actor.assigned_roles(permission)
    )
    return found.filter(
        Q(association__organisation_id__in=where) | Q(pk__in=mine.order_by("pk").values("intervention"))
    )


def get(*, actor: Actor, pk: int, permission: Permission = Permission.SEE_INTERVENTION) -> Intervention:
    """One intervention in which the actor holds a permission; DoesNotExist otherwise."""
    return visible(actor=actor, permission=permission).get(pk=pk)


def running(*, actor: Actor, day: date, permission: Permission = Permission.SEE_INTERVENTION) -> QuerySet[Intervention]:
    """The visible interventions that run on a day."""
    return visible(actor=actor, permission=permission).filter(
        Q(ends_before=None) | Q(ends_before__gt=day), starts_on__lte=day
    )


def history(*, actor: Actor, intervention: Intervention) -> list[trail.Event]:
    """What was done to an intervention and its values, newest first; heads only to those who register or answer."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    own = {"intervention_id": intervention.pk}
    parts: list[trail.Part] = [
        trail.Whole(Intervention, intervention.pk),
        trail.Values(TargetGroup, own, shows=("need_group",)),
        trail.Values(Performer, own, shows=("party",)),
        trail.Values(Plan, own, by=("year",), shows=("participants",), label=_("planerat antal")),
        trail.Values(Assignment, own, by=("role",), shows=("user",)),
    ]
    if actor.may(Permission.COUNT_HEADS, intervention) or actor.may(Permission.EDIT_INTERVENTION, intervention):
        parts.append(trail.Values(HeadCount, own, by=("source", "year"), shows=("women", "men")))
    return trail.events(parts, trail.Reader(codes.labels, colleagues(actor=actor, intervention=intervention)))


def colleagues(*, actor: Actor, intervention: Intervention) -> set[int] | None:
    """Whose names the actor may see in an intervention's history.

    Those who work or have worked there, for whoever works there or answers for it; everyone else reads the role alone.
    """
    everywhere = access.nameable(actor=actor)
    works_here = any(user == actor.user_id for user, role in intervention.scope().assigned)
    if everywhere is None or not (works_here or actor.may(Permission.EDIT_INTERVENTION, intervention)):
        return everywhere
    return everywhere | set(intervention.assignments.order_by("pk").values_list("user_id", flat=True))


def of_association(*, actor: Actor, association_id: int) -> QuerySet[Intervention]:
    """An association's interventions that the actor may see."""
    return visible(actor=actor).filter(association_id=association_id)


def in_period(*, actor: Actor, rows: QuerySet[Intervention], period: Period) -> QuerySet[Intervention]:
    """Those of some interventions that run on the actor's day, are to come, or have ended."""
    day = actor.today
    match period:
        case Period.RUNNING:
            return rows.filter(Q(ends_before=None) | Q(ends_before__gt=day), starts_on__lte=day)
        case Period.TO_COME:
            return rows.filter(starts_on__gt=day)
        case Period.ENDED:
            return rows.filter(ends_before__lte=day)


def need_groups(*, actor: Actor, intervention: Intervention) -> list[str]:
    """The need groups an intervention is for."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return list(intervention.target_groups.order_by("pk").values_list("need_group", flat=True))


def performers(*, actor: Actor, intervention: Intervention) -> list[Organisation]:
    """The parties that carry an intervention out, by kind and name."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    rows = intervention.performers.select_related("party").order_by("party__kind", "party__name", "pk")
    return [row.party for row in rows]


def choosable_parties(*, actor: Actor, intervention: Intervention) -> QuerySet[Organisation]:
    """The parties an intervention can be performed or controlled by: today's members, and those already chosen."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    members = associations.member_parties(intervention.association, actor.today).order_by("pk").values("pk")
    chosen = intervention.performers.order_by("pk").values("party")
    found = Organisation.objects.filter(Q(pk__in=members) | Q(pk__in=chosen) | Q(pk=intervention.controller_id))
    return found.order_by("kind", "name", "pk")


def employers(intervention: Intervention, day: date) -> set[int]:
    """The organisations whose staff can work in an intervention: the association, its members and who performs it."""
    members = associations.member_parties(intervention.association, day).values_list("pk", flat=True)
    performing = intervention.performers.order_by("pk").values_list("party", flat=True)
    return {intervention.association.organisation_id, *members, *performing}


def assignable(*, actor: Actor, intervention: Intervention, role: Role) -> QuerySet[User]:
    """The users, others than the actor, who can be given the work of a role in an intervention, by name."""
    found = access.eligible(actor=actor, role=role).exclude(pk=actor.user_id or 0)
    return found.filter(employer__in=employers(intervention, actor.today))


def working_as(*, actor: Actor, user: User) -> frozenset[Role]:
    """The roles a user works in somewhere now or from a day to come, for what may not be combined with them."""
    running = Q(ends_before=None) | Q(ends_before__gt=actor.today)
    rows = Assignment.objects.filter(running, user=user).order_by("pk").values_list("role", flat=True)
    return frozenset(Role(role) for role in rows)


def plans(*, actor: Actor, intervention: Intervention) -> QuerySet[Plan]:
    """The planned numbers of an intervention, newest year first."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return intervention.plans.order_by("-year", "pk")


def planned(*, actor: Actor, interventions: Iterable[Intervention], year: int) -> dict[int, int]:
    """Planned participants of a year for several interventions already seen: intervention id to number."""
    del actor  # the interventions come from `visible`
    rows = Plan.objects.filter(intervention__in=[one.pk for one in interventions], year=year).order_by("pk")
    return dict(rows.values_list("intervention_id", "participants"))


def head_counts(*, actor: Actor, intervention: Intervention) -> QuerySet[HeadCount]:
    """The head counts of an intervention, newest year first."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return intervention.head_counts.order_by("-year", "source", "pk")


def assignments(*, actor: Actor, intervention: Intervention) -> QuerySet[Assignment]:
    """Who works in an intervention now."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return (
        intervention.assignments.filter(ends_before=None)
        .select_related("user__employer")
        .order_by("role", "user__name", "pk")
    )


def assignment(*, actor: Actor, intervention: Intervention, pk: int) -> Assignment:
    """One running assignment of an intervention."""
    return assignments(actor=actor, intervention=intervention).get(pk=pk)


def assigned_since(*, intervention: Intervention, user_id: int | None, role: Role) -> bool:
    """Whether a user now has a role in an intervention."""
    return (user_id or 0, role.value) in intervention.scope().assigned


def without_head_count(*, actor: Actor, year: int) -> QuerySet[Intervention]:
    """Volume interventions of a year that the actor counts heads in and has not counted yet."""
    counted = HeadCount.objects.filter(year=year).order_by("pk").values("intervention")
    return (
        visible(actor=actor, permission=Permission.COUNT_HEADS)
        .filter(Q(ends_before=None) | Q(ends_before__gt=date(year, 1, 1)), method="numbers_only")
        .filter(starts_on__lt=date(year + 1, 1, 1))
        .exclude(pk__in=counted)
    )


def without(*, actor: Actor, role: Role) -> QuerySet[Intervention]:
    """Running interventions the actor may see in which nobody works in a role."""
    staffed = Assignment.objects.filter(ends_before=None, role=role).order_by("pk").values("intervention")
    return running(actor=actor, day=actor.today).exclude(pk__in=staffed)


def years(*, actor: Actor, intervention: Intervention) -> list[Year]:
    """The years of an intervention for which something is planned or counted, newest first."""
    planned = {row.year: row.participants for row in plans(actor=actor, intervention=intervention)}
    counted = {row.year: row for row in head_counts(actor=actor, intervention=intervention)}
    return [
        Year(year, planned.get(year), heads.women if heads else None, heads.men if heads else None)
        for year in sorted({*planned, *counted}, reverse=True)
        for heads in [counted.get(year)]
    ]


def open_years(*, actor: Actor, intervention: Intervention, ahead: int = 0) -> list[int]:
    """The calendar years the intervention runs in, newest first: up to this one, or some years ahead of it."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return rules.years_until(actor.today.year + ahead, intervention.starts_on, intervention.ends_before)


def lacking(*, actor: Actor, intervention: Intervention) -> Sequence[rules.Lack]:
    """What an intervention still needs from the people who run it."""
    assigned = {row.role for row in assignments(actor=actor, intervention=intervention)}
    wanted = {Role.INTERVENTION_LEAD}
    if intervention.method == rules.IDENTIFIED and Role.PARTICIPANT_REGISTRAR in roles():
        wanted.add(Role.PARTICIPANT_REGISTRAR)
    return rules.lacking(
        today=actor.today,
        starts_on=intervention.starts_on,
        ends_before=intervention.ends_before,
        counts_heads=intervention.method == rules.NUMBERS_ONLY,
        missing_roles=sorted(wanted - assigned),
        planned={row.year for row in plans(actor=actor, intervention=intervention)},
        counted={row.year for row in head_counts(actor=actor, intervention=intervention)},
    )
