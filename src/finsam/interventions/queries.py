"""What may be asked about interventions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finsam.access import queries as access
from finsam.access import trail
from finsam.access.actors import Actor
from finsam.access.models import Organisation, User
from finsam.access.roles import Permission, Role, roles
from finsam.associations import queries as associations
from finsam.associations.holdings import Days, Held
from finsam.associations.models import Association
from finsam.codes import queries as codes
from finsam.interventions import rules
from finsam.interventions.models import Assignment, HeadCount, Intervention, Performer, Plan, TargetGroup
from finsam.values.working_counts import WorkingCount


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
    heads: WorkingCount | None = None
    women: WorkingCount | None = None
    men: WorkingCount | None = None


def visible(*, actor: Actor, permission: Permission = Permission.SEE_INTERVENTION) -> QuerySet[Intervention]:
    """The interventions in which the actor holds a permission, by name."""
    found = Intervention.objects.select_related("association", "controller").order_by("name", "pk")
    where = actor.associations(permission)
    if where is None:
        return found
    mine = Assignment.objects.running_on(actor.today).filter(
        user_id=actor.user_id or 0, role__in=actor.assigned_roles(permission)
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
    works_here = any(user == actor.user_id for user, role in intervention.scope(actor.today).assigned)
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
    own = Assignment.objects.filter(user=user)
    rows = own.running_on(actor.today) | own.to_come(actor.today)
    return frozenset(Role(role) for role in rows.order_by("pk").values_list("role", flat=True))


def plans(*, actor: Actor, intervention: Intervention) -> QuerySet[Plan]:
    """The planned numbers of an intervention, newest year first."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return intervention.plans.order_by("-year", "pk")


def head_counts(*, actor: Actor, intervention: Intervention) -> QuerySet[HeadCount]:
    """The heads of an intervention, for whoever counts them; everybody else is shown its `years`."""
    actor.require(Permission.COUNT_HEADS, intervention)
    return intervention.head_counts.order_by("-year", "source", "pk")


def planned(*, actor: Actor, interventions: Iterable[Intervention], year: int) -> dict[int, int]:
    """Planned participants of a year for several interventions already seen: intervention id to number."""
    del actor  # the interventions come from `visible`
    rows = Plan.objects.filter(intervention__in=[one.pk for one in interventions], year=year).order_by("pk")
    return dict(rows.values_list("intervention_id", "participants"))


def assignments(*, actor: Actor, intervention: Intervention) -> QuerySet[Assignment]:
    """Who works in an intervention on the actor's day, and who will."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    rows, day = intervention.assignments.all(), actor.today
    return (
        (rows.running_on(day) | rows.to_come(day))
        .select_related("user__employer")
        .order_by("role", "user__name", "first_day", "pk")
    )


def assignment(*, actor: Actor, intervention: Intervention, pk: int) -> Assignment:
    """One assignment of an intervention that runs or is to come."""
    return assignments(actor=actor, intervention=intervention).get(pk=pk)


def without_head_count(*, actor: Actor, year: int) -> QuerySet[Intervention]:
    """Volume interventions of a year that the actor counts heads in and has not counted yet."""
    counted = HeadCount.objects.filter(year=year).order_by("pk").values("intervention")
    return (
        visible(actor=actor, permission=Permission.COUNT_HEADS)
        .filter(Q(ends_before=None) | Q(ends_before__gt=date(year, 1, 1)), method="numbers_only")
        .filter(starts_on__lt=date(year + 1, 1, 1))
        .exclude(pk__in=counted)
    )


def misplaced(*, actor: Actor, permission: Permission = Permission.SEE_INTERVENTION) -> QuerySet[Intervention]:
    """Structural interventions that register persons, from before that was refused."""
    return visible(actor=actor, permission=permission).filter(kind=rules.STRUCTURAL, method=rules.IDENTIFIED)


def without(*, actor: Actor, role: Role) -> QuerySet[Intervention]:
    """Running interventions the actor may see in which nobody works in a role."""
    staffed = Assignment.objects.running_on(actor.today).filter(role=role).order_by("pk").values("intervention")
    return running(actor=actor, day=actor.today).exclude(pk__in=staffed)


def years(*, actor: Actor, intervention: Intervention) -> list[Year]:
    """The years of an intervention for which something is planned or counted, newest first.

    What is counted is there for who registers or answers for it; everyone else reads of it in what is published.
    """
    planned = {row.year: row.participants for row in plans(actor=actor, intervention=intervention)}
    counted = {}
    if actor.may(Permission.SEE_HEAD_COUNTS, intervention):
        counted = {row.year: row for row in intervention.head_counts.order_by("year", "pk")}
    return [_year(year, planned.get(year), counted.get(year)) for year in sorted({*planned, *counted}, reverse=True)]


def _year(year: int, planned: int | None, heads: HeadCount | None) -> Year:
    if heads is None:
        return Year(year, planned)
    return Year(year, planned, *map(WorkingCount, (heads.women + heads.men, heads.women, heads.men)))


def outside(*, actor: Actor, intervention: Intervention, days: Days) -> list[Held]:
    """What an intervention has of numbers and of work to come outside new days."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return _outside(actor, days, intervention=intervention)


def outside_association(*, actor: Actor, record: Association, days: Days) -> list[Held]:
    """The interventions that run past an association's new last day, with what they have of their own after it.

    They are held until the transaction ends, so that nobody registers anything in them meanwhile.
    """
    rows = record.interventions.select_for_update().order_by("pk")
    ends = [one.ends_before for one in rows]
    running = sum(end is None or (days.ends_before is not None and end > days.ends_before) for end in ends)
    found = []
    if running:
        words = ngettext("%(count)s insats som pågår längre", "%(count)s insatser som pågår längre", running)
        remedy = _("Avsluta insatserna först, och skapa dem som ska gå vidare i det förbund som tar över.")
        found.append(Held(words % {"count": running}, remedy))
    return found + _outside(actor, days, intervention__association=record)


def _outside(actor: Actor, days: Days, **where: Any) -> list[Held]:
    heads = _years_outside(HeadCount.objects.filter(**where).exclude(women=0, men=0), days)
    plans = _years_outside(Plan.objects.filter(**where).exclude(participants=0), days)
    zero = _("Ändra de antalen till 0 först.")
    found = []
    if heads:
        words = ngettext("%(count)s räknat antal (%(years)s)", "%(count)s räknade antal (%(years)s)", len(heads))
        found.append(Held(words % {"count": len(heads), "years": _spoken(heads)}, zero))
    if plans:
        words = ngettext("%(count)s planerat antal (%(years)s)", "%(count)s planerade antal (%(years)s)", len(plans))
        found.append(Held(words % {"count": len(plans), "years": _spoken(plans)}, zero))
    if days.ends_before is not None and (work := _work_outside(actor, days.ends_before, where)):
        words = ngettext("%(count)s uppdrag som börjar senare", "%(count)s uppdrag som börjar senare", work)
        found.append(Held(words % {"count": work}, _("Avsluta de uppdragen först.")))
    return found


def _years_outside(rows: "QuerySet[HeadCount] | QuerySet[Plan]", days: Days) -> list[int]:
    """The years of numbers that have no day within the new days."""
    if days.first_day is not None:
        rows = rows.filter(year__lt=days.first_day.year)
    if days.ends_before is not None:
        rows = rows.filter(year__gt=(days.ends_before - timedelta(days=1)).year)
    return list(rows.order_by("year", "pk").values_list("year", flat=True))


def _work_outside(actor: Actor, ends_before: date, where: Mapping[str, Any]) -> int:
    """How much work to come begins after the end; what has begun goes on, so that somebody can register out."""
    return Assignment.objects.to_come(actor.today).filter(**where, first_day__gte=ends_before).count()


def _spoken(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in sorted(set(years)))


def open_years(*, actor: Actor, intervention: Intervention, ahead: int = 0) -> list[int]:
    """The calendar years the intervention runs in, newest first: up to this one, or some years ahead of it."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    return rules.years_until(actor.today.year + ahead, intervention.starts_on, intervention.ends_before)


def lacking(*, actor: Actor, intervention: Intervention) -> Sequence[rules.Lack]:
    """What an intervention still needs from the people who run it."""
    actor.require(Permission.SEE_INTERVENTION, intervention)
    assigned = set(intervention.assignments.running_on(actor.today).order_by("pk").values_list("role", flat=True))
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
        counted=set(intervention.head_counts.order_by("pk").values_list("year", flat=True)),
    )
