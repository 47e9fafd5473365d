"""Worlds that are aimed: the corners of a cube differ in a few things and in nothing else.

Added up with a sign for each corner, a cube leaves something only in the cells that depend on all that it varies. So
what is divided by two things can be searched by itself, and what is seldom drawn is soon met.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product
from random import Random
from typing import Any, Final

import numpy as np

from tests.relations.apart import Apart
from tests.relations.rank import Matrix
from tests.relations.worlds import CODES, CROSSING, FIRST, LAST, OF_WORLDS, WORLD, YEARS, Facts
from tests.statistics.naive.days import Rows

OF_PERSON: Final[Mapping[str, Sequence[Any]]] = {"sex": (1, 2), "age_group": (1990, 1993)}
SETS: Final = ((), (1,), (2,), (1, 2))
OF_INTERVENTION: Final[Mapping[str, Sequence[Any]]] = {
    "association": tuple(CROSSING),
    "direction": (0, 1),
    "method": (1, 2),
    "target_group": SETS,
    "party": SETS,
}
_OCCUPIED: Final = ((None, 25), *product((1, 2, 3), (25, 50)))
OF_STAY: Final[Mapping[str, Sequence[Any]]] = {
    "municipality": (1, 2, 3, 4),
    "education": (0, 1, 2),
    "support_time": (None, 5, 20, 40, 80, 130),
    "support": ((), (1,), (2,), (3,), (1, 2)),
    "support_after": ((), (1,), (2,), (3,), (1, 2)),
    "need_group": ((), (1,), (4,), (1, 4)),
    "occupation": _OCCUPIED,
    "occupation_after": _OCCUPIED,
    "end_reason": (None, 2),
}
THINGS: Final[Mapping[str, Sequence[Any]]] = {**OF_PERSON, **OF_INTERVENTION, **OF_STAY}
MOVED: Final = (
    {0},
    {0},
    {1},
    {2},
    {3},
    {0, 1, 2, 3},
    {0, 1, 2, 3},
)  # the stays of which something else is told in a corner
OFTEN: Final = 3 / 4  # of the things, the same stays: cells tell of several things of one stay
STAYS: Final = (1, 1, 2, 2, 3, 3, 4, 4)  # the fourth is told apart from the third by nothing but that both are there
MOST: Final = max(STAYS)
DIRECTIONS: Final = {1: (2, 3), 2: (7, 8)}  # by kind
GROUPS, PARTIES = (1, 4), ((1, "0114"), (2, ""))
MONTHS: Final = (*range(1, 14), 18, 24, 36, 48)
Choice = Mapping[str, Sequence[Any]]  # what is told of a thing, by stay


@dataclass(frozen=True)
class Stay:
    """What is never varied: when, in which of the person's interventions, and whether by mistake."""

    begins: date
    ends: date | None  # the day after the last; none while it goes on
    slot: int
    mistaken: bool


class Interventions:
    """An intervention for everything that can be true of one, and as many of each as a person has stays."""

    def __init__(self) -> None:
        everything = (range(MOST), DIRECTIONS, *OF_INTERVENTION.values())
        self.numbers: dict[tuple[Any, ...], int] = {
            facts: number for number, facts in enumerate(product(*everything), start=1)
        }

    @property
    def rows(self) -> Rows:
        """The tables that tell of interventions."""
        rows: Rows = {"interventions": [], "target_groups": [], "performers": []}
        for (_copy, kind, association, direction, method, groups, parties), number in self.numbers.items():
            of, told = {"intervention": number}, {"association": association, "kind": kind, "method": method}
            direct = {"direction": DIRECTIONS[kind][direction], "starts_on": date(2010, 1, 1)}
            rows["interventions"].append(of | told | direct)
            rows["target_groups"] += [of | {"need_group": GROUPS[one - 1]} for one in groups]
            performed = [dict(zip(("party_kind", "party_code"), PARTIES[one - 1], strict=True)) for one in parties]
            rows["performers"] += [of | one for one in performed]
        return rows


INTERVENTIONS: Final = Interventions()


class Cubes:
    """Draws cubes over some things."""

    def __init__(self, varied: Sequence[str], seed: int) -> None:
        self.random, self.varied, self.numbers = Random(seed), varied, count(1)

    def rows(self, size: int) -> Rows:
        """Draw as many cubes; their corners are worlds, one after the other."""
        rows: Rows = {name: [] for name in OF_WORLDS}
        corners = 2 ** len(self.varied)
        heads = {"sex", *OF_INTERVENTION} >= set(self.varied)
        for cube in range(size):
            draw = self._head if heads and cube % 4 == 0 else self._person
            for corner, told in enumerate(draw()):
                for name, row in told:
                    rows[name].append(row | {WORLD: cube * corners + corner})
        return {**rows, **Facts().shared, **INTERVENTIONS.rows}

    def _choices(self) -> Iterator[Choice]:
        """Draw what is told of each stay, for every corner; what is not varied is the same in all."""
        usual, other, often = {}, {}, self.random.choice(MOVED)
        for thing, choices in THINGS.items():
            stays = [self.random.choice(choices) for _ in range(MOST)]
            alike = [stays[0] if self.random.random() < 1 / 2 else stay for stay in stays]
            moved = often if self.random.random() < OFTEN else self.random.choice(MOVED)
            moved = {0} if thing in OF_PERSON else moved
            usual[thing] = alike
            others = {one: [choice for choice in choices if choice != one] for one in set(alike)}
            other[thing] = [self.random.choice(others[one]) if n in moved else one for n, one in enumerate(alike)]
        for sides in product((usual, other), repeat=len(self.varied)):
            yield usual | {thing: side[thing] for thing, side in zip(self.varied, sides, strict=True)}

    def _person(self) -> Iterator[list[tuple[str, dict[str, Any]]]]:
        person = next(self.numbers)
        stays = list(self._stays())
        numbers = [next(self.numbers) for _ in stays]
        for corner, told in enumerate(self._choices()):
            of_person = {"person": person * 64 + corner}
            yield [("persons", of_person)] + [
                row
                for place, stay in enumerate(stays)
                for row in _written(stay, place, told, of_person, numbers[place] * 64 + corner)
            ]

    def _stays(self) -> Iterator[Stay]:
        """Draw the stays of a history: anywhere, within months or weeks of each other, or over a year's end."""
        random, near = self.random, self._day()
        drawn = random.choice((self._anywhere, self._within_months, self._within_weeks, self._over_a_year))
        for place in range(random.choice(STAYS)):
            begins, ends = drawn(near)
            slot = place if random.random() < 2 / 3 else 0
            goes_on = random.random() < 1 / 10
            yield Stay(begins, None if goes_on else ends, slot, mistaken=random.random() < 1 / 20)

    def _anywhere(self, _near: date) -> tuple[date, date]:
        begins = self._day()
        return begins, begins + timedelta(days=30 * self.random.choice(MONTHS) - 15)

    def _within_months(self, near: date) -> tuple[date, date]:
        begins = near + timedelta(days=self.random.randrange(90))
        return begins, begins + timedelta(days=self.random.randrange(1, 90))

    def _within_weeks(self, near: date) -> tuple[date, date]:
        """Most of them in one quarter, with nothing in another."""
        begins = near + timedelta(days=self.random.randrange(20))
        return begins, begins + timedelta(days=self.random.randrange(1, 20))

    def _over_a_year(self, near: date) -> tuple[date, date]:
        """Most of them long, begun before the year's end or after it: who is in three may begin a fourth."""
        begins = date(near.year, 1, 1) + timedelta(days=self.random.randrange(-200, 365))
        return begins, begins + timedelta(days=self.random.randrange(30, 600))

    def _day(self) -> date:
        first, days = (FIRST, (LAST - FIRST).days) if self.random.random() < 1 / 3 else (date(YEARS[0] - 1, 10, 1), 820)
        return first + timedelta(days=self.random.randrange(days))

    def _head(self) -> Iterator[list[tuple[str, dict[str, Any]]]]:
        kind, year, source = self.random.choice((1, 2)), self.random.choice(YEARS), self.random.choice((1, 2))
        planned = self.random.random() < 1 / 4
        for told in self._choices():
            of = {"intervention": _intervention(told, 0, kind), "year": year}
            women = 2 - told["sex"][0]
            head = {"source": source, "women": women, "men": 1 - women}
            yield [("plans", of | {"participants": 1}) if planned else ("head_counts", of | head)]


def left(counts: Matrix, varied: Sequence[str]) -> Matrix:
    """What a cube leaves of counts in its corners, one after the other: each with its sign."""
    signs = np.array([1])
    for _ in varied:
        signs = np.kron(signs, [1, -1])
    return counts.reshape(-1, len(signs)).astype(np.int16) @ signs.astype(np.int16)


def opened(varied: Sequence[str], cubes: int, seed: int) -> Apart:
    """Draw cubes and lay them in an engine that counts them."""
    return Apart(Cubes(varied, seed).rows(cubes), cubes * 2 ** len(varied))


def _intervention(told: Choice, slot: int, kind: int) -> int:
    return INTERVENTIONS.numbers[slot, kind, *(told[thing][slot] for thing in OF_INTERVENTION)]


def _written(stay: Stay, place: int, told: Choice, person: dict[str, Any], number: int) -> Iterator[Any]:
    one = {thing: told[thing][place] for thing in OF_STAY}
    row = {
        "participation": number,
        "intervention": _intervention(told, stay.slot, 1),
        "starts_on": stay.begins,
        "sex": told["sex"][0],
        "birth_year": told["age_group"][0],
        "municipality": one["municipality"],
        "education": one["education"],
        "months_in_support": one["support_time"],
        **dict(zip(("occupation_at_start", "extent_at_start"), one["occupation"], strict=True)),
    }
    if stay.ends is not None:
        row |= dict(zip(("occupation_at_end", "extent_at_end"), one["occupation_after"], strict=True))
        row |= {"ends_before": stay.ends, "end_reason": 1 if stay.mistaken else one["end_reason"]}
    yield "participations", person | row
    for moment, thing in (("start", "support"), ("end", "support_after")):
        for support in one[thing]:
            yield "supports", {"participation": number, "moment": CODES["moment"][moment], "support": support}
    for group in one["need_group"]:
        yield "needs", {"participation": number, "need_group": group}
