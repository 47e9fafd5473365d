"""Who sees an identity: the assigned registrar, after a row in the read log, and nobody else."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.models import ReadRow
from finsam.access.roles import Role
from finsam.interventions import actions as interventions
from finsam.interventions.models import HeadCount, Intervention
from finsam.participants import actions, erasure, queries
from finsam.participants.models import Consent, ErasureRow, Need, Participation, Person, Pseudonym, Support
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention()


def test_the_assigned_registrar_sees_name_and_masked_number(intervention: Intervention) -> None:
    registrar = factories.actor(factories.registrar(intervention))
    people.participation(intervention, registrar, who=people.identity(date(1985, 1, 1)))
    (line,) = queries.listed(actor=registrar, intervention=intervention).lines
    assert (line.name, line.masked, line.number) == ("Låtsas Exempelberg", "19850101-••••", 1)


def test_a_lead_sees_only_the_running_number(intervention: Intervention) -> None:
    people.participation(intervention)
    lead = factories.actor(factories.lead(intervention))
    intervention = Intervention.objects.get(pk=intervention.pk)
    (line,) = queries.listed(actor=lead, intervention=intervention).lines
    assert (line.name, line.masked, line.number) == ("", "", 1)


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role is not Role.PARTICIPANT_REGISTRAR],
)
def test_no_other_role_opens_a_person(intervention: Intervention, role: Role) -> None:
    stay = people.participation(intervention)
    who = factories.user(None, role, where=intervention.association)
    if role is Role.INTERVENTION_LEAD:
        interventions.assign(actor=factories.operator(), intervention=intervention, user=who, role=role)
    with pytest.raises(PermissionDenied):
        actions.open_person(actor=factories.actor(who), participation=stay)
    with pytest.raises(PermissionDenied):
        actions.search(actor=factories.actor(who), identity=people.identity())
    assert not ReadRow.objects.exists()


def test_the_operator_of_the_server_opens_no_one(intervention: Intervention) -> None:
    stay = people.participation(intervention)
    with pytest.raises(PermissionDenied):
        actions.open_person(actor=factories.operator(), participation=stay)
    with pytest.raises(PermissionDenied):
        queries.listed(actor=factories.operator(), intervention=intervention)


def test_a_registrar_of_another_intervention_opens_no_one(intervention: Intervention) -> None:
    stay = people.participation(intervention)
    other = factories.actor(factories.registrar(factories.intervention(intervention.association)))
    with pytest.raises(PermissionDenied):
        actions.open_person(actor=other, participation=stay)


def test_an_ended_assignment_closes_the_records(intervention: Intervention) -> None:
    who = factories.registrar(intervention)
    stay = people.participation(intervention, factories.actor(who))
    row = intervention.assignments.get(user=who)
    interventions.end_assignment(actor=factories.operator(), assignment=row)
    with pytest.raises(PermissionDenied):
        actions.open_person(actor=factories.actor(who), participation=stay)


def test_opening_writes_the_read_log_and_shows_only_own_stays(intervention: Intervention) -> None:
    who = people.identity()
    other = factories.intervention(intervention.association)
    people.participation(other, who=who)
    registrar = factories.actor(factories.registrar(intervention))
    stay = people.participation(intervention, registrar, who=who)
    opened = actions.open_person(actor=registrar, participation=stay)
    assert list(opened.participations) == [stay]
    assert opened.number == who
    row = ReadRow.objects.get()
    assert (row.what, row.record_id, row.user_id, row.at) == (
        "opened",
        stay.person_id,
        registrar.user_id,
        factories.NOW,
    )


def test_a_search_leaves_a_row_even_when_nothing_may_be_shown(intervention: Intervention) -> None:
    who = people.identity()
    stay = people.participation(intervention, who=who)
    elsewhere = factories.actor(factories.registrar(factories.intervention(intervention.association)))
    assert actions.search(actor=elsewhere, identity=who) is None
    assert list(ReadRow.objects.values_list("what", "record_id")) == [("searched", stay.person_id)]


def test_a_sealed_field_moved_to_another_person_does_not_open(intervention: Intervention) -> None:
    one, two = people.participation(intervention).person, people.participation(intervention).person
    two.sealed_name = one.sealed_name
    with pytest.raises(InvalidTag):
        two.open_name()


def test_pages_follow_each_other_without_gaps(intervention: Intervention) -> None:
    registrar = factories.actor(factories.registrar(intervention))
    for _ in range(5):
        people.participation(intervention, registrar)
    first = queries.listed(actor=registrar, intervention=intervention, size=2)
    second = queries.listed(actor=registrar, intervention=intervention, before=first.before, size=2)
    third = queries.listed(actor=registrar, intervention=intervention, before=second.before, size=2)
    numbers = [line.number for page in (first, second, third) for line in page.lines]
    assert numbers == [5, 4, 3, 2, 1]
    assert third.before is None


def test_erasure_leaves_nothing_but_heads(intervention: Intervention) -> None:
    registrar = factories.actor(factories.registrar(intervention))
    stay = people.participation(intervention, registrar, starts_on=date(2020, 12, 31))
    erasure.erase(actor=registrar, participation=stay, reason=erasure.PROTECTED)
    for model in (Person, Participation, Support, Consent):
        assert not model.objects.exists()
        assert not model.history.exists()
    assert not Pseudonym.objects.exists()
    heads = HeadCount.objects.order_by("year").values_list("year", "source", "women", "men")
    assert list(heads) == [(2020, "anonymous", 1, 0), (2021, "anonymous", 1, 0)]
    assert ErasureRow.objects.get().participations == 1


def test_erasure_takes_what_was_corrected_away_before_it_too(intervention: Intervention) -> None:
    registrar = factories.actor(factories.registrar(intervention))
    stay = people.participation(intervention, registrar)
    new = people.start(supports=["social_assistance"], need_groups=["mental_ill_health"])
    actions.correct(actor=registrar, participation=stay, start=new)
    assert Support.history.count() == Need.history.count() == 3
    erasure.erase(actor=registrar, participation=stay)
    assert not Support.history.exists()
    assert not Need.history.exists()


def test_erasure_keeps_the_pseudonym_while_another_controller_has_the_human(intervention: Intervention) -> None:
    who = people.identity()
    people.participation(factories.intervention(intervention.association, controller=factories.service()), who=who)
    registrar = factories.actor(factories.registrar(intervention))
    erasure.erase(actor=registrar, participation=people.participation(intervention, registrar, who=who))
    assert Pseudonym.objects.count() == 1


def test_an_intervention_that_counts_heads_takes_no_names() -> None:
    volume = factories.intervention(method="numbers_only")
    with pytest.raises(ValidationError, match="räknar bara antal"):
        people.consent(factories.actor(factories.registrar(volume)), volume)
