"""Invented tables of the two sizes disclosure control is measured on: seeded, and as thin as the demo is."""

from collections import Counter
from itertools import product
from random import Random
from typing import Final

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.values.keys import Code
from finsam.values.municipalities import municipalities

SEED: Final = 17_454
PERSONS: Final = 17_454  # in one year of the demo
SEXES: Final = ("women", "men")
EIGHT: Final = tuple("abcdefgh")
NINE: Final = tuple("abcdefghi")
ASSOCIATIONS: Final = 83


def by_municipality(persons: int = PERSONS) -> Counts:
    """Persons by municipality (in county, in nation), sex and one of eight groups: everything adds up."""
    draw = Random(SEED)
    counties: dict[Code, Code] = {place.code: f"county {place.county_code}" for place in municipalities().values()}
    sizes = [draw.lognormvariate(0, 1) for _ in counties]
    groups = [draw.lognormvariate(0, 0.7) for _ in EIGHT]
    cells: Counter[Key] = Counter()
    for code in draw.choices(list(counties), sizes, k=persons):
        sex = draw.choices(SEXES, (6, 4))[0]
        group = draw.choices(EIGHT, groups)[0]
        mine: tuple[Key, ...] = ((code, counties[code], TOTAL), (sex, TOTAL), (group, TOTAL))
        cells.update(product(*mine))
    codes: tuple[Key, ...] = (
        (*counties, *dict.fromkeys(counties.values()), TOTAL),
        (*SEXES, TOTAL),
        (*EIGHT, TOTAL),
    )
    full: dict[Key, tuple[int | None, ...]] = {key: (cells[key],) for key in product(*codes)}
    dimensions = ("place", "sex", "group")
    return Counts(
        "municipalities",
        dimensions,
        ("persons",),
        full,
        additive=frozenset(dimensions),
        parents={"place": counties},
    )


def by_association(persons: int = PERSONS) -> Counts:
    """Persons by association, sex and one of nine supports; one person can stand in several of the first and last."""
    draw = Random(SEED)
    places = [f"association {number:02}" for number in range(1, ASSOCIATIONS + 1)]
    sizes = [draw.lognormvariate(0, 0.8) for _ in places]
    supports = [draw.lognormvariate(0, 0.7) for _ in NINE]
    cells: Counter[Key] = Counter()
    for _ in range(persons):
        sex = draw.choices(SEXES, (6, 4))[0]
        mine = draw.choices(places, sizes, k=1 + (draw.random() < 0.03))
        held = draw.choices(NINE, supports, k=1 + (draw.random() < 0.2))
        cells.update(product(dict.fromkeys((*mine, TOTAL)), (sex, TOTAL), dict.fromkeys((*held, TOTAL))))
    codes: tuple[Key, ...] = ((*places, TOTAL), (*SEXES, TOTAL), (*NINE, TOTAL))
    full: dict[Key, tuple[int | None, ...]] = {key: (cells[key],) for key in product(*codes)}
    return Counts("associations", ("association", "sex", "support"), ("persons",), full, additive=frozenset({"sex"}))
