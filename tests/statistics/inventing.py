"""A small invented population: rows as in a snapshot, and most of the days the first or the last of a period.

Stays that count and that do not, of one day or without end, several on one day, with no supports or several, a sex
that was corrected, a municipality that was changed: all of them turn up when enough populations are invented.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.statistics.naive.days import PARTIES, Rows

DAYS = tuple(
    date.fromisoformat(f"{year}-{day}")
    for year, days in {
        2017: ("06-01",),
        2018: ("12-30", "12-31"),
        2019: ("01-01", "03-31", "04-01", "06-15", "09-30", "12-30", "12-31"),
        2020: ("01-01", "01-02", "02-29", "03-31", "06-30", "07-01", "12-31"),
        2021: ("01-01",),
    }.items()
    for day in days
)
MUNICIPALITIES = [
    {"municipality": number, "code": code, "name": code, "county_code": code[:2]}
    for number, code in enumerate(("0114", "0180", "0980", "1480"), start=1)
]
PERSONS = (1, 2, 3)
ASSOCIATIONS = (1, 2)


@st.composite
def population(draw: st.DrawFn) -> Rows:
    """Invent two associations, up to three interventions and six stays of three persons."""
    chance = Chance(draw)
    interventions = [_intervention(chance, number) for number in range(1, draw(st.integers(1, 3)) + 1)]
    numbers = [row["intervention"] for row in interventions]
    sexes = {person: chance.pick(1, 2) for person in PERSONS}
    participations = [_stay(chance, number, numbers, sexes) for number in range(1, draw(st.integers(0, 6)) + 1)]
    return {
        "interventions": interventions,
        **_beside_interventions(chance, numbers),
        **_areas(chance),
        "persons": [{"person": person} for person in PERSONS],
        "participations": participations,
        **_beside_stays(chance, [row["participation"] for row in participations]),
    }


class Chance:
    """Draws from few choices, so that the same ones meet often."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def some(self, *choices: Any) -> list[Any]:
        return self.draw(st.lists(st.sampled_from(choices), max_size=2, unique=True))

    def span(self, first: str) -> dict[str, Any]:
        """A first day, and the day after the last one: the same day, a later one or none."""
        begins = self.pick(*DAYS)
        last = self.pick(begins, None, None, *[day for day in DAYS if day >= begins])
        return {first: begins, "ends_before": last and last + timedelta(days=1)}


def _intervention(chance: Chance, number: int) -> dict[str, Any]:
    return {
        "intervention": number,
        "association": chance.pick(*ASSOCIATIONS),
        "name": str(number),
        "kind": chance.pick(1, 1, 1, 2),
        "direction": chance.pick(1, 2, 3),
        "method": chance.pick(1, 2),
        **chance.span("starts_on"),
    }


def _stay(chance: Chance, number: int, interventions: list[int], sexes: dict[int, int]) -> dict[str, Any]:
    person, span = chance.pick(*PERSONS), chance.span("starts_on")
    sex = sexes[person]
    ended = {
        "occupation_at_end": chance.pick(None, 1, 2, 3, 4),
        "extent_at_end": chance.pick(None, 25, 50, 100),
        "end_reason": chance.pick(None, 1, 2, 2, 2),
    }
    return {
        "participation": number,
        "person": person,
        "intervention": chance.pick(*interventions),
        "sex": chance.pick(sex, sex, sex, 3 - sex),
        "birth_year": chance.pick(1950, 1959, 1960, 1999, 2000, 2001),
        "municipality": chance.pick(1, 2, 3, 4),
        "education": chance.pick(0, 1, 2),
        "months_in_support": chance.pick(None, 0, 11, 12, 35, 36, 72, 119, 120),
        "occupation_at_start": chance.pick(1, 2, 3, 4),
        "extent_at_start": chance.pick(None, 25, 50, 100),
        **(dict.fromkeys(ended) if span["ends_before"] is None else ended),
        **span,
    }


def _beside_interventions(chance: Chance, interventions: list[int]) -> dict[str, list[dict[str, Any]]]:
    reports = ((2019, 1), (2019, 2), (2020, 1), (2021, 1))
    return {
        "target_groups": [
            {"intervention": n, "need_group": group} for n in interventions for group in chance.some(1, 2, 4)
        ],
        "performers": [
            {"intervention": n, "party_kind": kind, "party_code": code}
            for n in interventions
            for kind, code in chance.some(*PARTIES)
        ],
        "plans": [
            {"intervention": n, "year": year, "participants": chance.pick(0, 5)}
            for n in interventions
            for year in chance.some(2018, 2019, 2020)
        ],
        "head_counts": [
            {"intervention": n, "year": year, "source": source, "women": chance.pick(0, 1, 7), "men": chance.pick(0, 2)}
            for n in interventions
            for year, source in chance.some(*reports)
        ],
    }


def _areas(chance: Chance) -> dict[str, list[dict[str, Any]]]:
    return {
        "associations": [{"association": number, "first_day": DAYS[0]} for number in ASSOCIATIONS],
        "coverage": [
            {"association": number, "municipality": place, **chance.span("first_day")}
            for number in ASSOCIATIONS
            for place in chance.some(1, 2, 3)
        ],
        "municipalities": MUNICIPALITIES,
    }


def _beside_stays(chance: Chance, stays: list[int]) -> dict[str, list[dict[str, Any]]]:
    return {
        "supports": [
            {"participation": n, "moment": moment, "support": support}
            for n in stays
            for moment in (1, 2)
            for support in chance.some(1, 2, 3, 5)
        ],
        "needs": [{"participation": n, "need_group": group} for n in stays for group in chance.some(1, 3)],
    }
