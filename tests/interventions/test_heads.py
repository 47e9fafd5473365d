"""Head counts that cannot be are refused, and those that are unlikely are asked about once more."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.interventions import actions
from finsam.interventions.models import HeadCount, Intervention, Plan
from tests import factories

pytestmark = pytest.mark.django_db

TOO_MANY = ["Talet är för stort. Skriv högst 99 999."]


@pytest.fixture
def intervention() -> Intervention:
    return factories.intervention(method="numbers_only")


def count(intervention: Intervention, women: int, men: int, **how: Any) -> HeadCount:
    operator = factories.operator()
    return actions.count_heads(actor=operator, intervention=intervention, year=2020, women=women, men=men, **how)


@pytest.mark.parametrize(("field", "number"), [("women", 100_000), ("men", 100_000), ("women", 198_501_019_876)])
def test_more_heads_than_there_can_be_are_refused(intervention: Intervention, field: str, number: int) -> None:
    with pytest.raises(ValidationError) as refused:
        count(intervention, **{"women": 1, "men": 1, field: number}, confirmed=True)
    assert TOO_MANY[0] in refused.value.message_dict[field]
    assert not HeadCount.objects.exists()


def test_as_many_heads_as_there_can_be_are_counted(intervention: Intervention) -> None:
    assert count(intervention, 99_999, 99_999).women == 99_999


@pytest.mark.parametrize(("number", "allowed"), [(99_999, True), (100_000, False)])
def test_a_plan_has_the_same_limit(intervention: Intervention, number: int, allowed: bool) -> None:
    wanted: dict[str, Any] = {
        "actor": factories.operator(),
        "intervention": intervention,
        "year": 2020,
        "participants": number,
    }
    if allowed:
        actions.plan(**wanted)
        return
    with pytest.raises(ValidationError) as refused:
        actions.plan(**wanted)
    assert refused.value.message_dict == {"participants": TOO_MANY}
    assert not Plan.objects.exists()


@pytest.mark.parametrize(("women", "men", "asked"), [(20, 20, False), (20, 21, True)])
def test_more_than_twice_the_plan_is_asked_about_once_more(
    intervention: Intervention, women: int, men: int, asked: bool
) -> None:
    actions.plan(actor=factories.operator(), intervention=intervention, year=2020, participants=20)
    if not asked:
        assert count(intervention, women, men)
        return
    with pytest.raises(ValidationError) as refused:
        count(intervention, women, men)
    assert refused.value.message_dict == {
        "confirmed": ["41 är mer än dubbelt så många som de 20 som är planerade. Stämmer antalet?"]
    }
    assert not HeadCount.objects.exists()
    assert count(intervention, women, men, confirmed=True).men == 21


def test_nothing_is_asked_where_nothing_is_planned_that_year(intervention: Intervention) -> None:
    actions.plan(actor=factories.operator(), intervention=intervention, year=2021, participants=1)
    assert count(intervention, 500, 500)
