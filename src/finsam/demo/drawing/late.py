"""What became known after the published figures were drawn: late registrations, corrections and undone ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from finsam.demo.drawing import corrections, moments, stays
from finsam.demo.drawing.moments import DAY
from finsam.demo.drawing.people import People
from finsam.demo.drawing.placing import Places, window
from finsam.demo.drawing.records import AS_OF, Heads, Intervention, Stay
from finsam.demo.drawing.spells import Spell
from finsam.demo.drawing.stays import Days

REGISTRATIONS: Final = 150
SUPPORTS: Final = 40
STARTS: Final = 20
UNDONE: Final = 40
HEAD_COUNTS: Final = 12
INTERVENTIONS: Final = 3
YEAR: Final = 2020
FIRST: Final = AS_OF + DAY
GROUPS: Final = {"sickness": 25, "activity": 12, "other": 63}
BORN: Final = date(1957, 1, 1)  # no older in the autumn of 2020 than anyone else
NEWCOMERS: Final = 0.8  # of the late registrations, how many concern someone not registered before


def moment(rng: Random) -> datetime:
    """An office hour after the figures were drawn, before the demo's day."""
    return moments.office_hour(rng, moments.between(rng, FIRST, moments.LAST))


def register(rng: Random, places: Places, people: People, drawn: Sequence[Stay]) -> list[Stay]:
    """Stays begun in the autumn of 2020 and registered only after the figures were drawn."""
    taken: dict[int, set[int]] = defaultdict(set)
    for stay in drawn:
        taken[stay.human].add(stay.intervention.number)
    found = []
    for _one in range(REGISTRATIONS):
        group = moments.drawn(rng, GROUPS)
        place = places.draw(group, Spell(YEAR, YEAR + 1))
        first, last = window(place, YEAR)
        starts_on = moments.between(rng, max(first, date(YEAR, 9, 1)), last)
        old = rng.choice(people.all)
        fits = group == "other" and old.birth_date >= BORN and place.number not in taken[old.number]
        human = (
            old
            if fits and rng.random() >= NEWCOMERS
            else people.add(rng.choice(("women", "men")), [(starts_on, group)])
        )
        education = moments.drawn(rng, {"compulsory": 40, "upper_secondary": 60})
        found.append(stays.begun(rng, human, education, Days(place, group, starts_on, None), at=moment(rng)))
    return found


def correct(rng: Random, drawn: Sequence[Stay]) -> None:
    """Correct supports and starts of stays of 2020, and end some of them as wrong registrations."""
    open_ones = [stay for stay in drawn if _untouched(stay)]
    rng.shuffle(open_ones)
    waiting = iter(open_ones)
    for mistake, wanted in ((corrections.other_support, SUPPORTS), (corrections.other_start, STARTS)):
        done = 0
        while done < wanted:
            stay = next(waiting)
            state = mistake(rng, stay, stay.latest)
            if state is not None:
                stay.states.append((moment(rng), state))
                done += 1
    for _one in range(UNDONE):
        corrections.undo(next(waiting), moment(rng))


def _untouched(stay: Stay) -> bool:
    """Still open, of 2020 or before, and registered once; those of the start page are left alone."""
    begun = len(stay.states) == 1 and stay.latest.starts_on.year <= YEAR
    return begun and stay.latest.ends_before is None and stay.intervention.weight > 0


def count_again(rng: Random, interventions: Sequence[Intervention]) -> None:
    """Correct some head counts of 2020."""
    counted = [one for one in interventions if any(row.year == YEAR for row in one.heads)]
    for one in rng.sample(counted, HEAD_COUNTS):
        one.heads = [_recounted(rng, row) if row.year == YEAR else row for row in one.heads]


def _recounted(rng: Random, row: Heads) -> Heads:
    earlier = ((row.at, row.women, row.men),)
    women, men = row.women + rng.randrange(1, 6), row.men + rng.randrange(4)
    return row._replace(women=women, men=men, at=moment(rng), earlier=earlier)


def begin(rng: Random, interventions: Sequence[Intervention]) -> list[Intervention]:
    """Interventions that began in 2020 and were registered only after the figures were drawn."""
    alike = [one for one in interventions if one.starts_on.year == YEAR and one.ends_before is None and one.weight]
    return [
        replace(
            one,
            number=len(interventions) + place,
            name=f"{one.name}, fortsättning",
            starts_on=date(YEAR, 11, 1) + timedelta(days=14 * place),
            at=moment(rng),
            planned={},
            heads=[],
        )
        for place, one in enumerate(rng.sample(alike, INTERVENTIONS))
    ]
