"""Writes the people of a plan and their stays; imported only where the room of persons is installed."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.audit import registered, write_many
from finsam.demo.drawing.records import Plan, State, Stay
from finsam.demo.drawing.showcase import CONSENT_WAITING
from finsam.demo.keys import Keys
from finsam.demo.rooms import ACTION, moved_in
from finsam.participants import ciphers
from finsam.participants.models import Consent, ConsentText, Need, Participation, Person, Pseudonym, Support

Holder = tuple[int, int]  # a human's number and the key of the controller that has the record


def write(actor: Actor, plan: Plan, keys: Keys, tell: Callable[[str], None]) -> None:
    """Write everyone once for each controller, then the stays with what was answered about them."""
    persons = _write_persons(actor, plan, keys)
    tell(_("skriver samtycken"))
    text = ConsentText.objects.order_by("first_day", "pk")[0]
    consents = write_many(actor, ACTION, [_consent(stay, text, keys) for stay in plan.stays])
    write_many(actor, ACTION, [_waiting_consent(text, keys)])
    tell(_("skriver deltaganden"))
    rows = write_many(actor, ACTION, list(_participations(plan.stays, consents, persons, keys)))
    tell(_("skriver försörjning"))
    write_many(actor, ACTION, [row for stay, one in zip(plan.stays, rows, strict=True) for row in _supports(stay, one)])
    tell(_("skriver behovsgrupper"))
    write_many(actor, ACTION, [row for stay, one in zip(plan.stays, rows, strict=True) for row in _needs(stay, one)])


def _holder(stay: Stay, keys: Keys) -> Holder:
    controller = stay.intervention.controller
    if controller is None:
        raise ValueError(f"{stay.intervention.name} has no controller")
    return stay.human, keys.parties[controller]


def _write_persons(actor: Actor, plan: Plan, keys: Keys) -> dict[Holder, int]:
    indexes = [ciphers.blind_index(human.identity_number) for human in plan.humans]
    pseudonyms = write_many(
        actor,
        ACTION,
        [
            Pseudonym(blind_index=index, value=human.pseudonym)
            for index, human in zip(indexes, plan.humans, strict=True)
        ],
    )
    first: dict[Holder, datetime] = {}
    for stay in plan.stays:  # in the order they were registered
        first.setdefault(_holder(stay, keys), stay.states[0][0])
    rows = write_many(actor, ACTION, [_person(plan, pseudonyms, holder, at) for holder, at in first.items()])
    return {holder: row.pk for holder, row in zip(first, rows, strict=True)}


def _person(plan: Plan, pseudonyms: Sequence[Pseudonym], holder: Holder, at: datetime) -> Person:
    human = plan.humans[holder[0]]
    row = Person(
        controller_id=holder[1],
        pseudonym=pseudonyms[human.number],
        sex=human.sex,
        birth_year=human.birth_date.year,
    )
    row.hold(name=human.name, number=human.identity_number)
    return registered(row, at)


def _consent(stay: Stay, text: ConsentText, keys: Keys) -> Consent:
    row = Consent(
        intervention_id=keys.interventions[stay.intervention.number],
        given_by="representative" if stay.human % 40 == 0 else "participant",
        given_on=stay.consent_on,
        text=text,
    )
    return registered(row, stay.states[0][0])


def _waiting_consent(text: ConsentText, keys: Keys) -> Consent:
    place, given_on = CONSENT_WAITING
    row = Consent(intervention_id=keys.interventions[place], given_by="participant", given_on=given_on, text=text)
    return registered(row, moved_in(given_on))


def _participations(
    stays: Sequence[Stay], consents: Sequence[Consent], persons: dict[Holder, int], keys: Keys
) -> Iterator[Participation]:
    last: dict[int, int] = {}
    for stay, consent in zip(stays, consents, strict=True):
        number = last[consent.intervention_id] = last.get(consent.intervention_id, 0) + 1
        person = persons[_holder(stay, keys)]
        states = [(at, _participation(state, consent, person, number, keys)) for at, state in stay.states]
        at, row = states[-1]
        yield registered(row, at, *states[:-1])


def _participation(state: State, consent: Consent, person: int, number: int, keys: Keys) -> Participation:
    return Participation(
        intervention_id=consent.intervention_id,
        person_id=person,
        consent_id=consent.pk,
        number=number,
        municipality_id=keys.municipalities[state.municipality],
        starts_on=state.starts_on,
        ends_before=state.ends_before,
        months_in_support=state.months_in_support,
        education=state.education,
        occupation_at_start=state.occupation,
        extent_at_start=state.extent,
        occupation_at_end=state.occupation_after,
        extent_at_end=state.extent_after,
        end_reason=state.end_reason,
    )


def _supports(stay: Stay, one: Participation) -> Iterator[Support]:
    """Supports at start, each with the one it was mistaken for if it was corrected, and supports at the end."""
    began, state = stay.states[0]
    rows = {code: [(began, _support(one, Support.Moment.START, code))] for code in state.supports}
    for at, state in stay.states[1:]:
        for wrong, right in zip(_gone(rows, state.supports), _gone(state.supports, rows), strict=True):
            rows[right] = [*rows.pop(wrong), (at, _support(one, Support.Moment.START, right))]
    for *earlier, (at, row) in rows.values():
        yield registered(row, at, *earlier)
    at, state = stay.states[-1]
    for code in state.supports_after:
        yield registered(_support(one, Support.Moment.END, code), at)


def _gone(before: Iterable[str], after: Container[str]) -> list[str]:
    return [code for code in before if code not in after]


def _support(one: Participation, moment: str, code: str) -> Support:
    return Support(participation_id=one.pk, moment=moment, support=code)


def _needs(stay: Stay, one: Participation) -> Iterator[Need]:
    at, state = stay.states[0]
    for group in state.needs:
        yield registered(Need(participation_id=one.pk, need_group=group), at)
