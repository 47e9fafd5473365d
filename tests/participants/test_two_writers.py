"""Two writers at once: what each may do alone, both together may not."""

import threading
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from finsam.access import versions
from finsam.access.actors import Actor
from finsam.interventions.models import Intervention
from finsam.participants import actions, rules
from finsam.participants.models import Consent, Participation, Person
from finsam.values.identity import IdentityNumber
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = date(2020, 3, 2)
Writer = Callable[[], object]


def at_once(*writers: Writer) -> list[ValidationError]:
    """Let all begin at the same moment, each on a connection of its own; gives what was refused."""
    ready = threading.Barrier(len(writers))
    refused: list[ValidationError] = []

    def write(writer: Writer) -> None:
        ready.wait(60)
        try:
            writer()
        except ValidationError as fault:
            refused.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def read(stay: Participation) -> Participation:
    """A stay as one who asks for it now sees it."""
    return Participation.objects.select_related("intervention__association", "person", "consent").get(pk=stay.pk)


def shared_days(intervention: Intervention) -> list[tuple[date, date | None]]:
    """The stays that begin before the one before them has ended."""
    counted = intervention.participations.exclude(end_reason=rules.MISREGISTRATION).order_by("starts_on", "pk")
    days = list(counted.values_list("starts_on", "ends_before"))
    return [after for before, after in pairwise(days) if before[1] is None or after[0] < before[1]]


@pytest.fixture
def intervention(transactional_db: None) -> Intervention:
    people.demo_home()
    return factories.intervention()


@pytest.fixture
def registrars(intervention: Intervention) -> list[Actor]:
    return [factories.actor(factories.registrar(intervention)) for _ in range(2)]


@pytest.fixture
def stays(intervention: Intervention, registrars: list[Actor]) -> tuple[Participation, Participation]:
    """A person's two stays: one in March that has ended, one from June."""
    who = people.identity()
    first = people.participation(intervention, registrars[0], who=who, starts_on=FIRST)
    people.end(registrars[0], first, date(2020, 3, 31))
    second = people.participation(intervention, registrars[0], who=who, starts_on=date(2020, 6, 1))
    people.end(registrars[0], second, date(2020, 6, 30))
    return read(first), read(second)


def enrol(actor: Actor, intervention: Intervention, consent: Consent, who: IdentityNumber) -> Participation:
    return actions.enrol(
        actor=actor,
        intervention=intervention,
        consent=consent,
        identity=who,
        name="Låtsas Exempelberg",
        start=people.start(FIRST),
    )


def correct(actor: Actor, stay: Participation, starts_on: date) -> Participation:
    return actions.correct(actor=actor, participation=stay, start=people.start(starts_on))


def test_two_who_enrol_leave_one_stay(intervention: Intervention, registrars: list[Actor]) -> None:
    who = people.identity()
    consents = [people.consent(one, intervention) for one in registrars]
    pairs = zip(registrars, consents, strict=True)
    refused = at_once(*(lambda one=one, given=given: enrol(one, intervention, given, who) for one, given in pairs))
    assert Participation.objects.count() == 1
    assert [fault.message_dict for fault in refused] == [
        {"starts_on": ["Personen deltar redan i insatsen sedan 2020-03-02. Registrera ut det deltagandet först."]}
    ]


def test_two_registrars_meeting_the_same_new_person_leave_one_person() -> None:
    people.demo_home()
    where = factories.association()
    both = [factories.intervention(where) for _ in range(2)]
    who = people.identity()
    registrars = [factories.actor(factories.registrar(one)) for one in both]
    consents = [people.consent(one, place) for one, place in zip(registrars, both, strict=True)]
    asked = zip(registrars, both, consents, strict=True)
    refused = at_once(*(lambda one=one, at=at, given=given: enrol(one, at, given, who) for one, at, given in asked))
    assert Person.objects.count() == 1
    assert Participation.objects.count() + len(refused) == 2


def test_an_end_moved_later_and_a_start_moved_earlier_do_not_meet(
    intervention: Intervention, registrars: list[Actor], stays: tuple[Participation, Participation]
) -> None:
    first, second = stays
    for stay in stays:  # whoever corrects may set the earliest day the consent allows
        Consent.objects.filter(participation=stay).update(given_on=FIRST)
    refused = at_once(
        lambda: people.end(registrars[0], first, date(2020, 5, 10)),
        lambda: correct(registrars[1], read(second), date(2020, 4, 15)),
    )
    assert len(refused) == 1
    assert "Personen deltog redan" in refused[0].messages[0]
    assert not shared_days(intervention)


def test_two_wrong_registrations_are_not_both_made_right_on_the_same_days(
    intervention: Intervention, registrars: list[Actor]
) -> None:
    who = people.identity()
    wrong = []
    for _ in range(2):
        stay = people.participation(intervention, registrars[0], who=who, starts_on=FIRST)
        wrong.append(actions.mark_wrong(actor=registrars[0], participation=stay))
    refused = at_once(
        *(
            lambda one=one, stay=stay: people.end(one, stay, date(2020, 5, 31))
            for one, stay in zip(registrars, map(read, wrong), strict=True)
        )
    )
    assert [fault.message_dict for fault in refused] == [
        {"last_day": ["Personen deltog redan 2020-03-02 till 2020-05-31. Välj en annan dag."]}
    ]
    assert not shared_days(intervention)


def test_an_end_and_a_correction_of_one_stay_both_hold(
    registrars: list[Actor], stays: tuple[Participation, Participation]
) -> None:
    """Both have read the stay before either writes: the later takes nothing back of what the earlier wrote."""
    seen = [read(stays[0]), read(stays[0])]
    start = people.start(FIRST, months_in_support=7)
    refused = at_once(
        lambda: people.end(registrars[0], seen[0], date(2020, 4, 30), "moved"),
        lambda: actions.correct(actor=registrars[1], participation=seen[1], start=start),
    )
    assert not refused
    now = read(stays[0])
    assert (now.ends_before, now.end_reason, now.months_in_support) == (date(2020, 5, 1), "moved", 7)


def test_a_stay_ended_meanwhile_may_not_be_corrected_to_begin_after_its_end(
    registrars: list[Actor], intervention: Intervention
) -> None:
    stay = people.participation(intervention, registrars[0], starts_on=FIRST)
    seen = read(stay)
    people.end(registrars[0], stay, date(2020, 3, 31))
    with pytest.raises(ValidationError, match="Sista dagen ligger före den nya första dagen"):
        correct(registrars[1], seen, date(2020, 5, 4))
    assert read(stay).ends_before == date(2020, 4, 1)


def test_of_two_who_were_shown_the_same_stay_the_later_is_told_and_nothing_is_taken_back(
    registrars: list[Actor], stays: tuple[Participation, Participation]
) -> None:
    """Both forms carried the version they were opened on: supports and needs belong to it."""
    shown = versions.version(stays[0])
    months, rows = (7, 9), [read(stays[0]) for _ in range(2)]
    refused = at_once(
        *(
            lambda one=one, stay=stay, count=count: actions.correct(
                actor=one, participation=stay, start=people.start(FIRST, months_in_support=count), seen=shown
            )
            for one, stay, count in zip(registrars, rows, months, strict=True)
        )
    )
    assert [type(fault) for fault in refused] == [versions.Outdated]
    assert read(stays[0]).months_in_support in months
    again = versions.version(stays[0])
    people.end(registrars[0], read(stays[0]), date(2020, 3, 31), "moved")
    with pytest.raises(versions.Outdated):
        actions.mark_wrong(actor=registrars[1], participation=read(stays[0]), seen=again)


def test_whoever_is_registered_while_two_numbers_are_joined_is_the_same_human() -> None:
    people.demo_home()
    where = factories.association(codes=("0180",))
    parties = [factories.agency(), factories.service(), factories.party("municipality", "0180")]
    ours, theirs, third = (factories.intervention(where, controller=party) for party in parties)
    known, changing = people.identity(), people.identity()
    people.participation(theirs, who=known)
    registrar, other = (factories.actor(factories.registrar(one)) for one in (ours, third))
    stay = people.participation(ours, registrar, who=changing)
    consent = people.consent(other, third)
    refused = at_once(
        lambda: people.change_number(registrar, read(stay), known),
        lambda: enrol(other, third, consent, changing),
    )
    assert not refused
    assert Person.objects.count() == 3
    assert len({*Person.objects.values_list("pseudonym", flat=True)}) == 1


def test_two_joins_at_once_leave_one_human() -> None:
    people.demo_home()
    where = factories.association(codes=("0180",))
    parties = [factories.agency(), factories.service(), factories.party("municipality", "0180")]
    one, two, three = (factories.intervention(where, controller=party) for party in parties)
    numbers = [people.identity() for _ in parties]
    actors = [factories.actor(factories.registrar(place)) for place in (one, two, three)]
    stays = [
        people.participation(place, actor, who=who)
        for place, actor, who in zip((one, two, three), actors, numbers, strict=True)
    ]
    refused = at_once(
        lambda: people.change_number(actors[2], read(stays[2]), numbers[1]),
        lambda: people.change_number(actors[1], read(stays[1]), numbers[0]),
    )
    assert not refused
    assert len({*Person.objects.values_list("pseudonym", flat=True)}) == 1
