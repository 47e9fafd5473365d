"""The history of an intervention: its values stand in it, heads only for those who register, names for colleagues."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from finsam.access.actors import Actor
from finsam.access.models import User
from finsam.access.roles import Role
from finsam.access.trail import Event, Named
from finsam.interventions import actions, queries
from finsam.interventions.models import Intervention
from tests import factories

pytestmark = pytest.mark.django_db

LATER = factories.NOW + timedelta(hours=1)


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention(method="numbers_only", direction="individual_assessment")


@pytest.fixture
def lead(intervention: Intervention) -> User:
    return factories.lead(intervention)


def fresh(one: Intervention) -> Intervention:
    return Intervention.objects.get(pk=one.pk)


def history(actor: Actor, one: Intervention) -> list[Event]:
    return queries.history(actor=actor, intervention=fresh(one))


def said(event: Event) -> dict[str, tuple[Any, Any]]:
    return {one.label: (one.was, one.became) for one in event.differences}


def changed(actor: Actor, one: Intervention, **facts: object) -> None:
    kept = {name: getattr(one, name) for name in ("name", "starts_on", "kind", "direction", "method")}
    groups = queries.need_groups(actor=actor, intervention=one)
    parties = queries.performers(actor=actor, intervention=one)
    wanted = {**kept, "need_groups": groups, "performers": parties, **facts}
    actions.change(actor=actor, intervention=one, **wanted)  # type: ignore[arg-type]


def test_what_was_and_what_became_is_told_of_the_intervention_and_its_value_rows(intervention, lead):
    actor = factories.actor(lead, LATER)
    name = intervention.name
    changed(actor, fresh(intervention), name="Nytt namn", need_groups=["long_term_sick", "newly_arrived"])
    latest = history(actor, intervention)[0]
    assert said(latest)["Namn"] == (name, "Nytt namn")
    was, became = said(latest)["Behovsgrupp"]
    assert len(was) == 1
    assert len(became) == 2
    assert set(said(latest)) == {"Namn", "Behovsgrupp"}
    assert (latest.role, latest.name, latest.actions[0]) == ("intervention_lead", lead.name, "interventions.change")


def test_a_year_planned_anew_says_what_was_planned_before(intervention, lead):
    for hours, number in ((1, 20), (2, 25)):
        actor = factories.actor(lead, factories.NOW + timedelta(hours=hours))
        actions.plan(actor=actor, intervention=fresh(intervention), year=2021, participants=number)
    assert said(history(actor, intervention)[0]) == {"Planerat antal 2021": (((20,),), ((25,),))}


def test_heads_stand_in_the_history_for_those_who_register_or_answer_only(intervention, lead):
    actor = factories.actor(lead, LATER)
    actions.count_heads(actor=actor, intervention=fresh(intervention), year=2020, women=3, men=4)
    where = intervention.association
    admin = factories.actor(factories.user(where.organisation, Role.ASSOCIATION_ADMIN, where=where))
    reader = factories.actor(factories.user(None, Role.READER, where=where))
    counted = "Antal utan namn volyminsats 2020"
    for sees in (actor, admin):
        latest = history(sees, intervention)[0]
        assert said(latest)[counted] == (None, ((Named("kvinnor", 3), Named("män", 4)),))
    assert counted not in {label for event in history(reader, intervention) for label in said(event)}


def test_names_of_colleagues_are_for_those_who_share_the_intervention(intervention, lead):
    actor = factories.actor(lead, LATER)
    actions.plan(actor=actor, intervention=fresh(intervention), year=2021, participants=20)
    where = intervention.association
    reader = factories.actor(factories.user(None, Role.READER, where=where))
    admin = factories.actor(factories.user(where.organisation, Role.ASSOCIATION_ADMIN, where=where))
    told = history(reader, intervention)
    assert (told[0].name, told[0].role) == ("", "intervention_lead")
    assert lead.name not in str(told)
    assert lead.name in str(history(admin, intervention))
    colleague = factories.actor(factories.lead(fresh(intervention)))
    assert history(colleague, intervention)[0].name == lead.name


def test_an_ended_assignment_is_told_with_its_days(intervention, lead):
    row = intervention.assignments.get(user=lead)
    admin = factories.user(
        intervention.association.organisation, Role.ASSOCIATION_ADMIN, where=intervention.association
    )
    actions.end_assignment(actor=factories.actor(admin, LATER), assignment=row)
    latest = history(factories.actor(admin), intervention)[0]
    ((label, (was, became)),) = said(latest).items()
    assert label == "Uppdrag Insatsansvarig"
    assert (was[0][0], was[0][1].ends_before) == (lead.name, None)
    assert became[0][1].ends_before == factories.NOW.date()


def test_a_history_elsewhere_is_refused(intervention, lead):
    elsewhere = factories.actor(factories.lead(factories.intervention()))
    with pytest.raises(PermissionDenied):
        history(elsewhere, intervention)
