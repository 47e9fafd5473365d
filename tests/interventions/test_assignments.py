"""Assignments have days: what they open is open from the first day to the last, whatever stands written for later."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from finsam.access.actors import Actor
from finsam.access.models import User
from finsam.access.roles import Permission, Role
from finsam.interventions import actions, queries
from finsam.interventions.models import Assignment, Intervention
from tests import factories

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2021, 4, 10), date(2021, 4, 20)
DAY = timedelta(days=1)
BOUNDARIES = [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]


def on(day: date) -> datetime:
    return datetime.combine(day, factories.NOW.timetz())


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention()


@pytest.fixture
def lead() -> User:
    return factories.user(None, Role.INTERVENTION_LEAD)


@pytest.fixture
def assignment(intervention: Intervention, lead: User) -> Assignment:
    """Work that was given on 31 March 2021, for ten days in April."""
    return actions.assign(
        actor=factories.operator(),
        intervention=intervention,
        user=lead,
        role=Role.INTERVENTION_LEAD,
        first_day=FIRST,
        ends_before=LAST + DAY,
    )


def as_of(user: User, day: date) -> Actor:
    return factories.actor(user, on(day))


@pytest.mark.parametrize(("day", "runs"), BOUNDARIES)
def test_an_assignment_runs_from_its_first_day_to_its_last(assignment: Assignment, day: date, runs: bool) -> None:
    assert Assignment.objects.running_on(day).exists() is runs


@pytest.mark.parametrize(("day", "runs"), BOUNDARIES)
def test_an_intervention_is_open_on_the_days_of_the_assignment(
    intervention: Intervention, lead: User, assignment: Assignment, day: date, runs: bool
) -> None:
    actor = as_of(lead, day)
    assert actor.may(Permission.COUNT_HEADS, intervention) is runs
    assert queries.visible(actor=actor, permission=Permission.COUNT_HEADS).exists() is runs
    assert queries.running(actor=actor, day=day).exists() is runs
    if runs:
        actions.count_heads(actor=actor, intervention=intervention, year=2021, women=1, men=1)
        return
    with pytest.raises(PermissionDenied):
        actions.count_heads(actor=actor, intervention=intervention, year=2021, women=1, men=1)


@pytest.mark.parametrize(("day", "runs"), BOUNDARIES)
def test_a_role_is_missing_outside_the_days_of_the_assignment(
    intervention: Intervention, assignment: Assignment, day: date, runs: bool
) -> None:
    operator = factories.operator(on(day))
    lacking = {lack.what for lack in queries.lacking(actor=operator, intervention=intervention)}
    assert (Role.INTERVENTION_LEAD not in lacking) is runs
    assert queries.without(actor=operator, role=Role.INTERVENTION_LEAD).exists() is not runs


@pytest.mark.parametrize(("day", "runs"), BOUNDARIES)
def test_a_refusal_names_whoever_leads_that_day(
    intervention: Intervention, lead: User, assignment: Assignment, day: date, runs: bool
) -> None:
    assert (lead.name in intervention.scope(day).contact) is runs


@pytest.mark.participants
@pytest.mark.parametrize(("day", "runs"), BOUNDARIES)
def test_a_person_is_known_to_those_who_work_that_day(intervention: Intervention, day: date, runs: bool) -> None:
    from tests.participants import people

    stay = people.participation(intervention)
    Assignment.objects.update(first_day=FIRST, ends_before=LAST + DAY)
    registrar = Assignment.objects.get().user
    assert as_of(registrar, day).may(Permission.SEE_IDENTITY, stay.person) is runs


def test_one_record_asked_of_two_days_answers_for_each(
    intervention: Intervention, lead: User, assignment: Assignment
) -> None:
    assert not as_of(lead, FIRST - DAY).may(Permission.COUNT_HEADS, intervention)
    assert as_of(lead, FIRST).may(Permission.COUNT_HEADS, intervention)
    assert not as_of(lead, LAST + DAY).may(Permission.COUNT_HEADS, intervention)


@pytest.mark.parametrize(
    ("days", "allowed"),
    [
        ((FIRST - DAY, FIRST), True),
        ((FIRST - DAY, FIRST + DAY), False),
        ((FIRST - DAY, None), False),
        ((LAST, None), False),
        ((LAST + DAY, None), True),
    ],
)
def test_work_of_the_same_kind_shares_no_day(
    intervention: Intervention, lead: User, assignment: Assignment, days: tuple[date, date | None], allowed: bool
) -> None:
    wanted: dict[str, Any] = {"intervention": intervention, "user": lead, "role": Role.INTERVENTION_LEAD}
    wanted |= {"first_day": days[0], "ends_before": days[1]}
    if allowed:
        actions.assign(actor=factories.operator(), **wanted)
        return
    with pytest.raises(ValidationError, match="har redan uppdraget någon av de dagarna"):
        actions.assign(actor=factories.operator(), **wanted)


def test_work_begins_today_at_the_earliest(intervention: Intervention, lead: User) -> None:
    with pytest.raises(ValidationError, match="tidigast i dag"):
        actions.assign(
            actor=factories.operator(),
            intervention=intervention,
            user=lead,
            role=Role.INTERVENTION_LEAD,
            first_day=factories.NOW.date() - DAY,
        )


def test_work_to_come_is_listed_and_can_be_taken_back(
    intervention: Intervention, lead: User, assignment: Assignment
) -> None:
    operator = factories.operator()
    found = queries.assignment(actor=operator, intervention=intervention, pk=assignment.pk)
    actions.end_assignment(actor=operator, assignment=found)
    assert not queries.assignments(actor=operator, intervention=intervention).exists()
    assert not Assignment.objects.running_on(FIRST).exists()
    again = actions.assign(
        actor=operator, intervention=intervention, user=lead, role=Role.INTERVENTION_LEAD, first_day=FIRST
    )
    assert list(queries.assignments(actor=operator, intervention=intervention)) == [again]


def test_work_that_ends_today_is_over_today(intervention: Intervention, lead: User) -> None:
    operator = factories.operator()
    row = actions.assign(actor=operator, intervention=intervention, user=lead, role=Role.INTERVENTION_LEAD)
    assert factories.actor(lead).may(Permission.COUNT_HEADS, intervention)
    actions.end_assignment(actor=operator, assignment=row)
    assert not factories.actor(lead).may(Permission.COUNT_HEADS, row.intervention)


def test_the_database_refuses_an_end_before_the_first_day(assignment: Assignment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(ends_before=FIRST - DAY)
    Assignment.objects.update(ends_before=FIRST)
