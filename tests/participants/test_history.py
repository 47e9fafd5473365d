"""The history of a participation: values in words, and of name and number only that they were changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from finsam.access.actors import Actor
from finsam.access.models import User
from finsam.access.trail import Event
from finsam.interventions.models import Intervention
from finsam.participants import actions, erasure, queries
from finsam.participants.models import Participation
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention()


@pytest.fixture
def user(intervention: Intervention) -> User:
    return factories.registrar(intervention)


@pytest.fixture
def stay(intervention: Intervention, user: User) -> Participation:
    return people.participation(intervention, factories.actor(user))


def hours_later(user: User, hours: int) -> Actor:
    return factories.actor(user, factories.NOW + timedelta(hours=hours))


def said(event: Event) -> dict[str, tuple[Any, Any]]:
    return {one.label: (one.was, one.became) for one in event.differences}


def test_a_correction_tells_what_was_and_what_became_in_words(stay, user):
    actor = hours_later(user, 1)
    wrong = people.start(
        date(2020, 3, 9), occupation="work", extent=50, supports=["none"], need_groups=["newly_arrived"]
    )
    actions.correct(actor=actor, participation=stay, start=wrong)
    corrected = queries.history(actor=actor, participation=stay)[0]
    assert said(corrected) == {
        "Första dag i insatsen": (date(2020, 3, 2), date(2020, 3, 9)),
        "Sysselsättning före": ("Övrigt", "Förvärvsarbete"),
        "Omfattning före, procent": (None, 50),
        "Försörjning före": ((("Sjukpenning",),), (("Ingen offentlig försörjning",),)),
        "Behovsgrupp": ((("Långtidssjukskrivna",),), (("Nyanlända",),)),
    }
    assert (corrected.name, corrected.role) == (user.name, "participant_registrar")
    assert corrected.actions[0] == "participants.correct"


def test_the_end_and_the_beginning_stand_there_too(stay, user):
    people.end(hours_later(user, 1), stay, date(2020, 12, 31))
    ended, begun = queries.history(actor=hours_later(user, 2), participation=stay)
    assert said(ended)["Sista dag"][1].ends_before == date(2021, 1, 1)
    assert "Försörjning efter" in said(ended)
    assert {"Första dag i insatsen", "Försörjning före", "Behovsgrupp", "Samtycke"} <= set(said(begun))
    assert begun.actions[0] == "participants.enrol"


def test_of_name_and_number_only_that_they_were_changed(stay, user):
    before, number = stay.person, people.identity(date(1999, 9, 9), sex="men")
    old = before.open_number()
    people.change_number(hours_later(user, 1), stay, number, name="Nytt Namn")
    told = queries.history(actor=hours_later(user, 2), participation=stay)
    assert said(told[0]) == {"Namn eller nummer": (None, "ändrat")}
    for secret in (old, number.number, "Låtsas", "Nytt Namn", before.blind_index, "1999"):
        assert secret not in str(told)


def test_someone_who_does_not_share_the_intervention_is_told_by_role_alone(stay, user):
    other = factories.intervention(stay.intervention.association, controller=stay.intervention.controller)
    elsewhere = factories.registrar(other)
    again = people.participation(other, hours_later(elsewhere, 1), who=_identity(stay), starts_on=date(2020, 6, 1))
    assert again.person == stay.person
    number = people.identity(date(1991, 1, 1))
    people.change_number(hours_later(elsewhere, 2), again, number, name="Nytt Namn")
    latest = queries.history(actor=hours_later(user, 3), participation=Participation.objects.get(pk=stay.pk))[0]
    assert (latest.name, latest.role) == ("", "participant_registrar")
    colleague = factories.registrar(Intervention.objects.get(pk=stay.intervention_id))
    begun = queries.history(actor=factories.actor(colleague), participation=Participation.objects.get(pk=stay.pk))[-1]
    assert begun.name == user.name


def _identity(stay: Participation) -> people.IdentityNumber:
    return people.IdentityNumber(stay.person.open_number())


def test_the_history_is_asked_for_from_the_record(stay):
    elsewhere = factories.actor(factories.registrar(factories.intervention()))
    with pytest.raises(PermissionDenied):
        queries.history(actor=elsewhere, participation=stay)
    with pytest.raises(PermissionDenied):
        queries.history(actor=factories.operator(), participation=stay)


def test_erasure_leaves_no_history(stay, user):
    erasure.erase(actor=hours_later(user, 1), participation=stay)
    assert not Participation.history.filter(id=stay.pk).exists()
