"""The exact counts of the report on linked records, and what anyone knows to hold between them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, NamedTuple

import ibis.expr.types as ir

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Counts, Key
from finsam.disclosure.relations import Address, Relation, adds_up, equals
from finsam.reports.national_annual import need_counts
from finsam.reports.release import Exact
from finsam.snapshots import engines
from finsam.statistics.derived import averages
from finsam.statistics.figures import linked_records
from finsam.statistics.figures.participation import SUPPORT_GROUPS
from finsam.statistics.tables.joins import AGES
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Linked, Tables
from finsam.values.codes.diagnoses import CHAPTERS
from finsam.values.keys import Code, Sum

GROUPS = ("activity_compensation", "sickness_benefit")
SEXES = ("women", "men")
BY_SEX: Key = (*SEXES, TOTAL)
NOT_STATED = Sum.NOT_STATED
CHAPTER_CODES: Mapping[int, Code] = {0: NOT_STATED, **{one.number: one.code for one in CHAPTERS}}
Values = dict[Key, int]


class Described(NamedTuple):
    """How many of a sex the other agency says the same of: youngest age of the group, days and chapter."""

    sex: str
    age: int
    days: int
    chapter: int
    persons: int


class Split(NamedTuple):
    """A table of those who were found: what it is split by, its codes in order, and the code of somebody."""

    name: str
    dimension: str
    codes: Key
    code_of: Callable[[Described], Code]


EVERY_SPLIT = (
    Split("linked_ages", "age", tuple(map(str, AGES)), lambda row: str(row.age)),
    Split(
        "linked_days",
        "days",
        tuple(map(str, averages.CLASSES)),
        lambda row: str(averages.class_of(row.days)),
    ),
    Split(
        "linked_chapters",
        "chapter",
        (*(one.code for one in CHAPTERS), NOT_STATED),
        lambda row: CHAPTER_CODES[row.chapter],
    ),
)
SPLITS: Mapping[str, Split] = {split.name: split for split in EVERY_SPLIT}


@dataclass(frozen=True)
class WithMeans(Exact):
    """All counts of the report, and the mean days by support and sex where it may be shown."""

    means: Mapping[Key, int] = field(default_factory=dict)


def count(tables: Tables, linked: Linked, year: int) -> WithMeans:
    """Count everything the report needs, in two questions for each support."""
    described = {group: _described(tables, linked.rows, year, group) for group in GROUPS}
    means = {key: mean for group, rows in described.items() for key, mean in _means(str(year), group, rows).items()}
    began = need_counts.began(tables, [year])
    tidy = (
        *(_among(began, table) for table in _found(tables, linked.rows, year)),
        *(
            _among(began, _split(name, year, {group: _by(name, rows) for group, rows in described.items()}))
            for name in SPLITS
        ),
        Counts("linked_file", ("year",), ("not_ours",), {(str(year),): (linked.not_ours,)}),
    )
    return WithMeans({one.name: one for one in tidy}, tuple(_relations(str(year))), means=means)


def _among(began: Mapping[Key, int | None], table: Counts) -> Counts:
    """Say of which group the cells are: who has a support is told of all who began, a diagnosis of those found."""
    bases = {key: began[key[0], key[-1]] for key in table.cells}
    if "chapter" in table.dimensions:
        bases |= {key: table.cells[*key[:2], TOTAL, key[-1]][0] for key in table.cells if key[2] != TOTAL}
    return replace(table, sensitive=frozenset({"support", "chapter"}), bases=bases)


def told(means: Mapping[Key, int]) -> Iterator[Relation]:
    """Give what the means tell of the classes of days."""
    for (year, group, sex), mean in means.items():
        classes = [Address("linked_days", (year, group, code, sex)) for code in SPLITS["linked_days"].codes]
        yield from averages.told(mean, Address("linked", (year, group, sex), "found"), classes)


def _found(tables: Tables, linked: ir.Table, year: int) -> tuple[Counts, Counts]:
    """Everyone who is new with a support, as the national report has them, and who of them was found."""
    sexes = _sexes(tables)
    new: Values = {(str(year), "new", group, sex): 0 for group, sex in product(GROUPS, BY_SEX)}
    both: dict[Key, tuple[int, int]] = {(str(year), group, sex): (0, 0) for group, sex in product(GROUPS, BY_SEX)}
    for group in GROUPS:
        figure = linked_records.found(**_asked(tables, linked, year, group))
        for row in engines.rows(figure):
            for sex in (sexes[row["sex"]], TOTAL):
                new[str(year), "new", group, sex] += int(row["persons"])
                before = both[str(year), group, sex]
                both[str(year), group, sex] = (before[0] + int(row["found"]), before[1] + int(row["missing"]))
    additive = frozenset({"sex"})
    cells: dict[Key, tuple[int | None, ...]] = {key: (persons,) for key, persons in new.items()}
    pairs: dict[Key, tuple[int | None, ...]] = dict(both)
    return (
        Counts("participants", ("year", "flow", "support", "sex"), ("persons",), cells, additive=additive),
        Counts("linked", ("year", "support", "sex"), ("found", "missing"), pairs, additive=additive),
    )


def _described(tables: Tables, linked: ir.Table, year: int, group: str) -> list[Described]:
    asked = _asked(tables, linked, year, group)
    figure = linked_records.days(**{**asked, "by": ["sex", linked_records.AGE, "chapter"]})
    sexes = _sexes(tables)
    return [
        Described(sexes[row["sex"]], row[linked_records.AGE], row["days_in_benefit"], row["chapter"], row["persons"])
        for row in engines.rows(figure)
    ]


def _by(name: str, rows: Iterable[Described]) -> Values:
    """Count the persons by the code of a table, and sex."""
    values: Values = {}
    for row in rows:
        key = (SPLITS[name].code_of(row), row.sex)
        values[key] = values.get(key, 0) + row.persons
    return values


def _means(year: str, group: str, rows: Sequence[Described]) -> dict[Key, int]:
    """The means of women and men: both or none."""
    counts: dict[str, dict[int, int]] = {sex: {} for sex in SEXES}
    for row in rows:
        counts[row.sex][row.days] = counts[row.sex].get(row.days, 0) + row.persons
    means = {(year, group, sex): averages.rounded_mean(counts[sex]) for sex in SEXES}
    return {key: mean for key, mean in means.items() if mean is not None and None not in means.values()}


def _split(name: str, year: int, counted: Mapping[str, Values]) -> Counts:
    """A table of those found, with every code and the totals."""
    _name, dimension, codes, _code_of = SPLITS[name]
    values: Values = {(str(year), group, code, sex): 0 for group, code, sex in product(GROUPS, (*codes, TOTAL), BY_SEX)}
    for group, found in counted.items():
        for (code, sex), persons in found.items():
            for place in product((code, TOTAL), (sex, TOTAL)):
                values[str(year), group, *place] += persons
    cells: dict[Key, tuple[int | None, ...]] = {key: (persons,) for key, persons in values.items()}
    dimensions = ("year", "support", dimension, "sex")
    return Counts(name, dimensions, ("persons",), cells, additive=frozenset({dimension, "sex"}))


def _relations(year: str) -> Iterator[Relation]:
    for group, sex in product(GROUPS, BY_SEX):
        found, missing = (Address("linked", (year, group, sex), figure) for figure in ("found", "missing"))
        yield adds_up(Address("participants", (year, "new", group, sex)), found, missing)
        for name in SPLITS:
            yield equals(Address(name, (year, group, TOTAL, sex)), found)


def _asked(tables: Tables, linked: ir.Table, year: int, group: str) -> dict[str, Any]:
    where = {"support": [tables.number("support", code) for code in SUPPORT_GROUPS[group]]}
    return {"tables": tables, "linked": linked, "periods": Periods.years(year), "by": ["sex"], "where": where}


def _sexes(tables: Tables) -> dict[int, str]:
    return {number: code for code, number in tables.codes["sex"].items()}
