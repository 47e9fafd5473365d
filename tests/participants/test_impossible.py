"""Impossible people are refused, and unlikely ones are saved once somebody has confirmed the reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from finsam.interventions.models import Intervention
from finsam.participants import actions
from finsam.participants.models import Participation, Person
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention()


def refusal(intervention: Intervention, born: date, starts_on: date, months: int) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        people.participation(intervention, who=people.identity(born), starts_on=starts_on, months_in_support=months)
    assert not Participation.objects.exists()
    assert not Person.objects.exists()
    found: dict[str, list[str]] = refused.value.message_dict
    return found


@pytest.mark.parametrize(
    ("person", "field", "sentence"),
    [
        ((date(2020, 11, 3), date(2020, 5, 1), 12), "starts_on", "före den dag då personen föddes"),
        ((date(2001, 1, 4), date(2021, 3, 1), 480), "months_in_support", "längre än personen hade levt"),
        ((date(2015, 1, 3), date(2021, 3, 1), 12), "confirmed", "Enligt numret var personen 6 år den första dagen."),
        ((date(1919, 6, 6), date(2021, 3, 1), 12), "confirmed", "Enligt numret var personen 101 år den första dagen."),
    ],
)
def test_each_tried_person_is_refused_or_asked_about(
    intervention: Intervention, person: tuple[date, date, int], field: str, sentence: str
) -> None:
    found = refusal(intervention, *person)
    assert list(found) == [field]
    assert sentence in found[field][0]


def test_longer_in_support_than_lived_after_sixteen_is_asked_about(intervention: Intervention) -> None:
    found = refusal(intervention, date(2001, 1, 4), date(2021, 3, 1), 60)
    assert found == {"confirmed": ["Tiden i offentlig försörjning är längre än tiden sedan personen fyllde 16."]}


def enrol(intervention: Intervention, confirmed: list[str]) -> Participation:
    """A very young person, enrolled."""
    people.demo_home()
    registrar = factories.actor(factories.registrar(intervention))
    return actions.enrol(
        actor=registrar,
        intervention=intervention,
        consent=people.consent(registrar, intervention),
        identity=people.identity(date(2015, 1, 3)),
        name="Låtsas Exempelberg",
        start=people.start(date(2021, 3, 1), months_in_support=12),
        confirmed=confirmed,
    )


def test_what_is_confirmed_is_saved_and_every_reason_must_be(intervention: Intervention) -> None:
    with pytest.raises(ValidationError, match="fyllde 16") as refused:
        enrol(intervention, ["young"])
    assert [reason.code for reason in refused.value.error_dict["confirmed"]] == ["support"]
    assert enrol(intervention, ["young", "support"]).number == 1


def test_a_correction_is_asked_about_and_refused_as_a_registration_is(intervention: Intervention) -> None:
    registrar = factories.actor(factories.registrar(intervention))
    stay = people.participation(intervention, registrar, who=people.identity(date(1985, 1, 1)))
    for months, field in ((500, "months_in_support"), (300, "confirmed")):
        start = people.start(months_in_support=months)
        with pytest.raises(ValidationError) as refused:
            actions.correct(actor=registrar, participation=stay, start=start)
        assert list(refused.value.message_dict) == [field]
    actions.correct(actor=registrar, participation=stay, start=start, confirmed=["support"])
    stay.refresh_from_db()
    assert stay.months_in_support == 300
