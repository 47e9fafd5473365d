"""What a cell is a count of, however it was asked for: the same count in two tables has one identity."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from finsam.disclosure.cells import TOTAL, Key
from finsam.statistics.derived.lengths import MORE, SUPPORT_ENDS, code
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.outcomes import ACTIVE, CLASSES, OTHER
from finsam.statistics.figures.participation import GROUPED, SUPPORT_GROUP
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.background import LENGTHS
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.joins import AGES, with_places
from finsam.statistics.tables.periods import QUARTER, Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.codes.directions import DIRECTIONS
from finsam.values.keys import Code, Sum, written
from finsam.values.municipalities import municipalities

ENDED: Final = (("persons", "persons"), ("participations", "participations"))
# The same quantity under several figures: figure and count -> figure and count.
SAME: Final[Mapping[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        **{(figure, "identified"): ("persons_ongoing", "persons") for figure in ("participants", "planned_and_actual")},
        **{
            (figure, count): ("participants", count)
            for figure in ("heads", "planned_and_actual")
            for count in ("anonymous", "volume", "participants")
        },
        **{
            (f"{unit}_{what}", count): (f"{unit}_ended", column)
            for unit, column in ENDED
            for what, counts in (
                ("supports", ("before", "after")),
                ("occupations", ("before", "after")),
                ("work_or_study", ("ended",)),
            )
            for count in counts
        },
    }
)
Part = tuple[str, Code]  # dimension and code
# What only reports split by: larger or smaller parts of a dimension, and how long stays lasted.
AGE_BAND, SUPPORT_MONTHS, STAY_LENGTH = "age_band", "support_months", "stay_length"
ACTIVITY, ACTIVITY_AFTER = "activity", "activity_after"  # whether the occupation is work or studies
ACTIVE_BAND, NOT_ACTIVE = "active", "not_active"
OCCUPATIONS: Final[tuple[Code, ...]] = (*CLASSES, OTHER, UNKNOWN)
BANDS: Final[Mapping[str, str]] = MappingProxyType(  # the youngest age of a group -> of its band
    {str(low): str(max(band for band in (AGES[0], 30, 50) if band <= low)) for low in AGES}
)
SPLIT: Final[Mapping[str, str]] = MappingProxyType(  # what reports split by -> the dimension that adds up alike
    {
        SUPPORT_GROUP: "support",
        AGE_BAND: "age_group",
        SUPPORT_MONTHS: "support_time",
        STAY_LENGTH: "end_reason",
        ACTIVITY: "occupation",
        ACTIVITY_AFTER: "occupation_after",
    }
)
AFTER: Final[Mapping[str, str]] = MappingProxyType(
    {name: one.after for name, one in DIMENSIONS.items() if one.after} | {ACTIVITY: ACTIVITY_AFTER}
)


class Identity(NamedTuple):
    """A figure's count in a period, of those in all the parts; the whole where there are none."""

    figure: str
    what: str
    period: str
    parts: tuple[Part, ...]

    def with_part(self, part: Part) -> "Identity":
        """The identity of those who are in one more part."""
        return self._replace(parts=tuple(sorted({*self.parts, part})))

    def without(self, part: Part, *instead: Part) -> "Identity":
        """The identity with a part left out or replaced by a larger one."""
        kept = {*self.parts, *instead} - {part}
        return self._replace(parts=tuple(sorted(kept)))


class Covered(NamedTuple):
    """A county that an association covers something of, from a day on and, if it ends, before another."""

    association: str
    county: str
    first_day: date
    ends_before: date | None


@dataclass(frozen=True)
class Implied:
    """What being in one part says of others: who lives in a municipality lives in its county."""

    by_code: Mapping[str, Mapping[Code, tuple[Part, ...]]]
    coverage: Sequence[Covered] = ()

    def of(self, part: Part) -> tuple[Part, ...]:
        """The larger parts that a part lies in."""
        name, code = part
        return self.by_code.get(name, {}).get(code, ())

    def covering(self, county: str, period: str) -> frozenset[str]:
        """The associations that cover anything of a county on any day of a period."""
        if period not in self._covering:
            found, days = defaultdict(set), _days_of(period)
            for one in self.coverage:
                if one.first_day < days[1] and (one.ends_before is None or one.ends_before > days[0]):
                    found[one.county].add(one.association)
            self._covering[period] = {name: frozenset(numbers) for name, numbers in found.items()}
        return self._covering[period].get(county, frozenset())

    def counties(self, association: str, period: str) -> frozenset[str]:
        """The counties that an association covers anything of on any day of a period."""
        self.covering("", period)
        return frozenset(county for county, numbers in self._covering[period].items() if association in numbers)

    @cached_property
    def _covering(self) -> dict[str, dict[str, frozenset[str]]]:
        return {}

    def over(self, dimension: str) -> frozenset[Part]:
        """The larger parts that parts of a dimension lie in."""
        if dimension not in self._over:
            self._over[dimension] = frozenset(
                part for parts in self.by_code.get(dimension, {}).values() for part in parts
            )
        return self._over[dimension]

    @cached_property
    def _over(self) -> dict[str, frozenset[Part]]:
        return {}

    def identity(self, variant: "Variant", key: Key) -> Identity:
        """The identity of a cell of a table: parts that follow from others are left out."""
        period, *codes = key
        parts = {
            *variant.where,
            *((name, code) for name, code in zip(variant.dimensions, codes, strict=True) if code != TOTAL),
        }
        needless = {larger for part in parts for larger in self.of(part)}
        return Identity(variant.figure, variant.what, written(period), tuple(sorted(parts - needless)))


@dataclass(frozen=True)
class Variant:
    """One count of a table as the quantity it is: what is compared before and after is after in the second column."""

    figure: str
    what: str
    dimensions: tuple[str, ...]  # without the period
    where: tuple[Part, ...]

    @classmethod
    def of(cls, figure: str, count: str, dimensions: tuple[str, ...], where: tuple[Part, ...]) -> Self:
        """The quantity that a figure's count is, with its dimensions by the names they have there."""
        compared = FIGURES[figure].compared if count == "after" else ""
        names = {name: after for name, after in AFTER.items() if like(name) == compared}
        return cls(
            *SAME.get((figure, count), (figure, count)),
            tuple(names.get(name, name) for name in dimensions),
            tuple((names.get(name, name), code) for name, code in where),
        )


@dataclass(frozen=True)
class Shape:
    """What a table of an answer counts: its figure, dimensions and filters, and its keys."""

    figure: str
    dimensions: tuple[str, ...]
    counts: tuple[str, ...]
    where: tuple[Part, ...]
    keys: Sequence[Key]

    @cached_property
    def periods(self) -> frozenset[str]:
        """The periods of the table."""
        return frozenset(written(key[0]) for key in self.keys)

    @cached_property
    def variants(self) -> list[Variant]:
        """The quantity that each of the counts is."""
        return [Variant.of(self.figure, count, self.dimensions[1:], self.where) for count in self.counts]

    def cells(self, implied: Implied) -> Iterator[tuple[Identity, Key, int]]:
        """Every cell with its identity, its key, and which of the counts it is."""
        for at, variant in enumerate(self.variants):
            for key in self.keys:
                yield implied.identity(variant, key), key, at

    def is_whole_in(self, parent: Identity, dimension: str, implied: Implied) -> bool:
        """Whether the table has every part of the parent by the dimension."""
        if parent.period not in self.periods:
            return False
        held = {*parent.parts, *(larger for part in parent.parts for larger in implied.of(part))}
        return any(
            (variant.figure, variant.what) == (parent.figure, parent.what)
            and dimension in variant.dimensions
            and set(variant.where) <= held
            and all(
                part in variant.where or part[0] in variant.dimensions or part in implied.over(dimension)
                for part in parent.parts
            )
            for variant in self.variants
        )


def like(dimension: str) -> str:
    """Give the dimension that adds up as this one does, and tells as much of people."""
    return SPLIT.get(dimension, dimension)


def activity(occupation: Code) -> Code:
    """Tell whether an occupation is work or studies; of what is not stated, or all, that stays so."""
    if isinstance(occupation, Sum):
        return occupation
    return ACTIVE_BAND if occupation in ACTIVE else NOT_ACTIVE


def everywhere() -> Implied:
    """What the parts say of each other that are the same in every snapshot: places, directions, groups and bands."""
    places = municipalities()
    lived = DIMENSIONS["municipality"].within
    by_code: dict[str, dict[Code, tuple[Part, ...]]] = {
        "municipality": {
            code: tuple(zip(lived, (place.county_code, place.region_code or code), strict=True))
            for code, place in places.items()
        },
        "county": {place.county_code: (("region", place.region_code or one),) for one, place in places.items()},
        "direction": {row.code: (("kind", row.parent),) for row in DIRECTIONS.rows},
        "support": {one: ((SUPPORT_GROUP, group),) for one, group in GROUPED.items()},
        "age_group": {one: ((AGE_BAND, band),) for one, band in BANDS.items()},
        **{
            name: {one: ((larger, activity(one)),) for one in (*CLASSES, OTHER, UNKNOWN)}
            for name, larger in (("occupation", ACTIVITY), ("occupation_after", ACTIVITY_AFTER))
        },
        SUPPORT_MONTHS: {one: (("support_time", band),) for one, band in _bands_of_months().items()},
    }
    return Implied(by_code)


def implied(tables: Tables) -> Implied:
    """What the places, the directions and the interventions of a snapshot say of each other."""
    numbers = {row["association"]: row["number"] for row in tables.associations.to_pyarrow().to_pylist()}
    codes = {name: {number: code for code, number in found.items()} for name, found in tables.codes.items()}
    of_intervention = DIMENSIONS["intervention"].within
    interventions: dict[Code, tuple[Part, ...]] = {
        str(row["intervention"]): (
            ("association", numbers.get(row["association"], "")),
            *((name, codes.get(name, {}).get(row[name], "")) for name in of_intervention if name != "association"),
        )
        for row in tables.interventions.to_pyarrow().to_pylist()
    }
    return Implied({**everywhere().by_code, "intervention": interventions}, _coverage(tables, numbers))


def _bands_of_months() -> dict[Code, Code]:
    """Give the band of time in support that each class of months lies in."""
    bands = {code(end): bisect(LENGTHS, end) for end in SUPPORT_ENDS} | {MORE: len(LENGTHS)}
    return {**{one: str(band) for one, band in bands.items()}, UNKNOWN: UNKNOWN}


def _coverage(tables: Tables, numbers: Mapping[int, str]) -> tuple[Covered, ...]:
    """The counties that associations cover something of."""
    counties = {row["municipality"]: row["county_code"] for row in with_places(tables).to_pyarrow().to_pylist()}
    return tuple(
        Covered(numbers[row["association"]], counties[row["municipality"]], row["first_day"], row["ends_before"])
        for row in tables.coverage.to_pyarrow().to_pylist()
    )


def _days_of(period: str) -> tuple[date, date]:
    """The first day of a year or a quarter, and the first that is after it."""
    periods = Periods.quarters(period, period) if QUARTER.fullmatch(period) else Periods.years(int(period))
    return periods.starts_on, periods.ends_before
