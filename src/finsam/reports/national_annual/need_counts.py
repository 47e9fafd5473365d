"""The exact counts of persons by need group, ongoing and new, and what holds between them and all who can be followed.

A person counts once in each group recorded for a stay that makes him or her ongoing (for new: for a stay that began in
the year), so groups don't add up. Together they are everyone, since whoever has none stands in a group of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Final

import ibis.expr.types as ir

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered
from finsam.snapshots import engines
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.participation import FLOWS, SUPPORT_GROUPS, persons
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.person_years import need_years
from finsam.statistics.tables.stays import NOT_STATED
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code

TABLE: Final = "need_groups"
# Never shown, but had by subtracting, or by adding where groups happen not to overlap: those of a group who began
# earlier; those outside a group, of all or of those who began; all who began or began earlier; those of them without a
# support.
EARLIER, WITHOUT, BEGAN_WITHOUT = "need_groups_earlier", "need_groups_without", "need_groups_began_without"
BEGAN, BEGAN_UNSUPPORTED = "began", "began_without"
EVERYONE, BEFORE = "everyone", "earlier"  # the parts of BEGAN
SEXES: Final[tuple[Code, ...]] = ("women", "men", TOTAL)
ADDITIVE: Final = frozenset({"sex"})

Values = Mapping[Key, int | None]


def groups(tables: Tables) -> Key:
    """Give the need groups in this snapshot as its list has them, and last those of whom nobody has recorded any."""
    listed = tables.codes.get("need_group", {})
    return (*sorted(listed, key=listed.__getitem__), UNKNOWN)


@dataclass(frozen=True)
class Flows:
    """All who can be followed, and all who began, by year and sex: the groups that a support or a need is one of."""

    ongoing: Values
    new: Values

    def bases(self, cells: Iterable[Key]) -> Values:
        """Give the group of each cell, by its key of year, flow, something, and sex."""
        of = {"ongoing": self.ongoing, "new": self.new}
        return {key: of[str(key[1])][key[0], key[3]] for key in cells}


def tables_of(tables: Tables, years: Sequence[int], flows: Flows, supported: Values) -> Iterator[Counts]:
    """Give the table, and those that are never shown but come out of it together with the report's others.

    `supported` are those with a support, by year, flow, support and sex.
    """
    found, identified, began = _of_groups(tables, years), flows.ongoing, flows.new
    shown = _counts(TABLE, ("year", "flow", "need_group", "sex"), found)
    yield replace(shown, sensitive=frozenset({"need_group"}), bases=flows.bases(found))
    unseen: dict[str, dict[Key, int | None]] = {name: {} for name in (EARLIER, WITHOUT, BEGAN_WITHOUT)}
    for year, group, sex in product([str(year) for year in years], groups(tables), SEXES):
        ongoing, new = (found[year, flow, group, sex] for flow in FLOWS)
        unseen[EARLIER][year, group, sex] = _less(ongoing, new)
        unseen[WITHOUT][year, group, sex] = _less(identified[year, sex], ongoing)
        unseen[BEGAN_WITHOUT][year, group, sex] = _less(began[year, sex], new)
    for name, cells in unseen.items():
        yield _counts(name, ("year", "need_group", "sex"), cells, published=False)
    parts: dict[Key, int | None] = {(year, EVERYONE, sex): number for (year, sex), number in began.items()}
    parts |= {(year, BEFORE, sex): _less(identified[year, sex], number) for (year, sex), number in began.items()}
    yield _counts(BEGAN, ("year", "part", "sex"), parts, published=False)
    unsupported: dict[Key, int | None] = {
        (year, support, sex): _less(began[year, sex], number)
        for (year, flow, support, sex), number in supported.items()
        if flow == "new"
    }
    yield _counts(BEGAN_UNSUPPORTED, ("year", "support", "sex"), unsupported, published=False)


def relations(tables: Tables, years: Sequence[int]) -> Iterator[Relation]:
    """Give what anyone knows to hold between the table, everyone who can be followed, and those with a support."""
    for year, sex in product(map(str, years), SEXES):
        identified, began = Address("totals", (year, "identified", sex)), Address(BEGAN, (year, EVERYONE, sex))
        yield adds_up(identified, began, Address(BEGAN, (year, BEFORE, sex)))
        for flow, everyone in (("ongoing", identified), ("new", began)):
            yield covered(everyone, *(_at(year, flow, group, sex) for group in groups(tables)))
        for group in groups(tables):
            ongoing, new = (_at(year, flow, group, sex) for flow in FLOWS)
            yield adds_up(ongoing, new, Address(EARLIER, (year, group, sex)))
            yield adds_up(identified, ongoing, Address(WITHOUT, (year, group, sex)))
            yield adds_up(began, new, Address(BEGAN_WITHOUT, (year, group, sex)))
        for support in SUPPORT_GROUPS:
            new = Address("participants", (year, "new", support, sex))
            yield adds_up(began, new, Address(BEGAN_UNSUPPORTED, (year, support, sex)))
    for this in years[1:]:
        # Whoever began earlier was ongoing the year before, in the same group; of another sex perhaps, so only in all.
        yield from _before(tables, this, TOTAL)
    for year, sex in product(map(str, years), SEXES):
        yield covered(
            Address(BEGAN, (year, BEFORE, sex)), *(Address(EARLIER, (year, group, sex)) for group in groups(tables))
        )


def believed(tables: Tables, years: Sequence[int]) -> Iterator[Relation]:
    """Say of each sex what holds of both: mostly a person's sex is the same in every year."""
    for this, sex in product(years[1:], SEXES[:2]):
        yield from _before(tables, this, sex)


def _before(tables: Tables, this: int, sex: Code) -> Iterator[Relation]:
    identified = Address("totals", (str(this - 1), "identified", sex))
    yield at_most(Address(BEGAN, (str(this), BEFORE, sex)), identified)
    for group in groups(tables):
        yield at_most(Address(EARLIER, (str(this), group, sex)), _at(str(this - 1), "ongoing", group, sex))


def _at(year: str, flow: str, group: Code, sex: Code) -> Address:
    return Address(TABLE, (year, flow, group, sex))


def _counts(name: str, dimensions: tuple[str, ...], values: Values, *, published: bool = True) -> Counts:
    cells = {key: (value,) for key, value in values.items()}
    return Counts(name, dimensions, ("persons",), cells, published=published, additive=ADDITIVE)


def _of_groups(tables: Tables, years: Sequence[int]) -> Values:
    """Count the persons of each group; missing where the snapshot has no persons."""
    found = _empty(tables, product(map(str, years), FLOWS, groups(tables), SEXES))
    named = {number: code for code, number in tables.codes["need_group"].items()} | {NOT_STATED: UNKNOWN}
    for year, sex, row in _rows(tables, years, need_years):
        for flow in FLOWS:
            key = (year, flow, named[row["need_group"]], sex)
            found[key] = (found[key] or 0) + row[flow]
    return found


def began(tables: Tables, years: Sequence[int]) -> Values:
    """Count everyone who began."""
    found = _empty(tables, product(map(str, years), SEXES))
    for year, sex, row in _rows(tables, years, partial(persons, flow="new", by=["sex"])):
        found[year, sex] = (found[year, sex] or 0) + row["persons"]
    return found


def _empty(tables: Tables, keys: Iterable[Key]) -> dict[Key, int | None]:
    return dict.fromkeys(keys, 0 if tables.have_persons else None)


def _rows(
    tables: Tables, years: Sequence[int], counted: Callable[..., ir.Table]
) -> Iterator[tuple[str, Code, Mapping[str, int]]]:
    """Give each count by year and sex, and once more for both sexes; none where there are no persons."""
    if not tables.have_persons:
        return
    sexes = {number: code for code, number in tables.codes["sex"].items()}
    for row in engines.rows(counted(tables=tables, periods=Periods.years(min(years), max(years)))):
        for sex in (sexes[row["sex"]], TOTAL):
            yield str(row["period"]), sex, row


def _less(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part
