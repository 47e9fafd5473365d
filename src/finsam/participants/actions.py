"""What may be done to persons and participations: consent, enrol, correct, end, open and search."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from finsam.access import audit, versions
from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.models import ReadRow, User
from finsam.access.roles import Permission
from finsam.associations import rules as association_rules
from finsam.associations.models import Municipality
from finsam.codes import queries as codes
from finsam.interventions import actions as interventions
from finsam.interventions import rules as intervention_rules
from finsam.interventions.models import Intervention
from finsam.participants import (
    ciphers,
    claims,
    key_lock,
    pseudonyms,
    queries,
    resealing,
    rules,
    supports_and_needs,
)
from finsam.participants.models import Consent, Participation, Person, Support
from finsam.values.identity import IdentityNumber, IdentityNumberError, parse

# Somebody tries a number on a person, or would have once too often: counted by the day.
TRY, TRY_TOO_MANY = "participants.try_number", "participants.try_too_many"


@dataclass(frozen=True)
class Start:
    """What is registered of a participant at the start of a stay."""

    starts_on: date
    municipality: Municipality
    supports: Sequence[str]
    months_in_support: int
    education: str
    occupation: str
    need_groups: Sequence[str]
    extent: int | None = None


@dataclass(frozen=True)
class Opened:
    """A person's record as the assigned registrar sees it."""

    person: Person
    name: str
    number: IdentityNumber
    participations: Sequence[Participation]


@transaction.atomic
def record_consent(
    *, actor: Actor, intervention: Intervention, given_by: str, given_on: date, protected_identity: bool = False
) -> Consent:
    """Record a consent; nothing identified is stored before it."""
    actor.require(Permission.ENROL, intervention)
    rules.refuse_unidentified(intervention.method)
    intervention_rules.refuse_persons(intervention.kind, intervention.method)
    rules.refuse_protected(protected_identity)
    rules.refuse_future(given_on, actor.today, "given_on")
    codes.check("given_by", "given_by", [given_by], given_on)
    consent = Consent(
        intervention=intervention, given_by=given_by, given_on=given_on, text=queries.consent_text(day=given_on)
    )
    audit.write(actor, "participants.record_consent", consent)
    return consent


@transaction.atomic
def discard_consent(*, actor: Actor, consent: Consent) -> None:
    """Take away a consent that led to nothing."""
    actor.require(Permission.ENROL, consent.intervention)
    audit.remove(actor, "participants.discard_consent", consent)


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    intervention: Intervention,
    consent: Consent | None,
    identity: IdentityNumber,
    name: str,
    start: Start,
    confirmed: Collection[str] = (),
) -> Participation:
    """Enrol a person in an intervention, registering the person first if they are new to the controller."""
    actor.require(Permission.ENROL, intervention)
    return _enrol(actor, intervention, consent, claims.Claim(identity, name), start=start, confirmed=confirmed)


def _enrol(
    actor: Actor,
    intervention: Intervention,
    consent: Consent | None,
    who: claims.Claim,
    *,
    start: Start,
    confirmed: Collection[str],
) -> Participation:
    if consent is None or consent.intervention_id != intervention.pk:
        raise ValidationError(_("Samtycket saknas. Registrera samtycket först, sedan deltagaren."))
    rules.refuse_unidentified(intervention.method)
    intervention_rules.refuse_persons(intervention.kind, intervention.method)
    _refuse_series(who.identity, actor.today)
    if who.is_rehearsed:
        key_lock.share()
    else:
        resealing.settle(who.identity.number)
    rules.refuse_late_consent(consent.given_on, start.starts_on)
    held = Intervention.objects.select_for_update().get(pk=intervention.pk)
    intervention.refresh_from_db()  # its days may have been narrowed by whoever held it before
    person = claims.person(actor, held, who)
    last = held.participations.order_by("-number").values_list("number", flat=True).first() or 0
    participation = Participation(intervention=intervention, person=person, consent=consent, number=last + 1)
    _fill(actor, participation, start)
    _refuse_unlikely(who.identity, start, confirmed)
    _save(actor, "participants.enrol", participation, "starts_on")
    supports_and_needs.choose_start(actor, participation, start.supports, start.need_groups)
    interventions.lock(actor=actor, intervention=intervention)
    return participation


@transaction.atomic
def rehearse(
    *,
    actor: Actor,
    intervention: Intervention,
    consent: Consent | None,
    identity: IdentityNumber,
    name: str,
    start: Start,
    confirmed: Collection[str] = (),
) -> bool:
    """Try an enrolment and leave nothing of it, so that what is wrong is said before anyone checks what is right."""
    actor.require(Permission.ENROL, intervention)
    tried = claims.Claim(identity, name, is_rehearsed=True)
    _enrol(actor, intervention, consent, tried, start=start, confirmed=confirmed)
    transaction.set_rollback(True)
    return True


@transaction.atomic
def correct(
    *,
    actor: Actor,
    participation: Participation,
    start: Start,
    confirmed: Collection[str] = (),
    seen: str | None = None,
) -> Participation:
    """Correct what was registered at the start; what it was stays in the history."""
    actor.require(Permission.ENROL, participation.intervention)
    _reread(participation)
    versions.require(participation, seen)
    rules.refuse_late_consent(participation.consent.given_on, start.starts_on)
    _fill(actor, participation, start)
    if participation.ends_before is not None and participation.ends_before <= start.starts_on:
        raise ValidationError({"starts_on": _("Sista dagen ligger före den nya första dagen. Rätta den först.")})
    _refuse_unlikely(IdentityNumber(participation.person.open_number()), start, confirmed)
    _save(actor, "participants.correct", participation, "starts_on")
    supports_and_needs.choose_start(actor, participation, start.supports, start.need_groups)
    return participation


@transaction.atomic
def end(
    *,
    actor: Actor,
    participation: Participation,
    last_day: date,
    supports: Sequence[str],
    occupation: str,
    end_reason: str,
    extent: int | None = None,
    seen: str | None = None,
) -> Participation:
    """Register a participant out, or correct how it was done; a wrong registration is ended as such."""
    actor.require(Permission.ENROL, participation.intervention)
    _reread(participation)
    versions.require(participation, seen)
    rules.refuse_early_end(participation.starts_on, last_day)
    rules.refuse_future(last_day, actor.today, "last_day")
    held = participation.intervention
    if end_reason != rules.MISREGISTRATION:
        intervention_rules.refuse_outside(held.starts_on, held.ends_before, last_day, "last_day")
        association_rules.refuse_after(last_day, held.association.ends_before, "last_day")
    codes.check("end_reason", "end_reason", [end_reason], last_day)
    wrong = end_reason == rules.MISREGISTRATION
    if not wrong:
        rules.refuse_supports("supports", supports)
        codes.check("supports", "support", supports, last_day)
        codes.check("occupation", "occupation", [occupation], last_day)
        rules.refuse_extent("extent", occupation, extent)
    participation.ends_before = last_day + timedelta(days=1)
    participation.occupation_at_end, participation.extent_at_end = ("", None) if wrong else (occupation, extent)
    participation.end_reason = end_reason
    _save(actor, "participants.end", participation, "last_day")
    supports_and_needs.choose_supports(actor, participation, Support.Moment.END, [] if wrong else supports)
    return participation


@transaction.atomic
def mark_wrong(*, actor: Actor, participation: Participation, seen: str | None = None) -> Participation:
    """End a stay that should never have been registered: it is kept, and counts nowhere."""
    actor.require(Permission.ENROL, participation.intervention)
    _reread(participation)
    versions.require(participation, seen)
    ended = participation.ends_before
    last_day = actor.today if ended is None else ended - timedelta(days=1)
    return end(
        actor=actor,
        participation=participation,
        last_day=last_day,
        supports=[],
        occupation="",
        end_reason=rules.MISREGISTRATION,
    )


@transaction.atomic
def open_person(*, actor: Actor, participation: Participation) -> Opened:
    """Open a person's record: leaves a row in the read log, then shows the stays in one's own interventions."""
    person = participation.person
    actor.require(Permission.SEE_IDENTITY, person)
    audit.read(actor, ReadRow.What.OPENED, person.pk)
    own = person.participations.select_related("intervention", "municipality").order_by("-starts_on", "-pk")
    seen = [stay for stay in own if actor.may(Permission.SEE_PARTICIPATIONS, stay.intervention)]
    return Opened(person, person.open_name(), IdentityNumber(person.open_number()), seen)


@transaction.atomic
def search(*, actor: Actor, identity: IdentityNumber) -> Participation | None:
    """Find a person's newest stay in one's own interventions by number; the read log has its row before the answer."""
    actor.require_some(Permission.SEE_IDENTITY)
    resealing.settle(identity.number)
    index = ciphers.blind_index(identity.number)
    somewhere = Participation.objects.filter(person__blind_index=index).order_by("pk")
    audit.read(actor, ReadRow.What.SEARCHED, somewhere.values_list("person", flat=True).first())
    return queries.newest_seen(actor=actor, index=index)


def change_identity(
    *,
    actor: Actor,
    participation: Participation,
    identity: IdentityNumber,
    name: str,
    same: str = "",
    confirmed: Collection[str] = (),
    seen: str | None = None,
) -> Person:
    """Change a person's name, or number when it is the same human's: a new one, or the right one for a wrong one.

    The human is one in the statistics from now on, also where another controller knows the number. Nothing in the
    answer tells whether any does, and that a number was tried is noted before it, whatever becomes of the change.
    """
    actor.require(Permission.ENROL, participation.intervention)
    if not _note_try(actor, participation, identity):
        rules.refuse_more_tries()
    return _change_identity(
        actor=actor,
        participation=participation,
        identity=identity,
        name=name,
        same=same,
        confirmed=confirmed,
        seen=seen,
    )


@transaction.atomic
def _note_try(actor: Actor, participation: Participation, identity: IdentityNumber) -> bool:
    """Note a try of another number on a person, for good, and what is looked for by it; whether it is allowed today."""
    resealing.settle(identity.number)
    person, index = Person.objects.get(pk=participation.person_id), ciphers.blind_index(identity.number)
    if index == person.blind_index:
        return True
    User.objects.select_for_update().get(pk=actor.user_id or 0)  # of two tries at the same moment, both count
    if access.times_today(actor=actor, action=TRY) >= rules.number_tries(actor.today):
        audit.record(actor, TRY_TOO_MANY, person)
        return False
    audit.record(actor, TRY, person)
    known = queries.known_here(actor=actor, person=person, index=index)
    audit.read(actor, ReadRow.What.SEARCHED, known.pk if known else None)
    return True


@transaction.atomic
def _change_identity(
    *,
    actor: Actor,
    participation: Participation,
    identity: IdentityNumber,
    name: str,
    same: str,
    confirmed: Collection[str],
    seen: str | None,
) -> Person:
    key_lock.share()
    pseudonyms.alone()  # before any person is held: whoever else changes a number does the same
    resealing.settle(identity.number)
    person = Person.objects.select_for_update().get(pk=participation.person_id)
    versions.require(person, seen)
    _refuse_series(identity, actor.today)
    index = ciphers.blind_index(identity.number)
    if index != person.blind_index:
        known = queries.known_here(actor=actor, person=person, index=index)
        rules.refuse_known(shown=queries.is_shown(actor=actor, person=person, index=index))
        _refuse_unlikely_stays(person, identity, confirmed)
        rules.refuse_other_person(same)
        rules.refuse_taken(taken=known is not None)
        wrong = same == rules.WRONG_NUMBER
        person.pseudonym = pseudonyms.follow(actor, "participants.change_identity", person, index, was_wrong=wrong)
    person.hold(name=name, number=identity.number)
    person.sex, person.birth_year = identity.sex, identity.birth_year
    audit.write(actor, "participants.change_identity", person)
    return person


def _refuse_series(identity: IdentityNumber, day: date) -> None:
    """Refuse a real person's number in a demo home, and an invented one in a real home."""
    try:
        parse(identity.number, on=day, series=queries.series())
    except IdentityNumberError as fault:
        raise ValidationError({"number": _(fault.template) % fault.params}) from fault


def _refuse_unlikely(identity: IdentityNumber, start: Start, confirmed: Collection[str]) -> None:
    born, day, months = identity.born_between, start.starts_on, start.months_in_support
    rules.refuse_impossible(born, day, months)
    rules.refuse_doubts(rules.doubts(born, day, months), confirmed)


def _refuse_unlikely_stays(person: Person, identity: IdentityNumber, confirmed: Collection[str]) -> None:
    """Refuse a number that says another birth than the person's stays allow; they may be in others' interventions."""
    born, found = identity.born_between, dict[str, rules.Doubt]()
    stays = person.participations.exclude(end_reason=rules.MISREGISTRATION).order_by("starts_on", "pk")
    for day, months in stays.values_list("starts_on", "months_in_support"):
        try:
            rules.refuse_impossible(born, day, months)
        except ValidationError as refusal:
            raise ValidationError({"number": refusal.messages}) from refusal
        found |= {doubt.code: doubt for doubt in rules.doubts(born, day, months)}
    rules.refuse_doubts(found.values(), confirmed)


def _fill(actor: Actor, participation: Participation, start: Start) -> None:
    intervention, day = participation.intervention, start.starts_on
    rules.refuse_future(day, actor.today, "starts_on")
    association_rules.refuse_before(day, intervention.association.first_day, "starts_on")
    association_rules.refuse_after(day, intervention.association.ends_before, "starts_on")
    intervention_rules.refuse_outside(intervention.starts_on, intervention.ends_before, day, "starts_on")
    rules.refuse_supports("supports", start.supports)
    codes.check("supports", "support", start.supports, day)
    rules.refuse_months(start.months_in_support)
    codes.check("education", "education", [start.education], day)
    codes.check("occupation", "occupation", [start.occupation], day)
    rules.refuse_extent("extent", start.occupation, start.extent)
    codes.check("need_groups", "need_group", start.need_groups, day)
    participation.starts_on, participation.municipality = day, start.municipality
    participation.months_in_support, participation.education = start.months_in_support, start.education
    participation.occupation_at_start, participation.extent_at_start = start.occupation, start.extent


def _reread(participation: Participation) -> None:
    """Let one writer at a time at an intervention's stays, and what it writes build on what the last one wrote."""
    Intervention.objects.select_for_update().get(pk=participation.intervention_id)
    related = ("intervention__association", "person", "consent")
    participation.refresh_from_db(from_queryset=Participation.objects.select_related(*related))


def _save(actor: Actor, action: str, participation: Participation, field: str) -> None:
    """Save a stay unless it shares a day with another; the database has the last word when two write at once."""
    others = participation.person.participations.filter(intervention=participation.intervention)
    others = others.exclude(pk=participation.pk).exclude(end_reason=rules.MISREGISTRATION)
    if participation.end_reason != rules.MISREGISTRATION:
        days = others.order_by("starts_on", "pk").values_list("starts_on", "ends_before")
        rules.refuse_overlap(participation.starts_on, participation.ends_before, days, field)
    try:
        with transaction.atomic():
            audit.write(actor, action, participation)
    except IntegrityError as fault:
        if "participation_no_shared_day" not in str(fault):
            raise
        raise ValidationError({field: rules.overlap(participation.starts_on, participation.ends_before)}) from fault
