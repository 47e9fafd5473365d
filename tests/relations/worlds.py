"""Small worlds of one person each: a history of one to three stays, or a single head that was counted without a name.

What is counted is a sum over people, so a relation without a constant holds in every population exactly when it holds
for every single one of these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any, TypeVar

from tests.statistics.naive.days import Rows
from tests.tables import CODES as USUAL
from tests.tables import SCHEMAS

T = TypeVar("T")
WORLD = "world"
OF_WORLDS = (
    "persons",
    "participations",
    "supports",
    "needs",
    "head_counts",
    "plans",
    "linkage",
)  # of the others all see the same
YEARS = (2019, 2020)
EVERY_SCHEMA = SCHEMAS | {  # and what another agency says of persons
    "linkage": {"person": "int32", "age": "int16", "days_in_benefit": "int16", "chapter": "int8"}
}
LONGER = (2017, 2018, *YEARS)  # of reports: in fewer years whoever stays for long must end in the last
AS_OF = date(2020, 12, 31)
FIRST, LAST = date(2016, 3, 1), date(2020, 12, 31)

CODES = USUAL | {
    "direction": {"preparatory": 2, "individual_assessment": 3, "training": 7, "mapping": 8},
    "need_group": {"long_term_sick": 1, "mental_ill_health": 4},
    "support": {"sickness_cash_benefit": 1, "rehabilitation_cash_benefit": 2, "activity_compensation": 3},
}
MUNICIPALITIES: list[dict[str, Any]] = [
    {"municipality": number, "code": code, "name": code, "county_code": code[:2]}
    for number, code in enumerate(("0114", "0115", "0330", "0331"), start=1)
]
CROSSING = {1: (1,), 2: (2, 3), 3: (4,)}  # the second association crosses the border of the counties
INSIDE = {1: (1, 2), 2: (3,), 3: (4,)}  # a county of one association, and one of two
_ALWAYS = {"starts_on": date(2010, 1, 1)}
INTERVENTIONS = [  # number, association, kind, direction, method
    dict(zip(("intervention", "association", "kind", "direction", "method"), row, strict=True)) | _ALWAYS
    for row in ((1, 1, 1, 2, 1), (2, 1, 1, 3, 1), (3, 2, 1, 2, 1), (4, 3, 1, 3, 2), (5, 2, 2, 7, 2), (6, 3, 2, 7, 2))
]
SUPPORTS, GROUPS = (1, 2, 3), (1, 4)
SHORT, LONG = range(1, 27), (36, 48, 60)  # months that a stay lasts; the long ones begin before the first year
INDIVIDUAL, EVERY = (1, 2, 3, 4), (1, 2, 3, 4, 5, 6)
_SHARED: Rows = {
    "interventions": INTERVENTIONS,
    "target_groups": [{"intervention": n, "need_group": group} for n, group in ((1, 1), (1, 4), (2, 1), (3, 4))],
    "performers": [
        {"intervention": n, "party_kind": kind, "party_code": code}
        for n, kind, code in ((1, 1, "0114"), (1, 2, ""), (2, 2, ""), (3, 1, "0330"))
    ],
    "associations": [
        {"association": n, "number": str(n), "name": str(n), "first_day": date(2010, 1, 1)} for n in CROSSING
    ],
    "municipalities": MUNICIPALITIES,
}


@dataclass(frozen=True)
class Facts:
    """What anybody can look up: whether everyone lives where the association is, and whether one crosses a border."""

    at_home: bool = False
    crossing: bool = True

    @property
    def areas(self) -> dict[int, tuple[int, ...]]:
        """The municipalities that each association covers."""
        return CROSSING if self.crossing else INSIDE

    @property
    def shared(self) -> Rows:
        """What is the same in every world."""
        covered = [(association, place) for association, places in self.areas.items() for place in places]
        columns = ("association", "municipality", "first_day")
        return {**_SHARED, "coverage": [dict(zip(columns, (*row, date(2010, 1, 1)), strict=True)) for row in covered]}


def drawn(size: int, seed: int, facts: Facts) -> Rows:
    """Draw as many worlds, every row with the number of its own."""
    draw = Draw(Random(seed), facts)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in OF_WORLDS}
    for world in range(size):
        for name, row in draw.world(world):
            rows[name].append(row | {WORLD: world})
    return {**rows, **facts.shared}


def registered(rows: Rows, *, later: bool) -> Rows:
    """What of the rows a snapshot has: some are registered after the first, others gone by the second."""
    gone = 1 if later else 2
    stays = {row["participation"] for row in rows["participations"] if row["participation"] % 4 == gone}
    without: dict[str, list[dict[str, Any]]] = {}
    for name, table in rows.items():
        here = [row for row in table if row.get("participation") not in stays] if name in OF_WORLDS else table
        counted = name in {"head_counts", "plans"}
        without[name] = [row for place, row in enumerate(here) if not counted or place % 4 != gone]
    return without


class Draw:
    """Draws worlds from few choices."""

    def __init__(self, random: Random, facts: Facts) -> None:
        self.random, self.facts, self.numbers = random.random, facts, count(1)

    def pick(self, choices: Sequence[T]) -> T:
        """Pick one of the choices; a third of the time that `Random.choice` takes."""
        return choices[int(self.random() * len(choices))]

    def world(self, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Draw a world: most of somebody who can be followed, some of a head or of one who was planned for."""
        if number % 20 == 0:
            yield "plans", {"intervention": self.pick(INDIVIDUAL), "year": self.pick(YEARS), "participants": 1}
        elif number % 10 == 1:
            yield "head_counts", self._head()
        else:
            yield from self._person(number)

    def _head(self) -> dict[str, Any]:
        women = self.pick((0, 1))
        facts = {"intervention": self.pick(EVERY), "year": self.pick(YEARS), "source": self.pick((1, 2))}
        return facts | {"women": women, "men": 1 - women}

    def _person(self, person: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Draw a history; stays that are much like each other are common, for only they are several in one cell."""
        yield "persons", {"person": person}
        if self.pick((True, False)):
            days = self.pick((0, 40, 100, 200, 400, 800))
            told = {"age": self.pick((29, 30)), "days_in_benefit": days, "chapter": self.pick((0, 5, 13))}
            yield "linkage", {"person": person} | told
        of_person = {"person": person, "sex": self.pick((1, 2)), "birth_year": self.pick((1990, 1993))}
        usual, unlike, elsewhere = self._stay(), self.pick((0, 1, 1, 4)), self.pick((True, False))
        for _ in range(self.pick((1, 1, 2, 2, 3))):
            fresh = self._stay()
            like = {name: value if self.pick(range(4)) < unlike else usual[name] for name, value in fresh.items()}
            if elsewhere:  # otherwise alike, in another intervention at the same time
                like["intervention"] = fresh["intervention"]
            stay = {"participation": next(self.numbers)}
            yield "participations", stay | of_person | self._lasting(like)
            for moment in ("start", "end"):
                for support in like[moment]:
                    yield "supports", stay | {"moment": CODES["moment"][moment], "support": support}
            for group in like["needs"]:
                yield "needs", stay | {"need_group": group}

    def _stay(self) -> dict[str, Any]:
        """Draw everything that is told of a stay, each by itself."""
        return {
            "intervention": self.pick(INDIVIDUAL),
            "municipality": self.pick((1, 2, 3, 4)),
            "education": self.pick((0, 1, 2)),
            "months_in_support": self.pick((None, 0, *range(4, 36, 3), 40, 50, 80, 130)),
            "occupation_at_start": self.pick((None, 1, 2, 3, 4)),
            "extent_at_start": self.pick((25, 50)),
            "occupation_at_end": self.pick((None, 1, 2, 3, 4)),
            "extent_at_end": self.pick((25, 50)),
            "end_reason": self.pick((None, 1, 2, 2, 2)),
            "start": self._some(SUPPORTS),
            "end": self._some(SUPPORTS),
            "needs": self._some(GROUPS),
            "begins": FIRST + timedelta(days=self.pick(range((LAST - FIRST).days + 1))),
            "months": self.pick(self.pick((SHORT, SHORT, SHORT, LONG, (None,)))),
            "less": self.pick(range(25)),
        }

    def _lasting(self, drawn: dict[str, Any]) -> dict[str, Any]:
        """Give the stay its days and its place; of one that goes on nothing is known that is told when it ends."""
        begins, months = drawn.pop("begins"), drawn.pop("months")
        stay = {name: value for name, value in drawn.items() if name in SCHEMAS["participations"]}
        covered = self.facts.areas[INTERVENTIONS[stay["intervention"] - 1]["association"]]
        if self.facts.at_home:
            stay["municipality"] = covered[stay["municipality"] % len(covered)]
        if months is None:
            stay |= dict.fromkeys(("occupation_at_end", "extent_at_end", "end_reason"))
        else:
            stay["ends_before"] = begins + timedelta(days=30 * months + 6 - drawn["less"])
        return stay | {"starts_on": begins}

    def _some(self, choices: Sequence[int]) -> list[int]:
        return [one for one in choices if self.pick((True, False, False))]
