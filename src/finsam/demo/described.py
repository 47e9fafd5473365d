"""An invented linkage for the demo: what another agency might have said of those who began in 2020.

Drawn from the seed after what source 004 (section 4) says in whole numbers: nearly everyone is found, most of those
with activity compensation have a diagnosis in F00-F99, and so on. It is not calibrated, and its source says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from finsam.participants.linkage import Row
from finsam.participants.models import Participation, Support

YEAR: Final = 2020
SOURCE: Final = "Påhittade uppgifter som visar hur en samkörning ser ut"
LONGEST: Final = 20 * 365


@dataclass(frozen=True)
class Group:
    """What is likely for those with a support: share found, mean days by sex, and the weight of each chapter."""

    found: float
    days: Mapping[str, int]
    chapters: Mapping[int, int]  # 0: missing or not known


ACTIVITY: Final = Group(0.96, {"women": 1240, "men": 1310}, {5: 84, 0: 7, 6: 2, 9: 1, 13: 2, 17: 2, 18: 1, 19: 1})
SICKNESS: Final = Group(0.99, {"women": 1061, "men": 982}, {5: 72, 13: 9, 0: 6, 2: 3, 6: 3, 9: 2, 18: 3, 19: 2})
GROUPS: Final[Mapping[str, Group]] = {
    "activity_compensation": ACTIVITY,
    "sickness_cash_benefit": SICKNESS,
    "rehabilitation_cash_benefit": SICKNESS,
}


def rows(seed: int) -> list[Row]:
    """Draw the rows; the same seed gives the same."""
    chance = Random(seed)  # noqa: S311  a demo is no secret
    return list(_drawn(chance))


def _drawn(chance: Random) -> Iterator[Row]:
    for pseudonym, (support, sex, birth_year) in sorted(_new().items()):
        group = GROUPS[support]
        days = int(min(chance.gammavariate(2, group.days[sex] / 2), LONGEST))
        (chapter,) = chance.choices(list(group.chapters), list(group.chapters.values()))
        if chance.random() < group.found:
            yield Row(pseudonym, YEAR - birth_year, days, chapter)


def _new() -> dict[str, tuple[str, str, int]]:
    """Those who began in the year with one of the supports, by pseudonym."""
    began = Participation.objects.filter(starts_on__year=YEAR).order_by("pk")
    with_support = Support.objects.filter(participation__in=began, moment="start", support__in=GROUPS)
    found = with_support.order_by("participation__person__pseudonym__value", "support").values_list(
        "participation__person__pseudonym__value",
        "support",
        "participation__person__sex",
        "participation__person__birth_year",
    )
    return {pseudonym: (support, sex, birth_year) for pseudonym, support, sex, birth_year in found}
