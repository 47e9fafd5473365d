"""A county border is judged on the day it is crossed, and each breach names the paragraph where the demand stands."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.associations import actions, queries
from finsam.associations.models import Association, County, Municipality
from finsam.associations.rules import Finding
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = factories.NOW.date()


def borders(one: Association, day: date = TODAY) -> list[Finding]:
    found = queries.findings(actor=factories.operator(), association=one, day=day)
    return [finding for finding in found if finding.paragraph.startswith("1 §")]


def join(one: Association, code: str, first_day: date, ends_before: date | None = None) -> None:
    """Let a town and its region become members, and the town be covered."""
    town = Municipality.objects.get(code=code)
    days: dict[str, Any] = {"first_day": first_day, "ends_before": ends_before}
    assert town.region is not None
    there = one.memberships.filter(party=town.region, first_day__lte=first_day, ends_before=ends_before).exists()
    for party in (town.party,) if there else (town.party, town.region):
        actions.add_member(actor=factories.operator(), association=one, party=party, **days)
    actions.cover(actor=factories.operator(), association=one, municipality=town, **days)


@pytest.mark.parametrize(
    ("joined", "lawful"),
    [(date(2009, 1, 1), False), (date(2010, 6, 30), False), (date(2010, 7, 1), True), (date(2012, 1, 1), True)],
)
def test_an_association_of_2005_takes_a_town_across_the_border_from_july_2010(joined: date, lawful: bool) -> None:
    one = factories.association(codes=("0180",), first_day=date(2005, 1, 1))
    join(one, "0380", joined)
    assert not queries.findings(actor=factories.operator(), association=one, day=date(2008, 1, 1))
    assert (borders(one) == []) is lawful
    if not lawful:
        assert borders(one)[0].sentence.startswith(
            f"Uppsala ligger i ett annat län och är medlem från och med {joined}. Ett förbund över länsgräns"
        )


def test_each_border_is_judged_by_itself() -> None:
    one = factories.association(codes=("0180",), first_day=date(2005, 1, 1))
    join(one, "0380", date(2009, 1, 1))
    join(one, "0381", date(2012, 1, 1))
    join(one, "0480", date(2012, 1, 1))
    assert [finding.sentence.partition(" ")[0] for finding in borders(one)] == ["Uppsala"]


def test_a_town_that_left_and_came_back_later_crosses_the_border_when_it_comes_back() -> None:
    one = factories.association(codes=("0180",), first_day=date(2005, 1, 1))
    join(one, "0380", date(2009, 1, 1), date(2010, 1, 1))
    join(one, "0380", date(2012, 1, 1))
    assert borders(one, date(2009, 6, 1))
    assert not borders(one)


def test_a_town_that_changes_county_crosses_the_border_that_day() -> None:
    one = factories.association(codes=("0180", "0181"), first_day=date(2005, 1, 1))
    Municipality.objects.filter(code="0181").update(county=County.objects.get(code="03"), first_day=date(2009, 1, 1))
    assert borders(one)
    Municipality.objects.filter(code="0181").update(first_day=date(2012, 1, 1))
    assert not borders(one)


def test_an_association_that_took_a_town_across_the_border_in_2012_is_put_to_work() -> None:
    one = factories.association(codes=("0180",), first_day=date(2005, 1, 1), active=False)
    join(one, "0380", date(2012, 1, 1))
    assert actions.activate(actor=factories.operator(), association=one).state == "active"


def test_the_six_demands_on_members_stand_in_the_third_paragraph() -> None:
    one = factories.association(codes=("0180", "0380"), active=False)
    one.memberships.get(party__code="0380").delete()
    one.memberships.get(party__kind="region", party__code="01").delete()
    found = queries.findings(actor=factories.operator(), association=one, day=TODAY)
    one.memberships.all().delete()
    found += queries.findings(actor=factories.operator(), association=one, day=TODAY)
    demands = ("Försäkringskassan är", "Arbetsförmedlingen är", "Ingen kommun", "Ingen region", "omfattar", "ingår men")
    assert all(any(demand in finding.sentence for finding in found) for demand in demands)
    assert {finding.paragraph for finding in found} == {"3 § lag (2003:1210)"}
    with pytest.raises(ValidationError, match=r"3 § lag \(2003:1210\)"):
        actions.activate(actor=factories.operator(), association=one)
