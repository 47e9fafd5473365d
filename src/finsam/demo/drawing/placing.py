"""Finding an intervention for a stay, and its days within it."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from finsam.demo.drawing.moments import DAY, between
from finsam.demo.drawing.records import TODAY, Intervention
from finsam.demo.drawing.spells import BEYOND, Spell

MEANT_FOR: Final = {
    "sickness": "long_term_sick",
    "activity": "young_with_activity_compensation",
    "both": "young_with_activity_compensation",
}
PREFERENCE: Final = 6.0  # how much likelier an intervention meant for the group is
SHORTEST: Final = timedelta(days=20)


class Places:
    """The identified interventions, asked for by the years of a stay."""

    def __init__(self, rng: Random, interventions: Sequence[Intervention]) -> None:
        self._rng = rng
        self._open = [one for one in interventions if one.method == "identified" and one.weight]
        self._found: dict[tuple[str, int, int], tuple[list[Intervention], list[float]]] = {}

    def draw(self, group: str, spell: Spell) -> Intervention:
        """An intervention that runs from the first to the last year of a spell."""
        key = (group, spell.first, spell.last)
        if key not in self._found:
            able = [one for one in self._open if _runs(one, spell)]
            self._found[key] = able, list(accumulate(_weight(one, group) for one in able))
        able, weights = self._found[key]
        return self._rng.choices(able, cum_weights=weights)[0]


def _runs(one: Intervention, spell: Spell) -> bool:
    if spell.last == BEYOND:
        return one.starts_on.year <= spell.first and (one.ends_before is None or one.ends_before > TODAY + DAY)
    return one.belongs_to(spell.first) and one.belongs_to(spell.last)


def _weight(one: Intervention, group: str) -> float:
    return one.weight * (PREFERENCE if MEANT_FOR.get(group) in one.need_groups else 1.0)


def window(one: Intervention, year: int) -> tuple[date, date]:
    """The first and last day of a year on which the intervention runs and the demo's day has come."""
    last = TODAY if one.ends_before is None else min(TODAY, one.ends_before - DAY)
    return max(date(year, 1, 1), one.starts_on), min(date(year, 12, 31), last)


def days(rng: Random, one: Intervention, spell: Spell, *, leaves: bool) -> tuple[date, date | None]:
    """The first day and the day after the last one; None as the latter for someone who still takes part."""
    first, latest = window(one, spell.first)
    if spell.first == spell.last and leaves:
        latest = max(first, latest - SHORTEST)
    starts_on = between(rng, first, latest)
    if not leaves:
        return starts_on, None
    earliest, last = window(one, spell.last)
    return starts_on, between(rng, max(earliest, min(starts_on + SHORTEST, last)), last) + DAY
