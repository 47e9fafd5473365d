"""The plan holds together: what it says of people, stays, interventions and associations could be registered."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from finsam.demo.drawing import associations, whole
from finsam.demo.drawing.records import ACTIVITY, MISREGISTRATION, SICKNESS, STOCKHOLM, TODAY, Plan, Stay
from finsam.demo.drawing.showcase import SHOWN
from finsam.values.identity import Series, parse
from finsam.values.municipalities import municipalities
from finsam.values.organisation import canonical

pytestmark = pytest.mark.once


def test_the_same_seed_gives_the_same_plan_and_another_seed_another(plan: Plan) -> None:
    assert whole.draw(plan.seed) == plan
    assert associations.draw(Random(7)) != associations.draw(Random(8))


def test_83_associations_cover_260_municipalities_each_in_one(plan: Plan) -> None:
    covered = [code for one in plan.associations for code in one.places]
    assert len(plan.associations) == 83
    assert len(covered) == len(set(covered)) == 260


def test_members_are_what_the_law_asks_for(plan: Plan) -> None:
    for one in plan.associations:
        assert canonical(one.organisation_number) == one.organisation_number
        days = {joining.who: joining.first_day for joining in one.members}
        kinds = Counter(party.kind for party in days)
        assert kinds["social_insurance_agency"] == kinds["employment_service"] == 1
        for code in one.places:
            region = municipalities()[code].region_code
            joined = next(day for who, day in days.items() if who.code == code)
            assert joined >= one.first_day
            assert not region or next(day for who, day in days.items() if who == ("region", region)) <= joined
        counties = {municipalities()[code].county_code for code in one.places}
        assert len(counties) == 1 or one.first_day >= date(2010, 7, 1)


def test_an_invented_division_says_so(plan: Plan) -> None:
    invented = [one for one in plan.associations if "Påhittad indelning" in one.description]
    assert len(invented) == 73
    assert all("Organisationsnumret är påhittat" in one.description for one in plan.associations)


def test_nobody_can_exist(plan: Plan) -> None:
    numbers = [human.identity_number for human in plan.humans]
    assert len(set(numbers)) == len(numbers)
    assert len({human.pseudonym for human in plan.humans}) == len(numbers)
    for human in plan.humans:
        identity = parse(human.identity_number, on=TODAY, series=Series.DEMO)
        assert (identity.sex, identity.birth_date) == (human.sex, human.birth_date)


def test_ages_are_those_of_the_supports(plan: Plan) -> None:
    for stay in plan.stays:
        born = plan.humans[stay.human].birth_date
        for _at, state in stay.states:
            day = state.starts_on
            age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
            assert 18 <= age <= 64
            assert state.months_in_support <= 12 * (age - 16) + 12
        if ACTIVITY in stay.latest.supports and len(stay.states) == 1:
            assert 19 <= age <= 29


def test_a_stay_lies_within_its_intervention_and_its_association(plan: Plan) -> None:
    for stay in plan.stays:
        one = stay.intervention
        joined = {joining.who.code: joining.first_day for joining in one.association.coverage}
        assert one.method == "identified"
        for at, state in stay.states:
            assert one.starts_on <= state.starts_on <= at.date() <= TODAY
            assert one.ends_before is None or state.starts_on < one.ends_before
            assert state.ends_before is None or state.starts_on < state.ends_before <= at.date() + timedelta(days=1)
            assert joined[state.municipality] <= stay.latest.starts_on
            assert stay.consent_on <= state.starts_on
        moments = [at for at, _state in stay.states]
        assert moments == sorted(set(moments))
        assert all(at.tzinfo is STOCKHOLM for at in moments)


def test_answers_are_such_as_the_rules_allow(plan: Plan) -> None:
    for stay in plan.stays:
        for _at, state in stay.states:
            assert state.supports
            assert "none" not in state.supports or state.supports == ("none",)
            assert (state.extent is None) == (state.occupation not in ("work", "studies"))
            ended = bool(state.end_reason) and state.end_reason != MISREGISTRATION
            assert bool(state.occupation_after) == bool(state.supports_after) == ended
            assert bool(state.end_reason) == (state.ends_before is not None)
            assert state.needs == tuple(sorted(set(state.needs)))


def test_supports_are_corrected_one_for_one(plan: Plan) -> None:
    for stay in plan.stays:
        for (_before, first), (_after, second) in pairwise(stay.states):
            gone, come = set(first.supports) - set(second.supports), set(second.supports) - set(first.supports)
            assert len(gone) == len(come) <= 1


def test_two_stays_of_one_person_in_one_intervention_share_no_day(plan: Plan) -> None:
    days: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
    for stay in plan.stays:
        state = stay.latest
        if state.end_reason != MISREGISTRATION:
            days[stay.human, stay.intervention.number].append((state.starts_on, state.ends_before or date.max))
    for periods in days.values():
        periods.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(periods))


def test_there_is_something_of_everything(plan: Plan) -> None:
    stays: dict[int, list[Stay]] = defaultdict(list)
    for stay in plan.stays:
        stays[stay.human].append(stay)
    several = [some for some in stays.values() if len(some) > 1]
    assert len(several) > 3000
    assert sum(len({one.intervention.controller for one in some}) > 1 for some in several) > 1000
    assert sum(len(stay.latest.supports) > 1 for stay in plan.stays) > 2000
    assert any(set(stay.latest.supports) >= set(SICKNESS) for stay in plan.stays)
    assert sum(stay.latest.end_reason == MISREGISTRATION for stay in plan.stays) > 300
    assert any(int(human.identity_number[6:8]) > 60 for human in plan.humans)


def test_interventions_could_have_been_registered(plan: Plan) -> None:
    for one in plan.interventions:
        members = {joining.who: joining.first_day for joining in one.association.members}
        assert one.starts_on >= one.association.first_day
        assert one.ends_before is None or one.ends_before > one.starts_on
        assert (one.controller is None) == (one.method == "numbers_only")
        assert one.method == "numbers_only" or one.kind == "individual"
        assert len({party.kind for party in one.performers}) >= 2
        assert all(members[party] <= one.starts_on for party in one.performers)
        assert one.controller is None or one.controller in one.performers
        assert one.need_groups
        assert len(set(one.need_groups)) == len(one.need_groups)
        assert len({(row.year, row.source) for row in one.heads}) == len(one.heads)
        assert all(row.at >= one.at and row.women >= 0 and row.men >= 0 for row in one.heads)
    names = Counter((one.association.number, one.name) for one in plan.interventions)
    assert max(names.values()) == 1


def test_the_start_page_has_the_numbers_chosen_for_it(plan: Plan) -> None:
    open_now = Counter(stay.intervention.name for stay in plan.stays if stay.latest.ends_before is None)
    shown = plan.interventions[: len(SHOWN)]
    for one, special in zip(shown, SHOWN, strict=True):
        assert (one.name, one.planned[2021], open_now[one.name]) == (special.name, special.planned, special.open_stays)
