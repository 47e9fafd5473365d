"""People who cannot exist: shifted identity numbers on real dates, and names that look invented."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import ceil, floor
from random import Random
from typing import Final

from finsam.demo.drawing.names import FAMILY, GIVEN
from finsam.demo.drawing.records import Human
from finsam.values.identity import shifted

AGES: Final[Mapping[str, tuple[int, int, int]]] = {  # youngest, oldest and commonest at start
    "sickness": (20, 63, 44),
    "activity": (19, 29, 23),
    "both": (19, 29, 24),
    "other": (18, 63, 31),
}
COORDINATION_SHARE: Final = 0.012
SERIALS: Final = 489  # pairs of serials 001-978; those from 980 on are of Skatteverket's published test numbers
YEAR: Final = timedelta(days=365.25)


class People:
    """Makes people, each number once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self.all: list[Human] = []

    def add(self, sex: str, starts: Iterable[tuple[date, str]]) -> Human:
        """A person of a sex who has the right age on every start, given the group he or she then is in."""
        birth_date = self._birth_date(list(starts))
        human = Human(
            number=len(self.all),
            sex=sex,
            birth_date=birth_date,
            identity_number=self._identity_number(sex, birth_date),
            name=f"{self._rng.choice(GIVEN[sex])} {self._rng.choice(FAMILY)}",
            pseudonym=f"{self._rng.getrandbits(128):032x}",
        )
        self.all.append(human)
        return human

    def _birth_date(self, starts: list[tuple[date, str]]) -> date:
        first = min(day for day, _group in starts)
        low, high, common = 0, 99, 0
        for day, group in starts:
            youngest, oldest, commonest = AGES[group]
            passed = (day - first) / YEAR
            low, high = max(low, youngest - floor(passed)), min(high, oldest - ceil(passed))
            common = commonest
        low = max(low, 18)
        age = int(self._rng.triangular(low, high + 1, min(max(common, low), high)))
        return first - age * YEAR - timedelta(days=self._rng.randrange(2, 360))

    def _identity_number(self, sex: str, birth_date: date) -> str:
        coordination = self._rng.random() < COORDINATION_SHARE
        while True:
            serial = 2 * self._rng.randrange(SERIALS) + (1 if sex == "men" else 2)
            number = shifted(birth_date, serial, coordination=coordination)
            if number not in self._taken:
                self._taken.add(number)
                return number
