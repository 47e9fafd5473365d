"""The figures the demo gives back, and the plausible ones chosen where nobody published any.

Published: report to the government for 2020 by Arbetsförmedlingen and Försäkringskassan (table 1, sections 3.1 and
3.2), printed totals replaced by women + men; participants in all 2017 (ISF 2019:1) and participants and interventions
2018 (finsam.se). `docs/demo.md` says which is which; everything marked "chosen" is ours.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

YEARS: Final = (2016, 2017, 2018, 2019, 2020)
Yearly = tuple[int, int, int, int, int]


class Flow(NamedTuple):
    """Persons year by year: those with a stay in the year, and those with a stay that began in it."""

    ongoing: Yearly
    new: Yearly


BY_SUPPORT: Final[Mapping[tuple[str, str], Flow]] = {
    ("sickness", "women"): Flow((1984, 2477, 2987, 2915, 2372), (1354, 1753, 2069, 1687, 1272)),
    ("sickness", "men"): Flow((797, 977, 1168, 1216, 1038), (557, 647, 807, 732, 587)),
    ("activity", "women"): Flow((940, 988, 1055, 966, 851), (544, 566, 541, 491, 385)),
    ("activity", "men"): Flow((793, 830, 951, 895, 738), (467, 512, 498, 403, 337)),
}

# 17,454 in 2020, 55 and 45 percent, 15 percent fewer than the year before; the years before and the new are chosen.
IDENTIFIED: Final[Mapping[str, Flow]] = {
    "women": Flow((7180, 9000, 10650, 11240, 9583), (3700, 4900, 5400, 5300, 4150)),
    "men": Flow((5920, 7400, 8650, 9294, 7871), (3050, 4050, 4400, 4450, 3420)),
}

# Participants in all 2017, 2018 and 2020 are published (28,500, 32,715 and 24,867); how they divide is chosen.
ANONYMOUS: Final[Yearly] = (2600, 3000, 3300, 2500, 2113)
VOLUME: Final[Yearly] = (7700, 9100, 10115, 6216, 5300)
STRUCTURAL_HEADS: Final[Yearly] = (14200, 15100, 15900, 15600, 9800)

# 2019 and 2020 and the first year of each group are published (2019 in total only); 2018 in total and by kind.
INTERVENTIONS: Final[Mapping[tuple[str, str], Yearly]] = {
    ("young_with_activity_compensation", "individual"): (72, 95, 122, 146, 140),
    ("young_with_activity_compensation", "structural"): (5, 6, 7, 8, 7),
    ("long_term_sick", "individual"): (50, 78, 107, 133, 134),
    ("long_term_sick", "structural"): (6, 11, 15, 19, 18),
    ("young_with_disability", "individual"): (40, 79, 96, 112, 110),
    ("young_with_disability", "structural"): (3, 6, 8, 9, 8),
    ("", "individual"): (343, 278, 234, 212, 225),
    ("", "structural"): (476, 497, 516, 499, 445),
}


class Spread(NamedTuple):
    """How many associations have interventions for a group: in both years, only in 2019, only in 2020."""

    both: int
    only_2019: int
    only_2020: int


SPREAD: Final[Mapping[str, Spread]] = {
    "young_with_activity_compensation": Spread(34, 10, 2),
    "long_term_sick": Spread(34, 3, 3),
    "young_with_disability": Spread(25, 4, 1),
}
REHABILITATION_2020: Final[Mapping[str, int]] = {
    "young_with_activity_compensation": 102,
    "long_term_sick": 82,
    "young_with_disability": 75,
}

# Associations and municipalities covered, by the day they were counted (petition of 2009, brochure of 2013).
COVERED_2009: Final = 161
COVERED_2013: Final = 225
