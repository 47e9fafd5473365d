"""What the law asks of an association's members, and what its days refuse, on plain values."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from finsam.associations import rules
from finsam.associations.rules import MemberFacts, MunicipalityFacts

AGENCY, SERVICE, REGION, TOWN = 1, 2, 3, 4
KINDS = {AGENCY: "social_insurance_agency", SERVICE: "employment_service", REGION: "region", TOWN: "municipality"}
IN_REGION = MunicipalityFacts(TOWN, "Staden", "01", REGION, "Regionen", since=date(2005, 1, 1))
FIRST, CLOSED = date(2005, 1, 1), date(2020, 1, 1)


def members(kinds: Mapping[int, str], *towns: MunicipalityFacts) -> MemberFacts:
    """The members of an association that covers the towns that are its members."""
    return MemberFacts(kinds, towns, {town.party: town for town in towns if town.party in kinds})


def sentences(facts: MemberFacts) -> list[str]:
    return [finding.sentence for finding in rules.findings(facts)]


def test_the_four_parties_meet_the_law() -> None:
    assert sentences(members(KINDS, IN_REGION)) == []


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (AGENCY, ["Försäkringskassan är inte medlem. Lägg till den."]),
        (SERVICE, ["Arbetsförmedlingen är inte medlem. Lägg till den."]),
        (
            REGION,
            [
                "Ingen region är medlem. Lägg till kommunernas region.",
                "Staden ingår men Regionen är inte medlem. Lägg till regionen.",
            ],
        ),
        (
            TOWN,
            [
                "Ingen kommun är medlem. Lägg till minst en.",
                "Förbundet omfattar Staden, som inte är medlem. Lägg till kommunen som medlem.",
            ],
        ),
    ],
)
def test_each_party_that_is_missing_is_told(missing: int, expected: list[str]) -> None:
    kinds = {party: kind for party, kind in KINDS.items() if party != missing}
    assert sentences(members(kinds, IN_REGION)) == expected


def test_a_municipality_outside_every_region_needs_none() -> None:
    kinds = {party: kind for party, kind in KINDS.items() if party != REGION}
    assert sentences(members(kinds, replace(IN_REGION, region=None))) == []


@pytest.mark.parametrize(("since", "lawful"), [(date(2010, 6, 30), False), (date(2010, 7, 1), True)])
def test_a_county_border_is_judged_on_the_day_it_is_crossed(since: date, lawful: bool) -> None:
    other = MunicipalityFacts(5, "Grannen", "03", REGION, "Regionen", since=since)
    found = sentences(members({**KINDS, 5: "municipality"}, IN_REGION, other))
    assert (found == []) is lawful
    assert all(
        sentence.startswith(f"Grannen ligger i ett annat län och är medlem från och med {since}") for sentence in found
    )


def test_an_activation_waits_for_the_law_with_its_paragraph() -> None:
    rules.refuse_findings([])
    with pytest.raises(ValidationError, match=r"Försäkringskassan är inte medlem.*3 § lag"):
        rules.refuse_findings(rules.findings(members({}, IN_REGION)))


def test_every_move_that_does_not_stand_in_the_table_is_refused() -> None:
    for state, wanted in product(rules.TRANSITIONS, repeat=2):
        if wanted in rules.TRANSITIONS[state]:
            rules.refuse_transition(state, wanted)
        else:
            with pytest.raises(ValidationError):
                rules.refuse_transition(state, wanted)


def test_days_are_refused_from_the_first_that_cannot_be() -> None:
    before = date(2004, 12, 31)
    rules.refuse_before(FIRST, FIRST, "day")
    rules.refuse_after(date(2019, 12, 31), CLOSED, "day")
    rules.refuse_after(CLOSED, None, "day")
    rules.refuse_shared_day(FIRST, CLOSED, [(CLOSED, None)], "Delad dag.")
    rules.refuse_later_start("draft", FIRST, CLOSED)
    rules.refuse_later_start("active", FIRST, before)
    rules.refuse_heir(possible=True)
    for refuse in (
        lambda: rules.refuse_before(before, FIRST, "day"),
        lambda: rules.refuse_after(CLOSED, CLOSED, "day"),
        lambda: rules.refuse_shared_day(FIRST, None, [(CLOSED, None)], "Delad dag."),
        lambda: rules.refuse_later_start("active", FIRST, CLOSED),
        lambda: rules.refuse_heir(possible=False),
    ):
        with pytest.raises(ValidationError):
            refuse()
