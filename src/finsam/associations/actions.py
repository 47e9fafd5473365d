"""What may be done to associations and their members."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import actions as access
from finsam.access import audit, versions
from finsam.access.actors import Actor
from finsam.access.models import Organisation
from finsam.access.roles import Permission
from finsam.associations import holdings, queries, rules
from finsam.associations.models import Association, Coverage, Membership, Municipality
from finsam.values.organisation import canonical


@transaction.atomic
def create(*, actor: Actor, name: str, number: str, first_day: date, description: str = "") -> Association:
    """Register an association under preparation, with an organisation its staff can work for."""
    actor.require(Permission.EDIT_ASSOCIATION)
    organisation = access.register_organisation(actor=actor, kind=Organisation.Kind.ASSOCIATION, name=name)
    association = Association(
        organisation=organisation,
        name=name,
        number=_number(number),
        first_day=first_day,
        description=description,
    )
    audit.write(actor, "associations.create", association)
    return association


@transaction.atomic
def change(
    *,
    actor: Actor,
    association: Association,
    name: str,
    number: str,
    first_day: date,
    description: str = "",
    seen: str | None = None,
) -> Association:
    """Change an association's facts."""
    actor.require(Permission.EDIT_ASSOCIATION, association)
    versions.require(association, seen)
    rules.refuse_later_start(association.state, association.first_day, first_day)
    association.name, association.description = name, description
    association.number, association.first_day = _number(number), first_day
    audit.write(actor, "associations.change", association)
    access.rename_organisation(actor=actor, organisation=association.organisation, name=name)
    return association


@transaction.atomic
def add_member(
    *, actor: Actor, association: Association, party: Organisation, first_day: date, ends_before: date | None = None
) -> Membership:
    """Let a party be a member from a day."""
    actor.require(Permission.EDIT_ASSOCIATION, association)
    if party.kind in (Organisation.Kind.ASSOCIATION, Organisation.Kind.AUTHORITY):
        raise ValidationError({"party": _("Bara de fyra parterna kan vara medlemmar. Välj en part i listan.")})
    rules.refuse_before(first_day, association.first_day, "first_day")
    others = association.memberships.filter(party=party).order_by("pk").values_list("first_day", "ends_before")
    rules.refuse_shared_day(first_day, ends_before, others, _("Parten är redan medlem de dagarna."))
    row = Membership(association=association, party=party, first_day=first_day, ends_before=ends_before)
    audit.write(actor, "associations.add_member", row)
    return row


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, ends_before: date, seen: str | None = None) -> Membership:
    """End a membership: the party is a member until the day before `ends_before`."""
    actor.require(Permission.EDIT_ASSOCIATION, membership.association)
    versions.require(membership, seen)
    membership.ends_before = ends_before
    audit.write(actor, "associations.end_membership", membership)
    return membership


@transaction.atomic
def cover(
    *,
    actor: Actor,
    association: Association,
    municipality: Municipality,
    first_day: date,
    ends_before: date | None = None,
) -> Coverage:
    """Let an association cover a municipality from a day; a municipality has one association at a time."""
    actor.require(Permission.EDIT_ASSOCIATION, association)
    rules.refuse_before(first_day, association.first_day, "first_day")
    others = Coverage.objects.filter(municipality__code=municipality.code).order_by("pk")
    sentence = _("Kommunen ingår redan i ett förbund de dagarna. Avsluta det först.")
    rules.refuse_shared_day(first_day, ends_before, others.values_list("first_day", "ends_before"), sentence)
    row = Coverage(association=association, municipality=municipality, first_day=first_day, ends_before=ends_before)
    audit.write(actor, "associations.cover", row)
    return row


@transaction.atomic
def end_coverage(*, actor: Actor, coverage: Coverage, ends_before: date, seen: str | None = None) -> Coverage:
    """Stop covering a municipality from a day."""
    actor.require(Permission.EDIT_ASSOCIATION, coverage.association)
    versions.require(coverage, seen)
    coverage.ends_before = ends_before
    audit.write(actor, "associations.end_coverage", coverage)
    return coverage


@transaction.atomic
def activate(*, actor: Actor, association: Association, seen: str | None = None) -> Association:
    """Put an association to work; stopped by every breach of the law on its first day."""
    actor.require(Permission.EDIT_ASSOCIATION, association)
    versions.require(association, seen)
    rules.refuse_transition(association.state, Association.State.ACTIVE)
    day = max(association.first_day, actor.today)
    rules.refuse_findings(rules.findings(queries.member_facts(association, day)))
    association.state = Association.State.ACTIVE
    audit.write(actor, "associations.activate", association)
    return association


@transaction.atomic
def close(
    *,
    actor: Actor,
    association: Association,
    ends_before: date,
    merged_into: Association | None = None,
    seen: str | None = None,
) -> Association:
    """Close an association from a day, or let it merge into another; memberships and coverage end that day."""
    actor.require(Permission.EDIT_ASSOCIATION, association)
    _hold(association)
    versions.require(association, seen)
    rules.refuse_transition(association.state, Association.State.CLOSED)
    if merged_into == association:
        raise ValidationError({"merged_into": _("Ett förbund kan inte uppgå i sig självt. Välj ett annat.")})
    rules.refuse_heir(
        merged_into is None
        or (actor.may(Permission.SEE_ASSOCIATION, merged_into) and merged_into.state == Association.State.ACTIVE)
    )
    if ends_before <= association.first_day:
        raise ValidationError({"ends_before": _("Sista dagen ligger före förbundets första dag. Välj en senare.")})
    days = holdings.Days(ends_before=ends_before)
    held = holdings.outside("association", actor, association, days)
    own = queries.outside(actor=actor, association=association, ends_before=ends_before, merges=bool(merged_into))
    holdings.refuse_held([*held, *own], "ends_before")
    association.state, association.ends_before = Association.State.CLOSED, ends_before
    association.merged_into = merged_into
    audit.write(actor, "associations.close", association)
    for membership in association.memberships.filter(queries.running_past(ends_before)).order_by("pk"):
        end_membership(actor=actor, membership=membership, ends_before=ends_before)
    for coverage in association.coverages.filter(queries.running_past(ends_before)).order_by("pk"):
        end_coverage(actor=actor, coverage=coverage, ends_before=ends_before)
    return association


def _hold(association: Association) -> None:
    """Read an association anew, held until the transaction ends: whoever else would write to it waits."""
    Association.objects.select_for_update().get(pk=association.pk)
    association.refresh_from_db()


def _number(text: str) -> str:
    try:
        return canonical(text)
    except ValueError as fault:
        raise ValidationError({"number": str(fault)}) from fault
