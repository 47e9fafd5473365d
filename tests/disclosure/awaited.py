"""What is known to hold and not yet declared, each kind with a sentence: to be declared by the product, and taken away.

A kind that is declared fails the search, and so does anything found that is neither declared nor awaited.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, NamedTuple

from finsam.disclosure.cells import Key
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered
from finsam.reports.national_annual.counts import BY_SEX, GROUPS, SEXES
from finsam.reports.national_annual.need_counts import BEFORE, BEGAN, EARLIER, TABLE, WITHOUT
from finsam.reports.national_results.counts import OF_PERSONS
from finsam.values.keys import Sum
from tests.disclosure.worlds import CODES, LONGER, MUNICIPALITIES, Facts

NEEDS: Final[Key] = (*CODES["need_group"], Sum.NOT_STATED)
ALL: Final[tuple[str, ...]] = tuple(map(str, LONGER))
RESTS: Final = ("ended_not_active", "active_not_gained")


@dataclass(frozen=True)
class Kind:
    """Relations of one kind, and what they say; some hold only where anybody can look something up."""

    sentence: str
    relations: Callable[[], Iterable[Relation]]
    facts: Callable[[Facts], bool] = lambda _facts: True


def of_reports(facts: Facts) -> dict[str, list[Relation]]:
    """Give the kinds that hold between the tables of reports, by their sentences."""
    return {kind.sentence: list(kind.relations()) for kind in KINDS if kind.facts(facts)}


def _persons_and_stays() -> Iterator[Relation]:
    for year, sex, figure in product(ALL, SEXES, OF_PERSONS):
        yield at_most(*(Address(f"outcomes_{unit}", (year, sex), figure) for unit in ("persons", "participations")))


def _rests() -> Iterator[Relation]:
    for year, sex, figure in product(ALL, BY_SEX, RESTS):
        names = [f"outcomes_{unit}_rest" for unit in ("persons", "participations")]
        yield at_most(*(Address(name, (year, sex), figure) for name in names))


def _again() -> Iterator[Relation]:
    for year, (fewer, more) in product(ALL, (("active", "ended"), ("gained", "active"))):
        yield at_most(*(Address("again", (year, Sum.TOTAL), figure) for figure in (fewer, more)))


def _each_sex_before() -> Iterator[Relation]:
    for (before, year), sex in product(pairwise(ALL), SEXES):
        identified = Address("totals", (before, "identified", sex))
        yield at_most(Address(BEGAN, (year, BEFORE, sex)), identified)
        for group in GROUPS:
            ongoing = Address("participants", (before, "ongoing", group, sex))
            yield at_most(Address("earlier", (year, group, sex)), ongoing)
        for need in NEEDS:
            yield at_most(Address(EARLIER, (year, need, sex)), Address(TABLE, (before, "ongoing", need, sex)))


def _goes_on() -> Iterator[Relation]:
    for (year, after), sex in product(pairwise(ALL), BY_SEX):
        yield at_most(Address("going_on", (year, sex)), Address("totals", (after, "identified", sex)))


def _needs_earlier() -> Iterator[Relation]:
    for year, sex in product(ALL, BY_SEX):
        parts = (Address(EARLIER, (year, need, sex)) for need in NEEDS)
        yield covered(Address(BEGAN, (year, BEFORE, sex)), *parts)


def _one_stay() -> Iterator[Relation]:
    for need, sex in product(CODES["need_group"], BY_SEX):
        parts = (Address(WITHOUT, (ALL[-1], one, sex)) for one in (need, Sum.NOT_STATED))
        yield covered(Address("repeats", (ALL[-1], "1", sex)), *parts)


class Placed(NamedTuple):
    """A count of one year that is told of counties and of associations."""

    year: str
    suffix: str
    figure: str

    def county(self, code: str) -> Address:
        """It of a county."""
        return Address(f"counties{self.suffix}", (self.year, code, Sum.TOTAL), self.figure)

    def association(self, number: str) -> Address:
        """It of an association."""
        return Address(f"associations{self.suffix}", (self.year, number), self.figure)


PLACED: Final = [
    Placed(year, *of) for year, of in product(ALL, (("", "ended"), ("", "active"), ("_rest", "ended_not_active")))
]


def _homes(facts: Facts) -> Mapping[str, tuple[list[str], list[str]]]:
    """The associations of each county: those that lie in it alone, and all that cover any of it."""
    county_of = {row["municipality"]: row["county_code"] for row in MUNICIPALITIES}
    counties = {str(n): {county_of[place] for place in places} for n, places in facts.areas.items()}
    return {
        county: ([n for n, of in counties.items() if of == {county}], [n for n, of in counties.items() if county in of])
        for county in sorted(set(county_of.values()))
    }


def _crossing() -> Iterator[Relation]:
    for placed in PLACED:
        for code, (inside, touching) in _homes(Facts(crossing=True)).items():
            yield from (at_most(placed.association(one), placed.county(code)) for one in inside)
            yield covered(placed.county(code), *map(placed.association, touching))


def _whole() -> Iterator[Relation]:
    for placed in PLACED:
        for code, (_inside, touching) in _homes(Facts(crossing=False)).items():
            yield adds_up(placed.county(code), *map(placed.association, touching))


KINDS: Final = (
    Kind(
        "As many participations of women, and of men, as persons ended, are active after and gained (a person's sex is "
        "the same in all of them): declared for both together only",
        _persons_and_stays,
    ),
    Kind(
        "Persons of whom none are active after, or gained, at most their participations that are so (unseen tables)",
        _rests,
    ),
    Kind(
        "Of participations more than one a person, those who are active after at most all that ended, those who gained "
        "at most those who are active (unseen table)",
        _again,
    ),
    Kind(
        "Women, and men, who began earlier at most those ongoing the year before: of all, of a support, of a need "
        "group; declared for both together only",
        _each_sex_before,
    ),
    Kind("Who ended nothing in a year is ongoing in the next: going on at most identified the year after", _goes_on),
    Kind("All who began earlier at most the sum of those who began earlier in each need group", _needs_earlier),
    Kind(
        "Whose only stay it is has a need group or none: first stays at most those outside a group and those outside "
        "no group",
        _one_stay,
    ),
    Kind(
        "Where all live at home: an association within a county at most the county, and a county at most all "
        "associations that cover any of it",
        _crossing,
        lambda facts: facts.at_home and facts.crossing,
    ),
    Kind(
        "Where all live at home: a county is the sum of its associations, if none of them crosses its border",
        _whole,
        lambda facts: facts.at_home and not facts.crossing,
    ),
)
