"""Stays that share a day, registration out, and corrections."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from finsam.access.actors import Actor
from finsam.interventions.models import Intervention
from finsam.participants import actions, queries
from finsam.participants.models import Participation
from tests import factories
from tests.participants import people
from tests.participants.people import end

FIRST = date(2020, 3, 2)


@pytest.fixture
def intervention(db: None) -> Intervention:
    return factories.intervention()


@pytest.fixture
def registrar(intervention: Intervention) -> Actor:
    return factories.actor(factories.registrar(intervention))


def test_the_last_day_is_stored_as_the_day_after(intervention: Intervention, registrar: Actor) -> None:
    stay = end(registrar, people.participation(intervention, registrar), date(2020, 12, 31))
    assert stay.ends_before == date(2021, 1, 1)
    assert queries.ongoing(actor=registrar, intervention=intervention, day=date(2020, 12, 31)).persons == 1
    assert queries.ongoing(actor=registrar, intervention=intervention, day=date(2021, 1, 1)).persons == 0


@pytest.mark.django_db
def test_a_stay_ends_no_later_than_the_intervention() -> None:
    ended = factories.intervention(ends_before=date(2020, 7, 1))
    who = factories.actor(factories.registrar(ended))
    stay = people.participation(ended, who)
    with pytest.raises(ValidationError, match="Insatsen är slut"):
        end(who, stay, date(2020, 7, 1))
    assert end(who, stay, date(2020, 6, 30)).ends_before == date(2020, 7, 1)


def test_a_stay_may_begin_and_end_the_same_day(intervention: Intervention, registrar: Actor) -> None:
    stay = end(registrar, people.participation(intervention, registrar), FIRST)
    assert (stay.starts_on, stay.ends_before) == (FIRST, date(2020, 3, 3))


def test_an_end_before_the_start_is_refused(intervention: Intervention, registrar: Actor) -> None:
    stay = people.participation(intervention, registrar)
    with pytest.raises(ValidationError, match="Första dagen var 2020-03-02"):
        end(registrar, stay, date(2020, 3, 1))
    stay.refresh_from_db()
    assert stay.ends_before is None


@pytest.mark.parametrize(("starts_on", "allowed"), [(date(2020, 5, 31), False), (date(2020, 6, 1), True)])
def test_a_second_stay_may_begin_the_day_after_the_last(
    intervention: Intervention, registrar: Actor, starts_on: date, allowed: bool
) -> None:
    who = people.identity()
    end(registrar, people.participation(intervention, registrar, who=who), date(2020, 5, 31))
    if allowed:
        people.participation(intervention, registrar, who=who, starts_on=starts_on)
        return
    with pytest.raises(ValidationError, match="deltog redan 2020-03-02 till 2020-05-31"):
        people.participation(intervention, registrar, who=who, starts_on=starts_on)
    assert Participation.objects.count() == 1


def test_an_open_stay_refuses_another(intervention: Intervention, registrar: Actor) -> None:
    who = people.identity()
    people.participation(intervention, registrar, who=who)
    with pytest.raises(ValidationError, match="Registrera ut det deltagandet först"):
        people.participation(intervention, registrar, who=who, starts_on=date(2021, 1, 4))


def test_a_wrong_registration_takes_no_days(intervention: Intervention, registrar: Actor) -> None:
    who = people.identity()
    wrong = people.participation(intervention, registrar, who=who)
    end(registrar, wrong, FIRST, "misregistration")
    people.participation(intervention, registrar, who=who)
    assert queries.ongoing(actor=registrar, intervention=intervention, day=FIRST).persons == 1


def test_the_same_person_may_take_part_in_two_interventions_at_once(
    intervention: Intervention, registrar: Actor
) -> None:
    who = people.identity()
    people.participation(intervention, registrar, who=who)
    people.participation(factories.intervention(intervention.association), who=who)
    assert Participation.objects.count() == 2


def test_a_correction_leaves_what_it_was_in_the_history(intervention: Intervention, registrar: Actor) -> None:
    stay = people.participation(intervention, registrar)
    actions.correct(actor=registrar, participation=stay, start=people.start(FIRST, supports=["activity_compensation"]))
    assert list(stay.supports.values_list("support", flat=True)) == ["activity_compensation"]
    past = stay.supports.model.history.order_by("history_id").values_list("support", "history_type")
    assert list(past) == [
        ("sickness_cash_benefit", "+"),
        ("activity_compensation", "+"),
        ("sickness_cash_benefit", "-"),
    ]
