"""Enrolling: one happy path, and a sentence for every refusal, with nothing stored."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.models import AuditRow, Installation
from finsam.access.roles import Role
from finsam.interventions.models import Intervention
from finsam.participants import actions
from finsam.participants.models import Participation, Person, Pseudonym
from finsam.values.identity import IdentityNumber
from finsam.values.organisation import check_digit
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention()


def refusal(intervention: Intervention, **facts: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        people.participation(intervention, **facts)  # type: ignore[arg-type]
    assert not Participation.objects.exists()
    assert not Person.objects.exists()
    return refused.value.message_dict if hasattr(refused.value, "error_dict") else {"": refused.value.messages}


def test_an_enrolment_stores_the_stay_sealed_and_leaves_history_and_audit(intervention: Intervention) -> None:
    who = people.identity()
    stay = people.participation(intervention, who=who)
    stored = Person.objects.values().get()
    assert who.number not in str(stored)
    assert "Exempelberg" not in str(stored)
    assert stay.person.open_number() == who.number
    assert stay.person.open_name() == "Låtsas Exempelberg"
    assert stay.history.get().history_date == factories.NOW
    assert AuditRow.objects.filter(action="participants.enrol", model="participants.participation").count() == 1
    assert sorted(stay.supports.values_list("support", flat=True)) == ["sickness_cash_benefit"]
    assert list(stay.needs.values_list("need_group", flat=True)) == ["long_term_sick"]


def test_the_first_registration_locks_the_intervention(intervention: Intervention) -> None:
    people.participation(intervention)
    intervention.refresh_from_db()
    assert intervention.locked


def test_a_registrar_without_assignment_is_refused_with_whom_to_ask(intervention: Intervention) -> None:
    lead = factories.lead(intervention)
    stranger = factories.actor(factories.user(None, Role.PARTICIPANT_REGISTRAR))
    intervention = Intervention.objects.get(pk=intervention.pk)
    with pytest.raises(PermissionDenied, match=f"{lead.name} kan ge dig uppdraget"):
        people.consent(stranger, intervention)


def test_a_missing_consent_is_refused(intervention: Intervention) -> None:
    actor = factories.actor(factories.registrar(intervention))
    with pytest.raises(ValidationError, match="Samtycket saknas"):
        actions.enrol(
            actor=actor,
            intervention=intervention,
            consent=None,
            identity=people.identity(),
            name="Testa Provsson",
            start=people.start(),
        )
    assert not Person.objects.exists()


def test_a_consent_to_another_intervention_is_refused(intervention: Intervention) -> None:
    other = factories.intervention(intervention.association)
    who = factories.registrar(intervention)
    elsewhere = people.consent(factories.actor(factories.registrar(other)), other)
    with pytest.raises(ValidationError, match="Samtycket saknas"):
        actions.enrol(
            actor=factories.actor(who),
            intervention=intervention,
            consent=elsewhere,
            identity=people.identity(),
            name="Testa Provsson",
            start=people.start(),
        )


def test_protected_identity_is_never_stored(intervention: Intervention) -> None:
    actor = factories.actor(factories.registrar(intervention))
    with pytest.raises(ValidationError, match="registreras aldrig med namn"):
        actions.record_consent(
            actor=actor,
            intervention=intervention,
            given_by="participant",
            given_on=date(2020, 1, 1),
            protected_identity=True,
        )


def test_a_start_before_the_intervention_is_refused(intervention: Intervention) -> None:
    assert "Insatsen börjar" in refusal(intervention, starts_on=date(2017, 12, 31))["starts_on"][0]


def test_a_start_before_the_association_existed_is_refused() -> None:
    with pytest.raises(ValidationError, match="Förbundet finns från och med"):
        factories.intervention(factories.association(), starts_on=date(2014, 12, 31))


def test_a_start_tomorrow_is_refused_but_today_is_not(intervention: Intervention) -> None:
    people.participation(intervention, starts_on=date(2021, 3, 31))
    with pytest.raises(ValidationError, match="har inte varit än"):
        people.participation(intervention, starts_on=date(2021, 4, 1))


def test_no_support_together_with_some_is_refused(intervention: Intervention) -> None:
    facts = refusal(intervention, supports=["none", "activity_compensation"])
    assert "går inte ihop" in facts["supports"][0]


def test_an_unknown_code_is_refused(intervention: Intervention) -> None:
    assert "finns inte i kodlistan" in refusal(intervention, education="doctor")["education"][0]


def test_a_code_not_in_force_that_day_is_refused() -> None:
    early = factories.intervention(factories.association(first_day=date(2009, 1, 1)), starts_on=date(2009, 6, 1))
    facts = refusal(early, starts_on=date(2010, 11, 30), supports=["establishment_benefit"])
    assert "gäller inte den" in facts["supports"][0]


def test_work_without_extent_is_refused(intervention: Intervention) -> None:
    assert "Skriv omfattningen" in refusal(intervention, occupation="work")["extent"][0]


def test_running_numbers_count_within_the_intervention(intervention: Intervention) -> None:
    actor = factories.actor(factories.registrar(intervention))
    numbers = [people.participation(intervention, actor).number for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_one_human_with_two_controllers_has_one_pseudonym(intervention: Intervention) -> None:
    who = people.identity()
    other = factories.intervention(intervention.association, controller=factories.service())
    people.participation(intervention, who=who)
    people.participation(other, who=who)
    assert Person.objects.count() == 2
    assert Pseudonym.objects.count() == 1


def test_the_pseudonym_does_not_come_from_the_number(intervention: Intervention) -> None:
    who = people.identity()
    stay = people.participation(intervention, who=who)
    pseudonym = stay.person.pseudonym
    assert len(pseudonym.value) == 32
    assert pseudonym.value not in (pseudonym.blind_index or "")
    pseudonym_before = pseudonym.value
    Participation.objects.all().delete()
    Person.objects.all().delete()
    Pseudonym.objects.all().delete()
    again = people.participation(intervention, who=who)
    assert again.person.pseudonym.value != pseudonym_before


@pytest.mark.parametrize(
    ("is_demo", "number", "sentence"),
    [
        (True, "198501019802", ""),
        (True, "198501011239", "bara påhittade nummer"),
        (False, None, "Kontrollsiffran stämmer inte"),
    ],
)
def test_each_sort_of_home_takes_its_own_numbers(
    intervention: Intervention, is_demo: bool, number: str | None, sentence: str
) -> None:
    people.demo_home()
    Installation.objects.update(is_demo=is_demo)
    who = valid(number) if number else people.identity()
    if not sentence:
        people.participation(intervention, who=who)
        return
    assert sentence in refusal(intervention, who=who)["number"][0]


def valid(number: str) -> IdentityNumber:
    return IdentityNumber(number[:11] + str(check_digit(number[2:11])))
