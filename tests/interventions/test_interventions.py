"""Interventions: what is needed, what is locked, who is assigned, and heads."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.roles import Role
from finsam.interventions import actions, queries
from finsam.interventions.models import Assignment, HeadCount, Intervention
from tests import factories

pytestmark = pytest.mark.django_db


def facts(intervention: Intervention) -> dict[str, Any]:
    fields = ("name", "starts_on", "kind", "direction", "method", "description", "ends_before", "controller")
    performers = [row.party for row in intervention.performers.order_by("pk")]
    groups = list(intervention.target_groups.order_by("pk").values_list("need_group", flat=True))
    return {name: getattr(intervention, name) for name in fields} | {"need_groups": groups, "performers": performers}


def test_two_municipalities_are_one_party() -> None:
    where = factories.association(codes=("0180", "0184"))
    two = [factories.party("municipality", "0180"), factories.party("municipality", "0184")]
    with pytest.raises(ValidationError, match="Två kommuner räknas som en part"):
        factories.intervention(where, performers=two)
    assert not Intervention.objects.exists()


def test_personal_data_need_a_party_that_answers_for_them() -> None:
    with pytest.raises(ValidationError, match="personuppgiftsansvarig"):
        factories.intervention(controller=None)
    where = factories.association()
    with pytest.raises(ValidationError, match="Förbundet får inte vara personuppgiftsansvarigt"):
        factories.intervention(where, controller=where.organisation)


def test_a_direction_of_the_other_kind_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        factories.intervention(kind="structural", direction="preparatory", method="numbers_only")
    assert "direction" in refused.value.message_dict


def test_an_association_under_preparation_starts_nothing() -> None:
    with pytest.raises(ValidationError, match="Aktivera förbundet först"):
        factories.intervention(factories.association(active=False))


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValidationError, match="Sista dagen ligger före"):
        factories.intervention(starts_on=date(2020, 1, 2), ends_before=date(2020, 1, 2))


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "structural"), ("direction", "preventive"), ("controller", None)]
)
def test_what_is_locked_stays(field: str, value: str | None) -> None:
    made = factories.intervention()
    actions.lock(actor=factories.operator(), intervention=made)
    with pytest.raises(ValidationError, match="när något är registrerat") as refused:
        actions.change(actor=factories.operator(), intervention=made, **{**facts(made), field: value})
    assert field in refused.value.message_dict
    made.refresh_from_db()
    assert made.kind == "individual"


def test_need_groups_and_parties_change_row_by_row() -> None:
    made = factories.intervention(need_groups=["long_term_sick", "none_specific"])
    wanted = {**facts(made), "need_groups": ["long_term_sick", "newly_arrived"]}
    actions.change(actor=factories.operator(), intervention=made, **wanted)
    groups = made.target_groups.order_by("need_group").values_list("need_group", flat=True)
    assert list(groups) == ["long_term_sick", "newly_arrived"]
    kinds = made.target_groups.model.history.order_by("history_id").values_list("need_group", "history_type")
    assert list(kinds)[2:] == [("newly_arrived", "+"), ("none_specific", "-")]


def test_heads_are_counted_for_one_year_and_lock() -> None:
    made = factories.intervention(method="numbers_only")
    actions.count_heads(actor=factories.operator(), intervention=made, year=2020, women=7, men=0)
    actions.count_heads(actor=factories.operator(), intervention=made, year=2020, women=8, men=0)
    row = HeadCount.objects.get()
    assert (row.women, row.men, row.source) == (8, 0, "volume")
    made.refresh_from_db()
    assert made.locked


@pytest.mark.parametrize(("year", "allowed"), [(2017, False), (2018, True), (2021, True), (2022, False)])
def test_heads_belong_to_a_year_of_the_intervention(year: int, allowed: bool) -> None:
    made = factories.intervention()
    if allowed:
        actions.count_heads(actor=factories.operator(), intervention=made, year=year, women=1, men=1)
        assert HeadCount.objects.get().source == "anonymous"
        return
    with pytest.raises(ValidationError, match="Insatsen pågår 2018–2021"):
        actions.count_heads(actor=factories.operator(), intervention=made, year=year, women=1, men=1)


def test_an_administrator_assigns_a_lead_who_then_sees_the_intervention() -> None:
    made = factories.intervention()
    admin = factories.user(made.association.organisation, Role.ASSOCIATION_ADMIN, where=made.association)
    lead = factories.user(None, Role.INTERVENTION_LEAD)
    assert not queries.visible(actor=factories.actor(lead)).exists()
    actions.assign(actor=factories.actor(admin), intervention=made, user=lead, role=Role.INTERVENTION_LEAD)
    assert queries.get(actor=factories.actor(lead), pk=made.pk) == made


def test_a_role_alone_opens_nothing_and_an_assignment_needs_the_role() -> None:
    made = factories.intervention()
    nobody = factories.user()
    with pytest.raises(ValidationError, match="saknar behörigheten"):
        actions.assign(actor=factories.operator(), intervention=made, user=nobody, role=Role.INTERVENTION_LEAD)
    assert not Assignment.objects.exists()


@pytest.mark.participants
def test_a_lead_assigns_a_registrar_but_no_other_lead() -> None:
    made = factories.intervention()
    lead = factories.actor(factories.lead(made))
    made = Intervention.objects.get(pk=made.pk)
    registrar = factories.user(None, Role.PARTICIPANT_REGISTRAR)
    actions.assign(actor=lead, intervention=made, user=registrar, role=Role.PARTICIPANT_REGISTRAR)
    other = factories.user(None, Role.INTERVENTION_LEAD)
    with pytest.raises(PermissionDenied):
        actions.assign(actor=lead, intervention=made, user=other, role=Role.INTERVENTION_LEAD)


def test_an_administrator_of_another_association_sees_and_changes_nothing() -> None:
    made = factories.intervention()
    elsewhere = factories.association(codes=("0184",))
    admin = factories.actor(factories.user(elsewhere.organisation, Role.ASSOCIATION_ADMIN, where=elsewhere))
    with pytest.raises(Intervention.DoesNotExist):
        queries.get(actor=admin, pk=made.pk)
    with pytest.raises(PermissionDenied):
        actions.plan(actor=admin, intervention=made, year=2020, participants=9)


def test_an_association_or_an_authority_is_no_performing_party() -> None:
    where = factories.association()
    with pytest.raises(ValidationError, match="Välj minst två parter"):
        factories.intervention(where, performers=[factories.agency(), where.organisation])


def test_a_party_that_is_no_member_neither_performs_nor_answers_for_personal_data() -> None:
    where, stranger = factories.association(codes=("0180",)), factories.party("municipality", "0114")
    with pytest.raises(ValidationError) as refused:
        factories.intervention(where, performers=[factories.agency(), stranger], controller=stranger)
    sentence = f"Inte medlem i förbundet under insatsens tid: {stranger.name}. Välj bland medlemmarna."
    assert refused.value.message_dict == {"performers": [sentence]}
    with pytest.raises(ValidationError) as refused:
        factories.intervention(where, controller=stranger)
    assert refused.value.message_dict == {"controller": [sentence]}
    assert not Intervention.objects.exists()


def test_parties_are_counted_among_the_members_only() -> None:
    where = factories.association(codes=("0180", "0182"))
    towns = [factories.party("municipality", code) for code in ("0180", "0182")]
    with pytest.raises(ValidationError, match="Två kommuner räknas som en part"):
        factories.intervention(where, performers=towns)
    with pytest.raises(ValidationError, match="Inte medlem i förbundet"):
        factories.intervention(where, performers=[*towns, factories.party("region", "14")])


@pytest.mark.parametrize(("ends_before", "allowed"), [(date(2018, 1, 1), False), (date(2018, 1, 2), True)])
def test_a_member_for_a_day_of_the_intervention_performs_it(ends_before: date, allowed: bool) -> None:
    where = factories.association()
    membership = where.memberships.get(party=factories.service())
    factories.associations.end_membership(actor=factories.operator(), membership=membership, ends_before=ends_before)
    two = [factories.agency(), factories.service()]
    if allowed:
        assert factories.intervention(where, performers=two).performers.count() == 2
        return
    with pytest.raises(ValidationError, match="Inte medlem i förbundet under insatsens tid: Arbetsförmedlingen"):
        factories.intervention(where, performers=two)


def test_a_party_that_has_left_stays_in_what_it_performed() -> None:
    made = factories.intervention()
    membership = made.association.memberships.get(party=factories.agency())
    factories.associations.end_membership(
        actor=factories.operator(), membership=membership, ends_before=date(2016, 1, 1)
    )
    changed = actions.change(actor=factories.operator(), intervention=made, **{**facts(made), "name": "Nytt namn"})
    assert changed.name == "Nytt namn"
    assert {row.party for row in made.performers.all()} >= {factories.agency()}


def test_work_is_given_to_those_who_work_for_the_association_or_a_member() -> None:
    made, other = factories.intervention(), factories.association()
    stranger = factories.user(other.organisation, Role.INTERVENTION_LEAD)
    own = factories.user(made.association.organisation, Role.INTERVENTION_LEAD)
    with pytest.raises(ValidationError, match="varken för förbundet eller för någon av dess medlemmar"):
        actions.assign(actor=factories.operator(), intervention=made, user=stranger, role=Role.INTERVENTION_LEAD)
    found = queries.assignable(actor=factories.operator(), intervention=made, role=Role.INTERVENTION_LEAD)
    assert list(found) == [own]
    assert actions.assign(actor=factories.operator(), intervention=made, user=own, role=Role.INTERVENTION_LEAD).pk
