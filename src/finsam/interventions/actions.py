"""What may be done to interventions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit, versions
from finsam.access import queries as access
from finsam.access import rules as access_rules
from finsam.access.actors import Actor
from finsam.access.models import Organisation, User
from finsam.access.roles import Permission, Role
from finsam.associations import holdings
from finsam.associations import queries as associations
from finsam.associations import rules as association_rules
from finsam.associations.holdings import Days
from finsam.associations.models import Association
from finsam.codes import queries as codes
from finsam.interventions import queries, rules
from finsam.interventions.models import Assignment, HeadCount, Intervention, Performer, Plan, TargetGroup


@transaction.atomic
def create(
    *,
    actor: Actor,
    association: Association,
    name: str,
    starts_on: date,
    kind: str,
    direction: str,
    method: str,
    need_groups: Sequence[str],
    performers: Sequence[Organisation],
    description: str = "",
    ends_before: date | None = None,
    controller: Organisation | None = None,
) -> Intervention:
    """Start an intervention of an association."""
    actor.require(Permission.CREATE_INTERVENTION, association)
    Association.objects.select_for_update().get(pk=association.pk)  # nobody closes it meanwhile
    association.refresh_from_db()
    if association.state != Association.State.ACTIVE:
        raise ValidationError(_("Förbundet är inte i drift. Aktivera förbundet först."))
    intervention = Intervention(
        association=association,
        name=name,
        description=description,
        starts_on=starts_on,
        ends_before=ends_before,
        kind=kind,
        direction=direction,
        method=method,
        controller=controller,
    )
    _check(intervention, need_groups, performers)
    audit.write(actor, "interventions.create", intervention)
    _choose(actor, intervention, need_groups, performers)
    return intervention


@transaction.atomic
def change(
    *,
    actor: Actor,
    intervention: Intervention,
    name: str,
    starts_on: date,
    kind: str,
    direction: str,
    method: str,
    need_groups: Sequence[str],
    performers: Sequence[Organisation],
    description: str = "",
    ends_before: date | None = None,
    controller: Organisation | None = None,
    seen: str | None = None,
) -> Intervention:
    """Change an intervention; kind, direction, method and controller only while nothing is registered."""
    actor.require(Permission.EDIT_INTERVENTION, intervention)
    _hold(intervention)
    versions.require(intervention, seen)
    wanted = {"kind": kind, "direction": direction, "method": method, "controller": controller}
    if intervention.locked:
        rules.refuse_locked(field for field, value in wanted.items() if getattr(intervention, field) != value)
    rules.refuse_period(starts_on, ends_before)
    _refuse_outside(actor, intervention, starts_on, ends_before)
    kept = {intervention.controller_id, *intervention.performers.order_by("pk").values_list("party", flat=True)}
    facts = {**wanted, "name": name, "description": description, "starts_on": starts_on, "ends_before": ends_before}
    for field, value in facts.items():
        setattr(intervention, field, value)
    _check(intervention, need_groups, performers, kept)
    audit.write(actor, "interventions.change", intervention)
    _choose(actor, intervention, need_groups, performers)
    return intervention


@transaction.atomic
def lock(*, actor: Actor, intervention: Intervention) -> Intervention:
    """Lock what may not change once something is registered; called by the room that registers it."""
    actor.require(Permission.COUNT_HEADS, intervention)
    _hold(intervention)
    if not intervention.locked:
        intervention.locked = True
        audit.write(actor, "interventions.lock", intervention)
    return intervention


@transaction.atomic
def plan(*, actor: Actor, intervention: Intervention, year: int, participants: int, seen: str | None = None) -> Plan:
    """Say how many participants are planned in a year, first or anew."""
    actor.require(Permission.EDIT_INTERVENTION, intervention)
    _hold(intervention)
    rules.refuse_year(year, intervention.starts_on, intervention.ends_before, date.max)
    row = intervention.plans.filter(year=year).order_by("pk").first() or Plan(intervention=intervention, year=year)
    versions.require(row, seen)
    row.participants = participants
    audit.write(actor, "interventions.plan", row)
    return row


@transaction.atomic
def count_heads(
    *,
    actor: Actor,
    intervention: Intervention,
    year: int,
    women: int,
    men: int,
    confirmed: bool = False,
    seen: str | None = None,
) -> HeadCount:
    """Count participants without names in a year, first or anew; far more than planned are confirmed."""
    actor.require(Permission.COUNT_HEADS, intervention)
    _hold(intervention)
    rules.refuse_year(year, intervention.starts_on, intervention.ends_before, actor.today)
    source = rules.source_for(intervention.method)
    row = intervention.head_counts.filter(year=year, source=source).order_by("pk").first() or HeadCount(
        intervention=intervention, year=year, source=source
    )
    versions.require(row, seen)
    row.women, row.men = women, men
    row.full_clean()  # a number that cannot be is not asked about
    planned = intervention.plans.filter(year=year).order_by("pk").values_list("participants", flat=True).first()
    rules.refuse_more_than_planned(women + men, planned, confirmed=confirmed)
    audit.write(actor, "interventions.count_heads", row)
    lock(actor=actor, intervention=intervention)
    return row


@transaction.atomic
def assign(
    *,
    actor: Actor,
    intervention: Intervention,
    user: User,
    role: Role,
    first_day: date | None = None,
    ends_before: date | None = None,
) -> Assignment:
    """Give another user who holds a role work in an intervention, from today or later, until further notice or not."""
    leads = role == Role.INTERVENTION_LEAD
    actor.require(Permission.ASSIGN_LEAD if leads else Permission.ASSIGN_REGISTRAR, intervention)
    own = _("Du kan inte ge dig själv ett uppdrag. Be någon annan som får ge det.")
    access_rules.refuse_oneself(actor.user_id, user.pk, own)
    first_day = first_day or actor.today
    rules.refuse_assignment(first_day, ends_before, actor.today)
    if not access.eligible(actor=actor, role=role).filter(pk=user.pk).exists():
        raise ValidationError({"user": _("Personen saknar behörigheten. Be systemadministratören om den först.")})
    held = {Role(row.role) for row in user.grants.order_by("pk")} | queries.working_as(actor=actor, user=user)
    access_rules.refuse_together({role, *held}, field="user")
    if user.employer_id not in queries.employers(intervention, first_day):
        raise ValidationError(
            {"user": _("Personen arbetar varken för förbundet eller för någon av dess medlemmar. Välj någon annan.")}
        )
    _hold(intervention)
    others = intervention.assignments.filter(user=user, role=role)
    later = (others.running_on(first_day) | others.to_come(first_day)).order_by("first_day", "pk")
    sentence = _("Personen har redan uppdraget någon av de dagarna. Välj andra dagar eller någon annan.")
    association_rules.refuse_shared_day(first_day, ends_before, later.values_list("first_day", "ends_before"), sentence)
    row = Assignment(intervention=intervention, user=user, role=role, first_day=first_day, ends_before=ends_before)
    audit.write(actor, "interventions.assign", row)
    intervention.forget_scope()
    return row


@transaction.atomic
def end_assignment(*, actor: Actor, assignment: Assignment, seen: str | None = None) -> Assignment:
    """End another user's work in an intervention from today; work that is to come is taken back."""
    leads = assignment.role == Role.INTERVENTION_LEAD
    actor.require(Permission.ASSIGN_LEAD if leads else Permission.ASSIGN_REGISTRAR, assignment.intervention)
    own = _("Du kan inte avsluta ditt eget uppdrag. Be någon annan som får ge det.")
    access_rules.refuse_oneself(actor.user_id, assignment.user_id, own)
    versions.require(assignment, seen)
    assignment.ends_before = max(actor.today, assignment.first_day)
    audit.write(actor, "interventions.end_assignment", assignment)
    assignment.intervention.forget_scope()
    return assignment


def _hold(intervention: Intervention) -> None:
    """Read an intervention anew, held until the transaction ends: whoever else would write to it waits."""
    Intervention.objects.select_for_update().get(pk=intervention.pk)
    intervention.refresh_from_db()


def _refuse_outside(actor: Actor, intervention: Intervention, starts_on: date, ends_before: date | None) -> None:
    """Refuse days that are narrowed past something of the intervention's, on the side where they are narrowed."""
    ended = intervention.ends_before
    if starts_on > intervention.starts_on:
        holdings.refuse_held(_held(actor, intervention, Days(first_day=starts_on)), "starts_on")
    if ends_before is not None and (ended is None or ends_before < ended):
        holdings.refuse_held(_held(actor, intervention, Days(ends_before=ends_before)), "ends_before")


def _held(actor: Actor, intervention: Intervention, days: Days) -> list[holdings.Held]:
    above = holdings.outside("intervention", actor, intervention, days)
    return [*above, *queries.outside(actor=actor, intervention=intervention, days=days)]


def _check(
    intervention: Intervention,
    need_groups: Sequence[str],
    performers: Sequence[Organisation],
    kept: Collection[int | None] = (),
) -> None:
    day, association = intervention.starts_on, intervention.association
    rules.refuse_period(day, intervention.ends_before)
    association_rules.refuse_before(day, association.first_day, "starts_on")
    association_rules.refuse_after(day, association.ends_before, "starts_on")
    codes.check("kind", "kind", [intervention.kind], day)
    codes.check("direction", "direction", [intervention.direction], day, parent=intervention.kind)
    codes.check("method", "method", [intervention.method], day)
    if not need_groups:
        raise ValidationError({"need_groups": _("Välj minst en behovsgrupp.")})
    codes.check("need_groups", "need_group", need_groups, day)
    rules.refuse_few_parties(party.kind for party in performers)
    controller = intervention.controller
    if not intervention.locked:  # what is locked is as it was, and can still be ended
        rules.refuse_persons(intervention.kind, intervention.method)
    rules.refuse_method(intervention.method, controller.kind if controller else None)
    _refuse_strangers(intervention, {"performers": performers, "controller": [controller] if controller else []}, kept)


def _refuse_strangers(
    intervention: Intervention, chosen: Mapping[str, Sequence[Organisation]], kept: Collection[int | None]
) -> None:
    """Only the association's members carry its interventions out; a party that has left may stay where it was."""
    during = intervention.starts_on, intervention.ends_before
    allowed = associations.members_during(intervention.association, *during) | set(kept)
    for field, parties in chosen.items():
        rules.refuse_strangers(field, (party.name for party in parties if party.pk not in allowed))


def _choose(
    actor: Actor, intervention: Intervention, need_groups: Sequence[str], performers: Sequence[Organisation]
) -> None:
    groups = {row.need_group: row for row in intervention.target_groups.order_by("pk")}
    for group in _missing(need_groups, groups):
        audit.write(actor, "interventions.choose", TargetGroup(intervention=intervention, need_group=group))
    for group in _missing(groups, need_groups):
        audit.remove(actor, "interventions.choose", groups[group])
    chosen = {row.party: row for row in intervention.performers.select_related("party").order_by("pk")}
    for party in _missing(performers, chosen):
        audit.write(actor, "interventions.choose", Performer(intervention=intervention, party=party))
    for party in _missing(chosen, performers):
        audit.remove(actor, "interventions.choose", chosen[party])


def _missing(wanted: Iterable, there: Iterable) -> list:  # type: ignore[type-arg]
    known = set(there)
    return [one for one in dict.fromkeys(wanted) if one not in known]
