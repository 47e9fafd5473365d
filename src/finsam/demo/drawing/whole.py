"""The whole plan from one seed: the same seed gives the same plan, row by row."""

from random import Random

from finsam.demo.drawing import associations, corrections, heads, late, programme, stays
from finsam.demo.drawing.people import People
from finsam.demo.drawing.placing import Places
from finsam.demo.drawing.records import Plan


def draw(seed: int) -> Plan:
    """Draw the demo: calibrated as it was known at the end of 2021-01-31, and what was registered after that."""
    rng = Random(seed)  # noqa: S311  # drawn again from its seed, not kept secret
    rows = associations.draw(rng)
    interventions = programme.draw(rng, rows)
    people = People(rng)
    drawn = stays.draw(rng, interventions, people)
    heads.count(rng, interventions)
    corrections.correct_some(rng, drawn)
    places = Places(rng, interventions)
    drawn += corrections.misregister(rng, places, people)
    late.correct(rng, drawn)
    drawn += late.register(rng, places, people, drawn)
    late.count_again(rng, interventions)
    interventions += late.begin(rng, interventions)
    heads.plan(rng, interventions, drawn)
    drawn.sort(key=lambda stay: stay.states[0][0])
    return Plan(seed, rows, interventions, people.all, drawn)
