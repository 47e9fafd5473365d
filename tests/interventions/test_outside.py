"""Days are not narrowed past what is registered: the refusal says how many of each, at the very day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.access.roles import Role
from finsam.associations import actions as associations
from finsam.associations.models import Association
from finsam.interventions import actions
from finsam.interventions.models import Intervention
from tests import factories
from tests.interventions.test_interventions import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention()


def narrowed(one: Intervention, **days: Any) -> list[str]:
    """What an intervention's new days are refused for; nothing when they are taken."""
    try:
        actions.change(actor=factories.operator(), intervention=one, **{**facts(one), **days})
    except ValidationError as refused:
        return refused.messages
    return []


def closed(one: Association, ends_before: date, **into: Any) -> list[str]:
    try:
        associations.close(actor=factories.operator(), association=one, ends_before=ends_before, **into)
    except ValidationError as refused:
        return refused.messages
    return []


@pytest.mark.parametrize(
    ("ends_before", "refused"),
    [
        (date(2020, 1, 1), ["Utanför de nya dagarna ligger 1 räknat antal (2020). Ändra de antalen till 0 först."]),
        (date(2020, 1, 2), []),
    ],
)
def test_a_head_count_stays_within_an_interventions_days(
    intervention: Intervention, ends_before: date, refused: list[str]
) -> None:
    actions.count_heads(actor=factories.operator(), intervention=intervention, year=2020, women=1, men=1)
    assert narrowed(intervention, ends_before=ends_before) == refused
    intervention.refresh_from_db()
    assert intervention.ends_before == (None if refused else ends_before)


@pytest.mark.parametrize(
    ("starts_on", "refused"),
    [
        (date(2019, 1, 1), ["Utanför de nya dagarna ligger 1 planerat antal (2018). Ändra de antalen till 0 först."]),
        (date(2018, 12, 31), []),
        (date(2017, 12, 31), []),
    ],
)
def test_a_plan_stays_within_an_interventions_days(
    intervention: Intervention, starts_on: date, refused: list[str]
) -> None:
    actions.plan(actor=factories.operator(), intervention=intervention, year=2018, participants=3)
    assert narrowed(intervention, starts_on=starts_on) == refused


def test_a_number_changed_to_nothing_holds_no_days(intervention: Intervention) -> None:
    operator = factories.operator()
    for number in (9, 0):
        actions.plan(actor=operator, intervention=intervention, year=2021, participants=number)
        actions.count_heads(actor=operator, intervention=intervention, year=2021, women=number, men=0)
    assert not narrowed(intervention, ends_before=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("ends_before", "refused"),
    [
        (date(2021, 4, 10), ["Utanför de nya dagarna ligger 1 uppdrag som börjar senare. Avsluta de uppdragen först."]),
        (date(2021, 4, 11), []),
    ],
)
def test_work_to_come_begins_within_an_interventions_days(
    intervention: Intervention, ends_before: date, refused: list[str]
) -> None:
    lead = factories.user(None, Role.INTERVENTION_LEAD)
    wanted: dict[str, Any] = {"user": lead, "role": Role.INTERVENTION_LEAD, "first_day": date(2021, 4, 10)}
    actions.assign(actor=factories.operator(), intervention=intervention, **wanted)
    assert narrowed(intervention, ends_before=ends_before) == refused


def test_days_that_are_not_narrowed_are_changed_whatever_lies_outside_already(intervention: Intervention) -> None:
    actions.plan(actor=factories.operator(), intervention=intervention, year=2021, participants=3)
    Intervention.objects.update(ends_before=date(2020, 7, 1))
    intervention.refresh_from_db()
    assert not narrowed(intervention, name="Nytt namn")
    assert not narrowed(intervention, ends_before=date(2020, 8, 1))
    assert narrowed(intervention, ends_before=date(2020, 7, 31))


@pytest.mark.parametrize("year", [2017, 2021])
def test_a_year_outside_the_intervention_is_not_planned(year: int) -> None:
    one = factories.intervention(ends_before=date(2021, 1, 1))
    with pytest.raises(ValidationError, match="Insatsen pågår 2018–2020"):
        actions.plan(actor=factories.operator(), intervention=one, year=year, participants=3)


def test_an_association_is_not_closed_before_its_interventions(intervention: Intervention) -> None:
    where = intervention.association
    actions.plan(actor=factories.operator(), intervention=intervention, year=2021, participants=3)
    (sentence,) = closed(where, date(2021, 1, 1))
    assert sentence == (
        "Utanför de nya dagarna ligger 1 insats som pågår längre, 1 planerat antal (2021). Avsluta insatserna först, "
        "och skapa dem som ska gå vidare i det förbund som tar över. Ändra de antalen till 0 först."
    )
    where.refresh_from_db()
    assert where.state == "active"
    assert not where.memberships.exclude(ends_before=None).exists()
    assert not narrowed(intervention, ends_before=date(2021, 7, 2))
    assert closed(where, date(2021, 7, 1))
    assert not closed(where, date(2021, 7, 2))


def test_a_merger_leaves_no_municipality_behind() -> None:
    old, new = factories.association(codes=("0180",)), factories.association(codes=("0184",))
    day = date(2021, 1, 1)
    (sentence,) = closed(old, day, merged_into=new)
    assert sentence.startswith(
        "Utanför de nya dagarna ligger 1 kommun. Ta bort kommunerna ur förbundet först, och lägg"
    )
    for row in old.coverages.order_by("pk"):
        associations.end_coverage(actor=factories.operator(), coverage=row, ends_before=day)
        associations.cover(actor=factories.operator(), association=new, municipality=row.municipality, first_day=day)
    assert not closed(old, day, merged_into=new)


def test_closing_ends_what_would_have_ended_later_and_refuses_what_begins_later() -> None:
    one = factories.association()
    operator, day = factories.operator(), date(2021, 1, 1)
    for row in one.memberships.order_by("pk"):
        associations.end_membership(actor=operator, membership=row, ends_before=date(2022, 1, 1))
    later = associations.add_member(
        actor=operator, association=one, party=factories.party("region", "14"), first_day=date(2021, 1, 1)
    )
    assert "1 medlemskap som börjar senare" in closed(one, day)[0]
    later.delete()
    assert not closed(one, day)
    assert set(one.memberships.values_list("ends_before", flat=True)) == {day}


def test_nothing_begins_in_an_association_closed_meanwhile() -> None:
    one = factories.association()
    seen = Association.objects.get(pk=one.pk)
    assert not closed(one, date(2021, 1, 1))
    with pytest.raises(ValidationError, match="inte i drift"):
        factories.intervention(seen)
