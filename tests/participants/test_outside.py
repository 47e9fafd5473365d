"""Stays hold an intervention's and an association's days: neither is narrowed past them, not by two at once either."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.access.actors import Actor
from finsam.access.roles import Role
from finsam.associations import actions as associations
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.participants import actions
from finsam.participants.models import Participation
from tests import factories
from tests.interventions.test_interventions import facts
from tests.participants import people
from tests.participants.test_two_writers import at_once

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2020, 3, 2), date(2020, 3, 31)
DAY = timedelta(days=1)
REMEDY = "Registrera ut deltagarna eller rätta deras dagar först."


def narrow(actor: Actor, one: Intervention, **days: Any) -> Intervention:
    one = Intervention.objects.get(pk=one.pk)
    return interventions.change(actor=actor, intervention=one, **{**facts(one), **days})


def refusal(actor: Actor, one: Intervention, **days: Any) -> list[str]:
    try:
        narrow(actor, one, **days)
    except ValidationError as refused:
        return refused.messages
    return []


@pytest.fixture
def intervention() -> Intervention:
    people.demo_home()
    return factories.intervention()


@pytest.fixture
def registrar(intervention: Intervention) -> Actor:
    return factories.actor(factories.registrar(intervention))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"ends_before": LAST + DAY}, ""),
        ({"ends_before": LAST}, "1 deltagande som slutar senare"),
        ({"ends_before": FIRST + DAY}, "1 deltagande som slutar senare"),
        ({"ends_before": FIRST}, "1 deltagande som börjar senare"),
        ({"starts_on": FIRST}, ""),
        ({"starts_on": FIRST + DAY}, "1 deltagande som börjar tidigare"),
    ],
)
def test_a_stay_that_has_ended_stays_within_the_days_of_its_intervention(
    intervention: Intervention, registrar: Actor, days: dict[str, date], words: str
) -> None:
    people.end(registrar, people.participation(intervention, registrar, starts_on=FIRST), LAST)
    expected = [f"Utanför de nya dagarna ligger {words}. {REMEDY}"] if words else []
    assert refusal(factories.operator(), intervention, **days) == expected


def test_open_stays_those_that_end_later_and_those_that_begin_later_are_each_counted(
    intervention: Intervention, registrar: Actor
) -> None:
    for _ in range(2):
        people.participation(intervention, registrar, starts_on=FIRST)
    people.end(registrar, people.participation(intervention, registrar, starts_on=FIRST), date(2020, 7, 15))
    wrong = people.participation(intervention, registrar, starts_on=date(2020, 8, 3))
    actions.mark_wrong(actor=registrar, participation=wrong)
    people.participation(intervention, registrar, starts_on=date(2020, 8, 3))
    (sentence,) = refusal(factories.operator(), intervention, ends_before=date(2020, 7, 1))
    words = "2 deltaganden som pågår, 1 deltagande som slutar senare, 1 deltagande som börjar senare"
    assert sentence == f"Utanför de nya dagarna ligger {words}. {REMEDY}"


def test_an_open_stay_runs_past_a_last_day_that_has_been_and_may_end_before_one_to_come(
    intervention: Intervention, registrar: Actor
) -> None:
    people.participation(intervention, registrar, starts_on=FIRST)
    today = factories.NOW.date()
    assert "1 deltagande som pågår" in refusal(factories.operator(), intervention, ends_before=today)[0]
    assert refusal(factories.operator(), intervention, ends_before=today + DAY) == []


def test_an_association_is_not_closed_past_its_stays(intervention: Intervention, registrar: Actor) -> None:
    people.participation(intervention, registrar, starts_on=FIRST)
    where = intervention.association
    admin = factories.user(where.organisation, Role.ASSOCIATION_ADMIN, where=where)
    system = factories.user(None, Role.SYSTEM_ADMIN)
    for who, words in ((admin, "1 deltagande som pågår"), (system, "minst ett deltagande")):
        with pytest.raises(ValidationError) as refused:
            associations.close(actor=factories.actor(who), association=where, ends_before=date(2021, 1, 1))
        assert refused.value.messages[0].startswith(
            f"Utanför de nya dagarna ligger 1 insats som pågår längre, {words}. Avsluta insatserna först"
        )
    where.refresh_from_db()
    assert where.state == "active"


@pytest.mark.django_db(transaction=True)
def test_one_narrows_while_another_enrols_and_no_stay_is_left_outside(
    intervention: Intervention, registrar: Actor
) -> None:
    """Both have read the intervention before either writes, and the later meets what the earlier wrote."""
    consent = people.consent(registrar, intervention)
    seen, end = Intervention.objects.get(pk=intervention.pk), date(2020, 3, 1)
    wanted: dict[str, Any] = {"identity": people.identity(), "name": "Låtsas Exempelberg", "start": people.start(FIRST)}
    refused = at_once(
        lambda: narrow(factories.operator(), intervention, ends_before=end),
        lambda: actions.enrol(actor=registrar, intervention=seen, consent=consent, **wanted),
    )
    assert len(refused) == 1
    intervention.refresh_from_db()
    assert (intervention.ends_before == end) is not Participation.objects.exists()


def test_whoever_enrols_with_an_old_page_meets_the_new_days(intervention: Intervention, registrar: Actor) -> None:
    consent, seen = people.consent(registrar, intervention), Intervention.objects.get(pk=intervention.pk)
    narrow(factories.operator(), intervention, ends_before=FIRST)
    wanted: dict[str, Any] = {"identity": people.identity(), "name": "Låtsas Exempelberg", "start": people.start(FIRST)}
    with pytest.raises(ValidationError, match="Insatsen är slut"):
        actions.enrol(actor=registrar, intervention=seen, consent=consent, **wanted)
    intervention.refresh_from_db()
    assert intervention.ends_before == FIRST
