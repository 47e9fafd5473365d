"""Spells of whole years with given numbers ongoing and new each year; the arithmetic the calibration rests on."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from finsam.demo.drawing.published import YEARS, Flow

BEYOND = YEARS[-1] + 1  # a spell that goes on after the last counted year
TIRING = 0.45  # how much likelier, year by year, a spell is to end than a fresh one


class Spell(NamedTuple):
    """The first and last year someone takes part; `BEYOND` as last year means after the counted years."""

    first: int
    last: int


def draw(rng: Random, flow: Flow, *, before: Sequence[int], goes_on: float) -> list[Spell]:
    """Spells of which exactly `flow.ongoing` touch each year and `flow.new` begin in it.

    Ongoing less new are those carried over; they are chosen among last year's, and the rest ended then. Those carried
    into the first year began in one of the years `before`; the share `goes_on` of the last year's goes beyond it.
    """
    done: list[Spell] = []
    pool = [rng.choice(before) for _ in range(flow.ongoing[0] - flow.new[0])]
    for place, year in enumerate(YEARS):
        if place:
            pool = _carry(rng, pool, flow.ongoing[place] - flow.new[place], year, done)
        pool += [year] * flow.new[place]
    going_on = _carry(rng, pool, round(len(pool) * goes_on), BEYOND, done)
    return done + [Spell(first, BEYOND) for first in going_on]


def _carry(rng: Random, pool: list[int], places: int, year: int, done: list[Spell]) -> list[int]:
    if not 0 <= places <= len(pool):
        raise ValueError(f"{places} carried into {year} from {len(pool)}")
    order = sorted(range(len(pool)), key=lambda one: rng.random() + TIRING * (year - pool[one]))
    done += [Spell(pool[one], year - 1) for one in order[places:]]
    return [pool[one] for one in order[:places]]


def in_common(rng: Random, one: list[Spell], other: list[Spell], pairs: int) -> list[Spell]:
    """Take equal spells out of both lists; those persons have both supports at once."""
    waiting: dict[Spell, int] = defaultdict(int)
    for spell in other:
        waiting[spell] += 1
    shared: list[Spell] = []
    for spell in rng.sample(one, len(one)):
        if len(shared) < pairs and waiting[spell]:
            waiting[spell] -= 1
            shared.append(spell)
    for spell in shared:
        one.remove(spell)
        other.remove(spell)
    return shared


def remaining(total: Flow, parts: Sequence[Flow], shared: Sequence[Spell]) -> Flow:
    """What is left of a flow when its parts are taken away; those shared lie in two parts and are taken once."""
    ongoing = [_less(total.ongoing, parts, 0, place) for place in range(len(YEARS))]
    new = [_less(total.new, parts, 1, place) for place in range(len(YEARS))]
    for spell in shared:
        for place, year in enumerate(YEARS):
            ongoing[place] += spell.first <= year <= spell.last
            new[place] += spell.first == year
    return Flow(tuple(ongoing), tuple(new))  # type: ignore[arg-type]


def _less(whole: Sequence[int], parts: Sequence[Flow], flow: int, place: int) -> int:
    return whole[place] - sum(part[flow][place] for part in parts)
