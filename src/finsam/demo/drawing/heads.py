"""Head counts and planned numbers of the interventions, year by year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from finsam.demo.drawing.moments import between, office_hour
from finsam.demo.drawing.published import ANONYMOUS, STRUCTURAL_HEADS, VOLUME, YEARS
from finsam.demo.drawing.records import Heads, Intervention, Stay
from finsam.demo.drawing.showcase import SHOWN
from finsam.demo.drawing.spells import BEYOND

WOMEN: Final = 0.53
COUNTING: Final = {"anonymous": 0.6, "volume": 1.0, "structural": 0.8}  # how many of those that could count do
STEP: Final = 5  # planned numbers are round


def count(rng: Random, interventions: Sequence[Intervention]) -> None:
    """Share out each year's heads on the interventions that count them."""
    for place, year in enumerate(YEARS):
        running = [one for one in interventions if one.belongs_to(year)]
        individual = [one for one in running if one.kind == "individual"]
        for kind, total, able in (
            ("anonymous", ANONYMOUS[place], [one for one in individual if one.method == "identified"]),
            ("volume", VOLUME[place], [one for one in individual if one.method == "numbers_only"]),
            ("structural", STRUCTURAL_HEADS[place], [one for one in running if one.kind == "structural"]),
        ):
            some = [one for one in able if rng.random() < COUNTING[kind]]
            source = "anonymous" if kind == "anonymous" else "volume"
            for one, heads in zip(some, _shares(rng, total, len(some)), strict=True):
                if heads:
                    one.heads.append(_heads(rng, one, year, source, heads))


def _shares(rng: Random, total: int, parts: int) -> list[int]:
    """Whole numbers that make up the total."""
    weights = [rng.lognormvariate(0, 0.8) for _part in range(parts)]
    whole = sum(weights)
    found, done, passed = [], 0, 0.0
    for weight in weights:
        passed += weight
        found.append(round(total * passed / whole) - done)
        done += found[-1]
    return found


def _heads(rng: Random, one: Intervention, year: int, source: str, heads: int) -> Heads:
    women = sum(rng.random() < WOMEN for _head in range(heads))
    day = between(rng, date(year, 12, 10), date(year + 1, 1, 29))
    return Heads(year, source, women, heads - women, max(office_hour(rng, day), one.at))


def plan(rng: Random, interventions: Iterable[Intervention], stays: Iterable[Stay]) -> None:
    """A planned number for every year of every intervention, near what it came to."""
    came = _came(stays)
    for one in interventions:
        usual = 10
        for year in (*YEARS, BEYOND):
            if one.belongs_to(year):
                heads = sum(row.women + row.men for row in one.heads if row.year == year)
                usual = (came[one.number, year] + heads) or usual
                one.planned[year] = max(STEP, round(usual * rng.uniform(0.85, 1.35) / STEP) * STEP)
    for one, special in zip(interventions, SHOWN, strict=False):
        one.planned[BEYOND] = special.planned


def _came(stays: Iterable[Stay]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for stay in stays:
        state = stay.latest
        last = BEYOND if state.ends_before is None else (state.ends_before - timedelta(days=1)).year
        found.update((stay.intervention.number, year) for year in range(state.starts_on.year, last + 1))
    return found
