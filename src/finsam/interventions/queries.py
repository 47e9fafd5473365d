"""What may be asked about interventions."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from finsam.access.actors import Actor
from finsam.access.roles import Permission, Role
from finsam.interventions.models import Assignment, HeadCount, Intervention, Plan


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


def of_association(*, actor: Actor, association_id: int) -> QuerySet[Intervention]:
    """An association's interventions that the actor may see."""
    return visible(actor=actor).filter(association_id=association_id)


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
