"""Writes the associations and interventions of a plan."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from finsam.access.actors import Actor
from finsam.access.audit import registered, write_many
from finsam.access.models import Organisation
from finsam.associations.models import Association, Coverage, Membership
from finsam.demo.drawing import records
from finsam.demo.drawing.records import FIRST_DAY, STOCKHOLM, Plan
from finsam.demo.keys import Keys
from finsam.interventions.models import HeadCount, Intervention, Performer, TargetGroup
from finsam.interventions.models import Plan as PlannedNumber

ACTION = "demo.load"


def write(actor: Actor, plan: Plan, keys: Keys) -> None:
    """Write associations with their members, then interventions with everything counted in numbers."""
    _write_associations(actor, plan.associations, keys)
    _write_interventions(actor, plan, keys)
    for rows in (_target_groups, _performers, _planned, _heads):
        found = (row for one in plan.interventions for row in rows(one, keys))
        write_many(actor, ACTION, list(found))


def moved_in(day: date) -> datetime:
    """When something of a day was registered: that morning, or the morning registration began if it is older."""
    return datetime.combine(max(day, FIRST_DAY), time(8), STOCKHOLM)


def _write_associations(actor: Actor, rows: Sequence[records.Association], keys: Keys) -> None:
    at = moved_in(FIRST_DAY)
    organisations = [Organisation(kind=Organisation.Kind.ASSOCIATION, name=one.name) for one in rows]
    write_many(actor, ACTION, [registered(one, at) for one in organisations])
    made = [_association(one, own) for one, own in zip(rows, organisations, strict=True)]
    keys.associations.extend(one.pk for one in write_many(actor, ACTION, made))
    members = [_member(one, joining, keys) for one in rows for joining in one.members]
    write_many(actor, ACTION, members)
    covered = [_covered(one, joining, keys) for one in rows for joining in one.coverage]
    write_many(actor, ACTION, covered)


def _association(one: records.Association, organisation: Organisation) -> Association:
    row = Association(
        organisation=organisation,
        number=one.organisation_number,
        name=one.name,
        description=one.description,
        state=Association.State.ACTIVE,
        first_day=one.first_day,
    )
    return registered(row, moved_in(FIRST_DAY))


def _member(one: records.Association, joining: records.Joining, keys: Keys) -> Membership:
    row = Membership(
        association_id=keys.associations[one.number], party_id=keys.parties[joining.who], first_day=joining.first_day
    )
    return registered(row, moved_in(joining.first_day))


def _covered(one: records.Association, joining: records.Joining, keys: Keys) -> Coverage:
    row = Coverage(
        association_id=keys.associations[one.number],
        municipality_id=keys.municipalities[joining.who.code],
        first_day=joining.first_day,
    )
    return registered(row, moved_in(joining.first_day))


def _write_interventions(actor: Actor, plan: Plan, keys: Keys) -> None:
    used = {stay.intervention.number for stay in plan.stays}
    rows = [_intervention(one, keys, locked=bool(one.heads) or one.number in used) for one in plan.interventions]
    keys.interventions.extend(row.pk for row in write_many(actor, ACTION, rows))


def _intervention(one: records.Intervention, keys: Keys, *, locked: bool) -> Intervention:
    row = Intervention(
        association_id=keys.associations[one.association.number],
        name=one.name,
        description=one.description,
        starts_on=one.starts_on,
        ends_before=one.ends_before,
        kind=one.kind,
        direction=one.direction,
        method=one.method,
        controller_id=keys.parties[one.controller] if one.controller else None,
        locked=locked,
    )
    return registered(row, one.at)


def _target_groups(one: records.Intervention, keys: Keys) -> Iterator[TargetGroup]:
    for group in one.need_groups:
        yield registered(TargetGroup(intervention_id=keys.interventions[one.number], need_group=group), one.at)


def _performers(one: records.Intervention, keys: Keys) -> Iterator[Performer]:
    for party in one.performers:
        row = Performer(intervention_id=keys.interventions[one.number], party_id=keys.parties[party])
        yield registered(row, one.at)


def _planned(one: records.Intervention, keys: Keys) -> Iterator[PlannedNumber]:
    for year, participants in one.planned.items():
        row = PlannedNumber(intervention_id=keys.interventions[one.number], year=year, participants=participants)
        yield registered(row, max(one.at, moved_in(date(year - 1, 12, 1))))


def _heads(one: records.Intervention, keys: Keys) -> Iterator[HeadCount]:
    for heads in one.heads:
        states = [
            (at, _count(keys.interventions[one.number], heads, women, men))
            for at, women, men in (*heads.earlier, (heads.at, heads.women, heads.men))
        ]
        at, last = states[-1]
        yield registered(last, at, *states[:-1])


def _count(intervention: int, heads: records.Heads, women: int, men: int) -> HeadCount:
    return HeadCount(intervention_id=intervention, year=heads.year, source=heads.source, women=women, men=men)
