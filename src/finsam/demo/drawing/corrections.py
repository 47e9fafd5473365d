"""What was registered wrong at first: corrected, or ended as a wrong registration."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from finsam.demo.drawing import moments, stays
from finsam.demo.drawing.moments import DAY
from finsam.demo.drawing.people import People
from finsam.demo.drawing.placing import Places, window
from finsam.demo.drawing.records import ACTIVITY, MISREGISTRATION, SICKNESS, State, Stay
from finsam.demo.drawing.spells import Spell
from finsam.demo.drawing.stays import Days

CORRECTED: Final = 0.012
WRONG: Final = 420
LONGEST_SLIP: Final = 12  # days a start is written wrong by
YEARS_OF_WRONG: Final = (2014, 2015, 2016, 2017, 2018, 2019, 2020)
MISTAKEN_FOR: Final = {
    SICKNESS[0]: ("social_assistance", "unemployment_benefit"),
    SICKNESS[1]: ("social_assistance", "activity_grant"),
    ACTIVITY: ("sickness_compensation", "social_assistance"),
    "social_assistance": (SICKNESS[0], "establishment_benefit", "unemployment_benefit"),
    "unemployment_benefit": ("activity_grant", SICKNESS[0]),
    "activity_grant": ("unemployment_benefit", "social_assistance"),
}


def correct_some(rng: Random, drawn: Sequence[Stay]) -> None:
    """Give some stays a first state that was wrong and was put right before the figures were drawn."""
    drawn_at = moments.midnight_after(moments.LAST_CALIBRATED)
    for stay in rng.sample(drawn, round(len(drawn) * CORRECTED)):
        at, right = stay.states[0]
        until = min(drawn_at, stay.states[1][0]) if len(stay.states) > 1 else drawn_at
        put_right = at + timedelta(days=rng.randrange(2, 40), minutes=rng.randrange(1, 120))
        wrong = rng.choice((other_support, other_start, other_education))(rng, stay, right)
        if put_right < until and wrong is not None:
            stay.states[:1] = [(at, wrong), (put_right, right)]


def other_support(rng: Random, stay: Stay, state: State) -> State | None:
    """The state with one support taken for another."""
    able = [one for one in state.supports if one in MISTAKEN_FOR]
    if not able:
        return None
    true = rng.choice(able)
    free = [one for one in MISTAKEN_FOR[true] if one not in state.supports]
    rest = [one for one in state.supports if one != true]
    return state._replace(supports=tuple(sorted([*rest, rng.choice(free)]))) if free else None


def other_start(rng: Random, stay: Stay, state: State) -> State | None:
    """The state begun another day, on which consent was given and the intervention ran; before the end if ended."""
    first, latest = window(stay.intervention, state.starts_on.year)
    last = stay.latest.ends_before or date.max
    day = state.starts_on + rng.randrange(-LONGEST_SLIP, LONGEST_SLIP) * DAY
    latest = min(latest, stay.states[0][0].date())
    fits = max(first, stay.consent_on) <= day <= latest and day < last - DAY and day != state.starts_on
    return state._replace(starts_on=day) if fits else None


def other_education(rng: Random, stay: Stay, state: State) -> State | None:
    """The state with another education."""
    return None if state.education == "compulsory" else state._replace(education="compulsory")


def misregister(rng: Random, places: Places, people: People) -> list[Stay]:
    """Stays that never were; registered, found out, and ended as wrong before the figures were drawn."""
    found = []
    for _one in range(WRONG):
        year = rng.choice(YEARS_OF_WRONG)
        group = rng.choice(("sickness", "activity", "other", "other"))
        place = places.draw(group, Spell(year, year))
        starts_on = moments.between(rng, *window(place, year))
        human = people.add(rng.choice(("women", "men")), [(starts_on, group)])
        stay = stays.begun(rng, human, "unknown", Days(place, group, starts_on, None))
        at = stay.states[0][0]
        latest = moments.midnight_after(moments.LAST_CALIBRATED)
        undo(stay, min(at + timedelta(days=rng.randrange(1, 30), minutes=7), latest))
        found.append(stay)
    return found


def undo(stay: Stay, at: datetime) -> None:
    """End a stay as a wrong registration; nothing is answered about its end."""
    state = stay.latest
    stay.states.append((at, state._replace(ends_before=state.starts_on + DAY, end_reason=MISREGISTRATION)))
